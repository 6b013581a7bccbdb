package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages are admitted. */
final class GateTest {
    private static final Origin OWN = new Origin("https://www.example.com");

    private static Exchange exchange(String origin, String site, String header) {
        Call call = Call.get("https://www.example.com/session");
        if (origin != null) {
            call.header("Origin", origin);
        }
        if (site != null) {
            call.header("Sec-Fetch-Site", site);
        }
        if (header != null) {
            call.header("X-Latchkey", header);
        }
        return call.exchange();
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(403);
            assertThat(refusal.code()).isEqualTo("forbidden_origin");
        });
    }

    @ParameterizedTest
    @CsvSource({",", "https://www.example.com,", ",same-origin", "https://www.example.com,same-origin"})
    void page_ofOurs_isLetInWithTheHeaderAlone(String origin, String site) {
        assertThatCode(() -> CsrfCheck.check(exchange(origin, site, "1"), OWN)).doesNotThrowAnyException();
        assertThatCode(() -> CsrfCheck.checkSameOrigin(exchange(origin, site, null), OWN))
                .doesNotThrowAnyException();
        assertRefused(() -> CsrfCheck.check(exchange(origin, site, null), OWN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://www.example.com",
                "https://www.example.com:444",
                "https://www.example.com.evil.example",
                "https://example.com",
                "null",
                ""
            })
    void page_ofAnotherOrigin_isRefusedWhateverElseItSends(String origin) {
        assertRefused(() -> CsrfCheck.check(exchange(origin, null, "1"), OWN));
        assertRefused(() -> CsrfCheck.check(exchange(origin, "same-origin", "1"), OWN));
        assertRefused(() -> CsrfCheck.checkSameOrigin(exchange(origin, "same-origin", null), OWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", ""})
    void request_fromAnotherSite_isRefusedWhateverElseItSends(String site) {
        assertRefused(() -> CsrfCheck.check(exchange(null, site, "1"), OWN));
        assertRefused(() -> CsrfCheck.check(exchange(OWN.value(), site, "1"), OWN));
        assertRefused(() -> CsrfCheck.checkSameOrigin(exchange(OWN.value(), site, null), OWN));
    }
}
