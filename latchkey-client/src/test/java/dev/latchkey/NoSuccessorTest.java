package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.core.account.Account;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An authority that sends no new refresh token means that the old one stays good (RFC 6749 section 6). */
@Timeout(60)
class NoSuccessorTest {
    private final Bench bench = Bench.with(Bench::reusable, it -> it);

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void answerWithoutRefreshToken_theOneThatWasSentIsSentAgain() {
        Account account = bench.signIn();
        SilentRequest request =
                SilentRequest.builder("User.Read").account(account).build();
        bench.idp.faults().on(Endpoint.TOKEN).answer(Fault.without("refresh_token"));

        for (int i = 0; i < 2; i++) {
            bench.expireAccessTokens();
            assertThat(Face.FUTURES.silent(bench.app, request).fromCache()).isFalse();
        }

        assertThat(bench.wire.sentTo("/token"))
                .extracting(message -> message.form().get("refresh_token"))
                .hasSize(2)
                .containsOnly(bench.wire.sentTo("/token").get(0).form().get("refresh_token"));
    }
}
