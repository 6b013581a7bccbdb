package dev.latchkey.spring.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What a native image has to keep: the files of {@code latchkey.js}. */
final class LatchkeyRuntimeHints implements RuntimeHintsRegistrar {
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources()
                .registerPattern("dev/latchkey/web/script-folder.txt")
                .registerPattern("META-INF/resources/webjars/latchkey/**");
    }
}
