package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.TestClient.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UserInfoTest {
    private final LocalAuthority idp = LocalAuthority.start();
    private final TestClient oidc = TestClient.oidc(idp);
    private final String userInfo = idp.oidcIssuer() + "/userinfo";

    @AfterEach
    void stop() {
        idp.close();
    }

    @Test
    void userInfo_postedWithTheTokenInTheForm_isTheSameAsWithTheHeader() {
        String token = oidc.tokens(idp).text("access_token");
        Answer byHeader = oidc.get(userInfo, "Authorization", "Bearer " + token);

        Answer byForm = oidc.post(userInfo, Map.of("access_token", token));
        Answer headerOfAPost = oidc.post(userInfo, Map.of("unknown", "x"), "Authorization", "Bearer " + token);

        assertThat(byForm.status()).isEqualTo(200);
        assertThat(byForm.json().asMap()).isEqualTo(byHeader.json().asMap());
        assertThat(headerOfAPost.status()).isEqualTo(200);
        assertThat(idp.requests().all().toString()).doesNotContain(token);
    }

    @Test
    void userInfo_tokenGivenTwice_isAMalformedRequest() {
        String token = oidc.tokens(idp).text("access_token");
        Answer both = oidc.post(userInfo, Map.of("access_token", token), "Authorization", "Bearer " + token);
        Answer foreignScheme = oidc.post(userInfo, Map.of("access_token", token), "Authorization", "Basic YTpi");

        for (Answer answer : new Answer[] {both, foreignScheme}) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("www-authenticate")).contains("error=\"invalid_request\"");
        }
    }

    @Test
    void userInfo_tokenInTheQuery_isNotSeen() {
        String token = oidc.tokens(idp).text("access_token");

        assertThat(oidc.get(userInfo + "?access_token=" + token).status()).isEqualTo(401);
        assertThat(oidc.post(userInfo + "?access_token=" + token, Map.of("a", "b"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void userInfo_byAnotherMethod_saysWhichAreAllowed() {
        Answer answer = oidc.send(HttpRequest.newBuilder(URI.create(userInfo)).DELETE());

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("GET, HEAD, POST");
    }

    @Test
    void userInfo_wrongTokenInTheForm_isInvalid() {
        Answer answer = oidc.post(userInfo, Map.of("access_token", "rubbish"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).contains("error=\"invalid_token\"");
    }
}
