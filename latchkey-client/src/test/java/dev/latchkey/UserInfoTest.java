package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the authority says about the person, believed only if it is about that person. */
@Timeout(60)
class UserInfoTest {
    private final Bench bench = Bench.with(it -> it);
    private AuthenticationResult result;
    private PublicClientApplication app;

    @BeforeEach
    void signIn() {
        app = bench.application(it -> it.authority(bench.idp.oidcIssuer().toString(), AuthorityKind.OIDC)
                .defaultScopes("profile", "email"));
        result = Face.FUTURES.popup(app, PopupRequest.of("openid", "email"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void claims_areAboutThePersonWhoSignedIn() {
        assertThat(Face.join(app.userInfo(result)).string("sub"))
                .isEqualTo(result.idTokenClaims().string("sub"));
        assertThat(app.blocking().userInfo(result).string("email")).isEqualTo(Bench.ALICE);
    }

    @Test
    void claimsAboutSomebodyElse_areNotUsed() {
        bench.idp.faults().on(Endpoint.USERINFO).answer(Fault.with("sub", "somebody-else"));
        assertThatThrownBy(() -> Face.join(app.userInfo(result)))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(ErrorCodes.USERINFO_SUBJECT_MISMATCH);
                    assertThat(e.endpoint()).isPresent();
                    assertThat(e.correlationId()).isPresent();
                });
    }

    @Test
    void claimsWithoutSubject_areNotUsed() {
        bench.idp.faults().on(Endpoint.USERINFO).answer(Fault.without("sub"));
        assertThatThrownBy(() -> app.blocking().userInfo(result))
                .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.USERINFO_SUBJECT_MISMATCH));
    }

    @Test
    void answerThatIsNoJson_isSaidToBe() {
        bench.idp.faults().on(Endpoint.USERINFO).answer(Fault.notJson());
        assertThatThrownBy(() -> Face.join(app.userInfo(result)))
                .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.FAILED_TO_PARSE_RESPONSE));
    }

    @Test
    void authorityWithoutUserInfo_saysSo() {
        bench.wire.metadata("userinfo_endpoint", "");
        bench.clock.advance(java.time.Duration.ofHours(25));
        assertThatThrownBy(() -> Face.join(app.userInfo(result)))
                .isInstanceOfSatisfying(ClientConfigurationException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.ENDPOINT_NOT_SUPPORTED));
    }

    @Test
    void executorRefuses_isAFailureOfTheCall() {
        PublicClientApplication refusing = bench.application(it -> it.executor(task -> {
            throw new java.util.concurrent.RejectedExecutionException("shut down");
        }));
        assertThatThrownBy(() -> Face.join(refusing.userInfo(result))).isInstanceOf(AuthException.class);
    }
}
