package dev.latchkey.integration.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars as a program on the module path sees them. */
final class ModulePathTest {
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    @Test
    void modules_allPublishedOnes_resolveInAFreshVirtualMachine() {
        List<String> names = PublishedModule.onTheModulePath().stream()
                .map(module -> module.descriptor().name())
                .toList();

        String shown = ChildProcess.run(
                        Checkout.root(),
                        DEADLINE,
                        List.of(
                                ChildProcess.jdkTool("java"),
                                "--module-path",
                                ClassPath.joined(ClassPath.modulePath(names)),
                                "--add-modules",
                                String.join(",", names),
                                "--show-module-resolution",
                                "--dry-run",
                                "--module",
                                "java.base/java.lang.Object"))
                .output();

        assertThat(names).allSatisfy(name -> assertThat(shown).contains("root " + name + " "));
        assertThat(shown).doesNotContain("automatic");
    }

    @Test
    void program_onTheModulePath_runs(@TempDir Path folder) throws IOException {
        List<Path> modulePath = ClassPath.modulePath(List.of("dev.latchkey"));
        compileProgram(folder, modulePath);

        String written = ChildProcess.run(
                        folder,
                        DEADLINE,
                        List.of(
                                ChildProcess.jdkTool("java"),
                                "--module-path",
                                ClassPath.joined(modulePath) + java.io.File.pathSeparator + folder.resolve("classes"),
                                "--module",
                                "program/program.Main"))
                .succeeded();

        assertThat(written.strip()).isEqualTo("User.Read in program");
    }

    @Test
    void image_linkedFromTheJars_runsWithoutAJdk(@TempDir Path folder) throws IOException {
        List<Path> modulePath = ClassPath.modulePath(List.of("dev.latchkey"));
        compileProgram(folder, modulePath);

        link(folder, ClassPath.joined(modulePath) + java.io.File.pathSeparator + folder.resolve("classes"));

        assertThat(ChildProcess.run(
                                folder,
                                DEADLINE,
                                List.of(
                                        folder.resolve("image/bin/java").toString(),
                                        "--module",
                                        "program/program.Main"))
                        .succeeded()
                        .strip())
                .isEqualTo("User.Read in program");
    }

    private static void compileProgram(Path folder, List<Path> modulePath) throws IOException {
        Path info = Files.writeString(folder.resolve("module-info.java"), "module program { requires dev.latchkey; }");
        Path main = Files.writeString(folder.resolve("Main.java"), """
                package program;

                import dev.latchkey.core.Scopes;

                public class Main {
                    public static void main(String[] args) {
                        System.out.println(Scopes.of("User.Read") + " in " + Main.class.getModule().getName());
                    }
                }
                """);
        run(
                "javac",
                "--module-path",
                ClassPath.joined(modulePath),
                "-d",
                folder.resolve("classes").toString(),
                info.toString(),
                main.toString());
    }

    private static void link(Path folder, String modulePath) {
        run(
                "jlink",
                "--module-path",
                modulePath,
                "--add-modules",
                "program",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                folder.resolve("image").toString());
    }

    private static void run(String tool, String... arguments) {
        ToolProvider found = ToolProvider.findFirst(tool).orElseThrow();
        assertThat(found.run(System.out, System.err, arguments)).as(tool).isZero();
    }
}
