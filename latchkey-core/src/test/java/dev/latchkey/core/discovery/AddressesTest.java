package dev.latchkey.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "https://op.example, https://other.example/x, true",
        "https://op.example, http://op.example/x, false",
        "https://op.example, http://127.0.0.1/x, false",
        "https://localhost, http://localhost/x, false",
        "http://127.0.0.1:7, http://127.0.0.1:8/x, true",
        "http://127.0.0.1:7, http://localhost/x, true",
        "http://127.0.0.1:7, https://op.example/x, true",
        "http://127.0.0.1:7, http://op.example/x, false",
        "http://127.0.0.1:7, /x, false",
        "http://127.0.0.1:7, http://user@localhost/x, false",
    })
    void named_byWhomWasAsked_isHttpOnlyWhereThatIs(String asked, String named, boolean accepted) {
        assertThat(Addresses.named(named, URI.create(asked)).isPresent()).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:pw@host/x, https://…@host/x",
        "https://a@b@host, https://…@host",
        "https://host/x@y, https://host/x@y",
        "https://host?x@y, https://host?x@y",
        "x//y//u:p@h, x//y//…@h",
        "///u:p@h, ///…@h",
        "no address, no address",
        "//, //",
    })
    void withoutUserInfo_leavesTheRest(String address, String shown) {
        assertThat(Addresses.withoutUserInfo(address)).isEqualTo(shown);
    }

    /** Regular expressions took time by the square of the length here. */
    @Test
    @Timeout(5)
    void texts_long_takeLinearTime() {
        String slashes = "/".repeat(1_000_000) + "x";

        assertThat(Addresses.withoutSlashes(slashes)).isSameAs(slashes);
        assertThat(Addresses.withoutUserInfo(slashes)).isSameAs(slashes);
        assertThat(Addresses.withoutUserInfo("//a".repeat(500_000))).hasSize(1_500_000);
        assertThat(Addresses.withoutSlashes("x" + "/".repeat(1_000_000))).isEqualTo("x");
        assertThat(dev.latchkey.core.Scopes.resourceKey("x" + slashes)).hasSize(1_000_002);
    }
}
