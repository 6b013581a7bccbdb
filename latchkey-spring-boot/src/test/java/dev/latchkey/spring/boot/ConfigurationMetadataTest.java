package dev.latchkey.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What an editor suggests for {@code latchkey.} */
final class ConfigurationMetadataTest {
    /** Their descriptions say what happens without them. */
    private static final Set<String> WITHOUT_DEFAULT = Set.of(
            "latchkey.client-id",
            "latchkey.client-secret",
            "latchkey.authority-kind",
            "latchkey.known-authorities",
            "latchkey.client-capabilities",
            "latchkey.trusted-audiences",
            "latchkey.id-token-signed-response-alg",
            "latchkey.protected-resources",
            "latchkey.store.directory",
            "latchkey.web.public-uri");

    private static List<JsonObject> properties() throws Exception {
        try (InputStream in =
                LatchkeyProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonObject metadata = Json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return metadata.objects("properties").stream()
                    .filter(property -> property.string("name", "").startsWith("latchkey."))
                    .toList();
        }
    }

    @Test
    void properties_all_haveADescriptionOfASentence() throws Exception {
        assertThat(properties()).hasSizeGreaterThan(15).allSatisfy(property -> assertThat(
                        property.string("description", ""))
                .as(property.string("name"))
                .matches("[A-Z].*\\."));
    }

    @Test
    void properties_all_haveADefaultOrSayWhatElse() throws Exception {
        Set<String> without = new TreeSet<>();
        properties().stream()
                .filter(property -> !property.has("defaultValue"))
                .forEach(property -> without.add(property.string("name")));

        assertThat(without).containsExactlyInAnyOrderElementsOf(WITHOUT_DEFAULT);
    }

    @Test
    void components_ofTheRecord_areAllInTheMetadata() throws Exception {
        long plain = Arrays.stream(LatchkeyProperties.class.getRecordComponents())
                .filter(component -> !component.getType().isRecord())
                .count();

        assertThat(properties().stream()
                        .filter(property -> property.string("name", "")
                                        .chars()
                                        .filter(c -> c == '.')
                                        .count()
                                == 1))
                .hasSize((int) plain);
    }
}
