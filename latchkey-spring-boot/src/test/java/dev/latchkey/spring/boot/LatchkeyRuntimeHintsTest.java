package dev.latchkey.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.web.LatchkeyWeb;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

final class LatchkeyRuntimeHintsTest {
    @Test
    void resources_ofThePageScript_areKeptInANativeImage() throws Exception {
        RuntimeHints hints = new RuntimeHints();
        new LatchkeyRuntimeHints().registerHints(hints, null);

        assertThat(hints)
                .matches(RuntimeHintsPredicates.resource().forResource("dev/latchkey/web/script-folder.txt"))
                .matches(RuntimeHintsPredicates.resource().forResource(folder() + "latchkey.js"))
                .matches(RuntimeHintsPredicates.resource().forResource(folder() + "latchkey.global.js"));
    }

    private static String folder() throws Exception {
        try (InputStream in = LatchkeyWeb.class.getResourceAsStream("script-folder.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
