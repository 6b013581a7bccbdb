package dev.latchkey.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an instance-discovery answer counts. */
class CloudsTest {
    @Test
    void parse_moreCloudsAndNamesThanFit_readsTheFirst() {
        String aliases = IntStream.range(0, 25).mapToObj(i -> "\"a" + i + "\"").collect(Collectors.joining(","));
        Clouds clouds = Clouds.parse("{\"metadata\":[" + cloud(aliases)
                + IntStream.range(1, 60)
                        .mapToObj(i -> "," + cloud("\"c" + i + "\""))
                        .collect(Collectors.joining())
                + "]}");

        assertThat(clouds.knows("a19")).isTrue();
        assertThat(clouds.knows("a20")).isFalse();
        assertThat(clouds.knows("c49")).isTrue();
        assertThat(clouds.knows("c50")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, true", "261, true", "262, false"})
    void parse_host_isOneThatCanBe(int length, boolean known) {
        String host = "h".repeat(length);

        assertThat(Clouds.parse("{\"metadata\":[" + cloud("\"" + host + "\"") + "]}")
                        .knows(host))
                .isEqualTo(known);
    }

    @Test
    void parse_hostOfOtherCharacters_isNone() {
        for (char c = ' '; c < 0x100; c++) {
            boolean ofHost = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-.:[]".indexOf(c) >= 0;
            String host = "h" + c;
            String aliases = Json.write(Map.of("aliases", List.of(host)));

            assertThat(Clouds.parse("{\"metadata\":[{\"preferred_network\":\"n\",\"preferred_cache\":\"n\","
                                    + aliases.substring(1) + "]}")
                            .knows(host))
                    .as("U+%04X", (int) c)
                    .isEqualTo(ofHost);
        }
    }

    private static String cloud(String aliases) {
        return "{\"preferred_network\":\"n\",\"preferred_cache\":\"n\",\"aliases\":[" + aliases + "]}";
    }
}
