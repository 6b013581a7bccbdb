package dev.latchkey.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No two principals share a name, and no name reads as another's. */
class PartitionKeyTest {
    @Test
    void key_withoutAnId_isNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.user("login.example", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.application(""));
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.blob(""));
    }

    /** The text of a key is read back by its first two bars. */
    @Test
    void key_environmentOrIssuerWithABar_isNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.user("a|b", "c"));
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.applicationTokens("a|b", "c"));
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.onBehalfOf("|", "c"));
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.application("client", "https://a|b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", "user|e", "user|e|", "User|e|i", "users|e|i", "|e|i", "obo|", "app||"})
    void parse_textOfNoKey_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.parse(text));
    }

    @Test
    void parse_valueOfAnyKey_givesItBack() {
        for (PartitionKey key : new PartitionKey[] {
            PartitionKey.user("login.example", "u|t"),
            PartitionKey.application("client", "https://op.example"),
            PartitionKey.applicationTokens("E", "client"),
            PartitionKey.onBehalfOf("e", "hash"),
            PartitionKey.blob("a|b|c"),
        }) {
            assertThat(PartitionKey.parse(key.value())).isEqualTo(key).hasSameHashCodeAs(key);
        }
    }

    @Test
    void equals_ignoresTheCaseOfTheEnvironmentAlone() {
        PartitionKey key = PartitionKey.user("login.example", "u");

        assertThat(PartitionKey.user("LOGIN.example", "u")).isEqualTo(key);
        assertThat(PartitionKey.user("login.example", "U")).isNotEqualTo(key);
        assertThat(PartitionKey.onBehalfOf("login.example", "u")).isNotEqualTo(key);
        assertThat(PartitionKey.user("other.example", "u")).isNotEqualTo(key);
    }
}
