package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The address of the site, and which addresses belong to it. */
final class OriginTest {
    private static final Origin OWN = new Origin("https://www.example.com");

    private static HttpServletRequest naming(String scheme, String host, int port) {
        return Call.made(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getScheme" -> scheme;
            case "getServerName" -> host;
            case "getServerPort" -> port;
            default -> throw new UnsupportedOperationException(name);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "https,www.example.com,443,https://www.example.com",
        "https,www.example.com,-1,https://www.example.com",
        "https,www.example.com,80,https://www.example.com:80",
        "https,www.example.com,0,https://www.example.com:0",
        "http,localhost,80,http://localhost",
        "http,localhost,443,http://localhost:443",
        "http,localhost,8080,http://localhost:8080",
        "HTTPS,WWW.Example.COM,443,https://www.example.com",
        "https,[::1],8443,https://[::1]:8443",
        "https,a-b_c.Z0:9,443,https://a-b_c.z0:9"
    })
    void origin_ofARequest_isAsBrowsersWriteIt(String scheme, String host, int port, String expected) {
        assertThat(Origin.of(naming(scheme, host, port), null).value()).isEqualTo(expected);
    }

    @Test
    void origin_configured_isBelievedBeforeTheRequest() {
        HttpServletRequest request = naming("http", "evil.example", 80);

        assertThat(Origin.of(request, URI.create("https://www.example.com/ignored"))
                        .value())
                .isEqualTo("https://www.example.com");
        assertThat(Origin.of(request, URI.create("https://www.example.com:8443"))
                        .value())
                .isEqualTo("https://www.example.com:8443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "a/b", "a\\b", "user@host", "a?b", "a#b", "%41", "h\u00f6st", "a\r\nb", "a,b", "a\"b"
            })
    void host_thatCannotBe_isRefused(String host) {
        assertThatThrownBy(() -> Origin.of(naming("https", host, 443), null))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
    }

    @Test
    void host_thatIsNotNamed_isRefused() {
        assertThatThrownBy(() -> Origin.of(naming("https", null, 443), null)).isInstanceOf(Refusal.class);
    }

    @Test
    void address_ofTheOrigin_isMadeOrRefused() {
        assertThat(OWN.resolve("/latchkey/callback"))
                .isEqualTo(URI.create("https://www.example.com/latchkey/callback"));
        assertThatThrownBy(() -> new Origin("https://[::").resolve("/x")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> OWN.resolve("/a b")).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'',/",
        "/,/",
        "/inbox?m=1#top,/inbox?m=1#top",
        "?m=1,/?m=1",
        "#top,/#top",
        "https://www.example.com,/",
        "https://www.example.com/,/",
        "https://www.example.com/inbox,/inbox",
        "https://www.example.com?m=1,/?m=1",
        "https://www.example.com#top,/#top",
        "/a[0]?b={c}|^`<>#\"d,/a%5B0%5D?b=%7Bc%7D%7C%5E%60%3C%3E#%22d",
        "/#a#b,/#a%23b",
        "/a//b,/a//b",
        "/?next=https://evil.example/,/?next=https://evil.example/",
        "/~!$&()*+;=:@,/~!$&()*+;=:@"
    })
    void path_ofThisSite_isKeptAndEncoded(String address, String expected) {
        assertThat(OWN.pathOf(address)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "http://www.example.com/",
                "https://www.example.com.evil.example/",
                "https://www.example.com@evil.example/",
                "https://www.example.com:1@evil.example/",
                "https://www.example.com//evil.example/",
                "//evil.example/",
                "///evil.example/",
                "/\\evil.example/",
                "\\\\evil.example/",
                "/\t/evil.example/",
                "\u0000/",
                "/a b",
                "/\u007f",
                "/\u00e4",
                "/%zz",
                "/%",
                "inbox",
                "javascript:alert(1)",
                "data:text/html,x"
            })
    void path_ofAnotherSiteOrNone_isNotGiven(String address) {
        assertThat(OWN.pathOf(address)).isEmpty();
    }

    @Test
    void path_longerThanAnAddressShouldBe_isNotGiven() {
        assertThat(OWN.pathOf("/" + "a".repeat(2047))).isPresent();
        assertThat(OWN.pathOf("/" + "a".repeat(2048))).isEmpty();
    }
}
