package dev.latchkey.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void toString_anySecret_isRedacted() {
        assertThat(Secret.of("hunter2")).hasToString("[secret]");
        assertThat(String.valueOf(Secret.of("hunter2"))).doesNotContain("hunter2");
    }

    @Test
    void equals_sameValue_isEqual() {
        assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).hasSameHashCodeAs(Secret.of("a"));
        assertThat(Secret.of("a"))
                .isNotEqualTo(Secret.of("b"))
                .isNotEqualTo(Secret.of("aa"))
                .isNotEqualTo("a");
    }

    @Test
    void of_empty_isRefused() {
        assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
    }
}
