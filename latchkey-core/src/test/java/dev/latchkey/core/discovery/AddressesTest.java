package dev.latchkey.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.error.ClientConfigurationException;
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

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LOCALHOST, true",
        "[::1], true",
        "127.0.0.1, true",
        "127.255.255.255, true",
        "127.0.0.256, false",
        "127.0.0, false",
        "127.0.0.0.1, false",
        "127.0.0., false",
        "127.0.0.1a, false",
        "127.0.0.0001, false",
        "127.0.0.+1, false",
        "128.0.0.1, false",
        "127.0.0.1.evil.example, false",
        "localhost.evil.example, false",
        "[::2], false",
    })
    void loopback_isThisMachineOnly(String host, boolean loopback) {
        assertThat(Addresses.isLoopback(host)).isEqualTo(loopback);
    }

    /** Putting the marks of a longer one in order (RFC 3987 section 3.1) took seconds, and an authority is kept for a day. */
    @Test
    void address_longerThanTheBound_isNone() {
        String longest = "https://op.example/" + "x".repeat(Addresses.LONGEST - 19);

        assertThat(Addresses.named(longest, URI.create("https://op.example"))).isPresent();
        assertThat(Addresses.named(longest + "x", URI.create("https://op.example")))
                .isEmpty();
        assertThat(Authority.of(longest).uri()).hasToString(longest);
        assertThatThrownBy(() -> Authority.of(longest + "x"))
                .isInstanceOf(ClientConfigurationException.class)
                .hasMessageContaining("longer than 2048");
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
