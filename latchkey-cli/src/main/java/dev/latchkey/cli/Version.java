package dev.latchkey.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version as recorded by the build. */
final class Version {
    private Version() {}

    static String text() {
        try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
            String version = in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return "latchkey " + version + " on Java " + Runtime.version();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
