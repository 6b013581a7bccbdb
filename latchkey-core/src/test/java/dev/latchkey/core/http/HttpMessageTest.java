package dev.latchkey.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpMessageTest {
    private static final URI ENDPOINT = URI.create("https://op.example/token");

    @Test
    void builder_collectsFormAndHeaders() {
        HttpMessage.Builder builder = HttpMessage.builder(ENDPOINT);
        builder.form().set("a", "1");
        builder.header("X-Own", "b\t c");

        HttpMessage message = builder.build();

        assertThat(message.method()).isEqualTo(HttpMethod.POST);
        assertThat(message.uri()).isEqualTo(builder.uri()).isEqualTo(ENDPOINT);
        assertThat(Objects.requireNonNull(message.form()).asMap()).containsExactly(Map.entry("a", "1"));
        assertThat(message.headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of("Accept", "application/json", "X-Own", "b\t c"));
        assertThat(builder).asString().doesNotContain("b\t c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\nb", "\u0000", "\u007f", "\u00e4"})
    void header_valueThatCouldStartAnother_isRefusedUnseen(String value) {
        assertThatThrownBy(() -> HttpMessage.builder(ENDPOINT).header("Authorization", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\n", "\u00e4", "a(b)"})
    void header_nameThatIsNoToken_isRefused(String name) {
        assertThatThrownBy(() -> HttpMessage.builder(ENDPOINT).header(name, "v"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
