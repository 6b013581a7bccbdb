package dev.latchkey.spring.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** The resources that a native image must include: the files of {@code latchkey.js}. */
final class LatchkeyRuntimeHints implements RuntimeHintsRegistrar {
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources()
                .registerPattern("dev/latchkey/web/script-folder.txt")
                .registerPattern("META-INF/resources/webjars/latchkey/**");
    }
}
