package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.challenge.BearerChallenge;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Continuous access evaluation from end to end: the API refuses a token that is still good, and says what it wants. */
@Timeout(60)
class ClaimsChallengeTest {
    private final Bench bench = Bench.with(it -> it.clientCapabilities("cp1"));

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void challengeOfTheApi_getsATokenThatSatisfiesIt_andTheRefusedOneServesNoMore(Face face) throws Exception {
        Account account = bench.signIn();
        SilentRequest request =
                SilentRequest.builder("User.Read").account(account).build();
        AuthenticationResult refused = face.silent(bench.app, request);
        assertThat(call(refused).statusCode()).isEqualTo(200);

        bench.idp.challengeClaims(Bench.ALICE);
        HttpResponse<String> answer = call(refused);
        BearerChallenge challenge = BearerChallenge.parse(answer.headers().allValues("WWW-Authenticate"))
                .orElseThrow();
        AuthenticationResult renewed = face.silent(
                bench.app,
                request.toBuilder().claims(challenge.claims().orElseThrow()).build());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(challenge.error()).contains("insufficient_claims");
        assertThat(renewed.fromCache()).isFalse();
        assertThat(call(renewed).statusCode()).isEqualTo(200);
        AuthenticationResult plain = face.silent(bench.app, request);
        assertThat(plain.accessToken())
                .as("the next call without claims")
                .isNotIn(refused.accessToken(), renewed.accessToken());
        assertThat(face.silent(bench.app, request).fromCache()).isTrue();
        AuthenticationResult again = face.silent(
                bench.app,
                request.toBuilder()
                        .claims(challenge.claims().orElseThrow())
                        .cacheLookupPolicy(CacheLookupPolicy.ACCESS_TOKEN)
                        .build());
        assertThat(call(again).statusCode())
                .as("kept for who asks with the claims")
                .isEqualTo(200);
    }

    @Test
    void capabilitiesAndChallenge_goOutAsOneClaimsRequest() {
        Account account = bench.signIn();
        Face.FUTURES.silent(
                bench.app,
                SilentRequest.builder("User.Read")
                        .account(account)
                        .claims("{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}")
                        .build());

        assertThat(bench.wire.sentTo("/token")).singleElement().satisfies(message -> assertThat(
                        message.form().get("claims"))
                .contains("\"nbf\"", "\"xms_cc\"", "\"cp1\""));
    }

    private HttpResponse<String> call(AuthenticationResult result) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(bench.api())
                .header("Authorization", result.authorizationHeader())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
