package dev.latchkey.integration.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of this repository. */
public final class Checkout {
    private static final Set<String> NEVER_TRACKED = Set.of("target", ".git", ".idea", "node_modules");

    private Checkout() {}

    public static Path root() {
        return Path.of(System.getProperty("latchkey.root", ".."))
                .toAbsolutePath()
                .normalize();
    }

    /**
     * Relative to the root: the files that git tracks or would track; in an unpacked archive, all that no build
     * created.
     */
    public static List<Path> files() {
        return Files.exists(root().resolve(".git")) ? filesOfGit() : filesOfFolders();
    }

    /** Empty for binary files. */
    public static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(root().resolve(file)));
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Main sources of the published modules, without {@code module-info} and {@code package-info}. */
    public static List<Path> mainSources() {
        return files().stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> !file.toString().endsWith("-info.java"))
                .filter(file -> !file.startsWith("benchmarks"))
                .toList();
    }

    private static List<Path> filesOfGit() {
        return ChildProcess.run(
                        root(),
                        Duration.ofSeconds(30),
                        List.of("git", "ls-files", "--cached", "--others", "--exclude-standard"))
                .succeeded()
                .lines()
                .map(Path::of)
                .filter(file -> Files.isRegularFile(root().resolve(file)))
                .toList();
    }

    private static List<Path> filesOfFolders() {
        try (Stream<Path> found = Files.walk(root())) {
            return found.filter(Files::isRegularFile)
                    .map(root()::relativize)
                    .filter(Checkout::mayBeTracked)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean mayBeTracked(Path file) {
        for (Path part : file) {
            if (NEVER_TRACKED.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }
}
