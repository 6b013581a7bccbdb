package dev.latchkey.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Scopes;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtectedResourcesTest {
    private final ProtectedResources resources = ProtectedResources.of(List.of(
            ProtectedResource.of("https://api.example.com/v1", "read"),
            ProtectedResource.of("https://api.example.com/v1/public"),
            new ProtectedResource(URI.create("https://api.example.com/v1"), Scopes.of("write"), Set.of("post", "PUT")),
            ProtectedResource.of("https://api.example.com/v1/mail/", "mail"),
            ProtectedResource.of("https://graph.example", "User.Read")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com/v1",
                "https://api.example.com/v1/",
                "https://api.example.com/v1/people?top=1",
                "https://API.example.com:443/v1/people",
                "https://api.example.com/v1/mails",
            })
    void call_belowTheResource_getsAToken(String uri) {
        assertThat(resources.scopesFor("GET", URI.create(uri))).contains(Scopes.of("read"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com.evil.org/v1",
                "https://api.example.com@evil.org/v1",
                "https://user@api.example.com/v1",
                "https://evil.org/https://api.example.com/v1",
                "https://evil.org?https://api.example.com/v1",
                "http://api.example.com/v1",
                "https://api.example.com:8443/v1",
                "https://api.example.com/v10",
                "https://api.example.com/",
                "https://api.example.com/v2/../v1",
                "https://api.example.com/v1/../admin",
                "https://api.example.com/v1/%2E%2e/admin",
                "https://api.example.com/v1/..;/admin",
                "https://api.example.com/v1/a%2f..%2f..%2fadmin",
                "https://graph.example.evil.org/me",
                "https://xgraph.example/me",
                "/v1",
                "mailto:a@api.example.com",
            })
    void call_elsewhere_getsNone(String uri) {
        assertThat(resources.scopesFor("GET", URI.create(uri))).isEmpty();
    }

    @Test
    void call_coveredByMany_goesByTheLongestPathThenByTheMethod() {
        assertThat(resources.scopesFor("POST", URI.create("https://api.example.com/v1/people")))
                .contains(Scopes.of("write"));
        assertThat(resources.scopesFor("POST", URI.create("https://api.example.com/v1/mail/7")))
                .contains(Scopes.of("mail"));
        assertThat(resources.scopesFor("GET", URI.create("https://api.example.com/v1/public/x")))
                .as("no scopes, no token")
                .isEmpty();
        assertThat(resources.scopesFor("GET", URI.create("https://graph.example")))
                .contains(Scopes.of("User.Read"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com",
                "ftp://api.example.com",
                "/v1",
                "https://a.example/?q",
                "https://u@a.example"
            })
    void resource_whereNoTokenMayTravel_cannotBe(String uri) {
        assertThatThrownBy(() -> ProtectedResource.of(uri, "read")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void resource_onLoopback_mayBePlain() {
        assertThat(ProtectedResources.of(List.of(ProtectedResource.of("http://127.0.0.1:8080/api", "read")))
                        .scopesFor("GET", URI.create("http://127.0.0.1:8080/api/me")))
                .contains(Scopes.of("read"));
    }
}
