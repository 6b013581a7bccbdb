package dev.latchkey.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    @Test
    void encodeThenDecode_anyText_isTheSame() {
        Parameters parameters = Parameters.builder()
                .set("scope", "openid profile")
                .set("redirect_uri", "http://localhost/?a=b&c=d#e")
                .set("odd", "+%20äß\u20ac\uD83D\uDE00\n")
                .build();

        assertThat(Parameters.decode(parameters.encode())).isEqualTo(parameters);
        assertThat(parameters.encode()).contains("openid%20profile").doesNotContain("+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=a&state=a", "state=a&x=1&state=b", "%73tate=a&state=b", "a=%", "a=%zz", "%=a"})
    void decode_repeatedOrBroken_isRefused(String encoded) {
        assertThatThrownBy(() -> Parameters.decode(encoded)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void decode_emptyParts_areLeftOut() {
        Parameters parameters = Parameters.decode("&&a=1&&b&c=&");

        assertThat(parameters.asMap()).containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", "", "c", ""));
        assertThat(parameters.get("d")).isNull();
    }

    @Test
    void extras_namesOfTheProtocol_cannotReplaceThem() {
        Parameters parameters = Parameters.builder()
                .set("state", "real")
                .extras(Map.of("state", "forged", "more", "1"))
                .build();

        assertThat(parameters.get("state")).isEqualTo("real");
        assertThat(parameters.get("more")).isEqualTo("1");
    }

    @Test
    void toString_values_areNotShown() {
        assertThat(Parameters.decode("code=MARKER")).asString().contains("code").doesNotContain("MARKER");
    }
}
