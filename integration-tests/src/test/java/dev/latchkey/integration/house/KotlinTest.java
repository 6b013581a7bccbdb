package dev.latchkey.integration.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kotlin sees what may be null: its compiler reads {@code @NullMarked} of packages, but not of modules. */
final class KotlinTest {
    /** One mistake on each line from the second on. */
    private static final List<String> MISTAKES = List.of(
            "dev.latchkey.core.Scopes.parse(null)",
            "dev.latchkey.PublicClientApplication.builder(null)",
            "dev.latchkey.SilentRequest.builder(\"read\").cacheLookupPolicy(null)",
            "dev.latchkey.store.MemoryTokenStore.create().read(null)",
            "dev.latchkey.interaction.LoopbackOptions.builder().path(null)",
            "dev.latchkey.store.file.FileTokenStore.builder(null)",
            "dev.latchkey.web.LatchkeyWeb.of(null)",
            "dev.latchkey.authority.LocalAuthority.builder().clock(null)",
            "dev.latchkey.spring.web.CurrentSession(null)");

    @TempDir
    private Path directory;

    private static List<PublishedModule> modules() {
        return PublishedModule.withSources();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packages_ofAModule_areNullMarked(PublishedModule module) {
        List<String> unmarked = BuiltClasses.of(module).stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(its -> !its.isAnnotatedWith(NullMarked.class))
                .map(its -> its.getName())
                .toList();

        assertThat(unmarked).isEmpty();
    }

    @Test
    void nullable_whereItMayBeNull_compiles() throws IOException {
        String found = compile("fun main() {\n"
                + "dev.latchkey.SilentRequest.builder(\"read\").account(null).claims(null).build()\n"
                + "dev.latchkey.PopupRequest.builder(\"read\").loginHint(null).build()\n"
                + "}\n");

        assertThat(found).doesNotContain("error:");
    }

    @Test
    void nullArguments_whereNothingMayBeNull_doNotCompile() throws IOException {
        String found = compile("fun main() {\n" + String.join("\n", MISTAKES) + "\n}\n");

        for (int i = 0; i < MISTAKES.size(); i++) {
            String line = "Sample.kt:" + (i + 2) + ":";
            assertThat(found.lines().filter(it -> it.contains(line) && it.contains("error: ")))
                    .as(MISTAKES.get(i))
                    .hasSize(1);
        }
    }

    /** The compiler's output; it runs in this process. */
    private String compile(String text) throws IOException {
        Path source = Files.writeString(directory.resolve("Sample.kt"), text);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            ExitCode ended = new K2JVMCompiler()
                    .exec(
                            out,
                            "-d",
                            directory.resolve("classes").toString(),
                            "-classpath",
                            ClassPath.joined(ClassPath.entries()),
                            "-no-stdlib",
                            "-no-reflect",
                            "-jvm-target",
                            "17",
                            source.toString());
            assertThat(ended).as("%s", said).isIn(ExitCode.OK, ExitCode.COMPILATION_ERROR);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
