package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Scopes;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The target of a proxied call: always below the base address, whatever path the container admits. */
final class ProxyRouteTest {
    private final ProxyRoute route = new ProxyRoute("mail", URI.create("https://api.example/v1"), Scopes.of("s"));

    @ParameterizedTest
    @CsvSource({
        "'',,https://api.example/v1/",
        "messages,,https://api.example/v1/messages",
        "a/b.c/d~e,x=1&y=%20,https://api.example/v1/a/b.c/d~e?x=1&y=%20",
        "a%20b,..=//,https://api.example/v1/a%20b?..=//"
    })
    void path_belowTheTarget_isResolved(String rest, String query, String expected) {
        assertThat(route.resolve(rest, query)).isEqualTo(URI.create(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../admin",
                "a/../../admin",
                "%2e%2e/admin",
                "%2E./admin",
                ".%2e/admin",
                "%252e%252e/admin",
                "a%2f..%2fb",
                "a%2fb",
                "a%252Fb",
                "/evil.example/",
                "//evil.example/",
                "a//b",
                "\\evil.example",
                "a%5cb",
                "a%255Cb",
                "a b",
                "%zz",
                "%"
            })
    void path_thatLeavesTheTargetOrMay_isNone(String rest) {
        assertThat(route.resolve(rest, null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x y", "%", "a\u0000"})
    void query_thatCannotBe_isNone(String query) {
        assertThat(route.resolve("messages", query)).isNull();
    }

    @Test
    void fragment_inThePath_addsNothingToTheTarget() {
        URI resolved = route.resolve("a#/../b", null);

        assertThat(resolved == null || resolved.getRawPath().equals("/v1/a")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://api.example/", "ftp://api.example/", "//api.example/", "http://localhost.evil/"})
    void target_overWhichATokenMayNotTravel_isRefused(String target) {
        URI address = URI.create(target);

        assertThatThrownBy(() -> new ProxyRoute("x", address, Scopes.of("s")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "..", "a%"})
    void name_thatIsNoSegment_isRefused(String name) {
        URI address = URI.create("https://api.example/");

        assertThatThrownBy(() -> new ProxyRoute(name, address, Scopes.of("s")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
