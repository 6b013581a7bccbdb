package dev.latchkey.integration.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReproducibleJarTest {
    private static final String MODULE = "latchkey-core";

    /** A second build: later, in another folder, without checks. */
    @Test
    void jar_ofTheCoreBuiltTwice_hasTheSameBytes(@TempDir Path elsewhere) throws IOException {
        Path first = PublishedModule.withSources().stream()
                .filter(module -> module.folder().equals(MODULE))
                .findFirst()
                .orElseThrow()
                .built();
        assumeTrue(Files.isRegularFile(first), "there is a jar to compare with from the package phase on");
        copySourcesTo(elsewhere);

        ChildProcess.run(elsewhere, Duration.ofMinutes(2), build(elsewhere)).succeeded();

        Path second = elsewhere.resolve(MODULE).resolve("target/quick").resolve(first.getFileName());
        assertThat(second).hasSameBinaryContentAs(first);
    }

    private static List<String> build(Path folder) {
        return List.of(
                Path.of(System.getProperty("latchkey.maven.home"), "bin", "mvn").toString(),
                "--batch-mode",
                "--quiet",
                "--offline",
                "-Dmaven.repo.local=" + System.getProperty("latchkey.maven.repository"),
                "-Dmaven.test.skip=true",
                "-Dlatchkey.quick",
                "--file",
                folder.resolve(MODULE).toString(),
                "package");
    }

    private static void copySourcesTo(Path folder) throws IOException {
        Files.copy(Checkout.root().resolve("pom.xml"), folder.resolve("pom.xml"));
        try (Stream<Path> files = Checkout.files().stream()) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.startsWith(MODULE))::iterator) {
                Files.createDirectories(folder.resolve(file).getParent());
                Files.copy(Checkout.root().resolve(file), folder.resolve(file));
            }
        }
    }
}
