package dev.latchkey.integration.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The location of Chromium: {@code LATCHKEY_CHROMIUM}, otherwise the usual names on the {@code PATH}. */
final class ChromiumLocation {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private ChromiumLocation() {}

    static Optional<Path> find() {
        String chosen = System.getenv("LATCHKEY_CHROMIUM");
        if (chosen != null && !chosen.isBlank()) {
            return Optional.of(Path.of(chosen));
        }
        return NAMES.stream()
                .flatMap(ChromiumLocation::onPath)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** On a build server a missing browser must not silently skip the tests. */
    static boolean required() {
        return "true".equalsIgnoreCase(System.getenv("CI"));
    }

    private static Stream<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name));
    }
}
