package dev.latchkey.integration.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.User;
import dev.latchkey.integration.house.ChildProcess;
import dev.latchkey.integration.house.ClassPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first program of the README, as printed. Its arguments are the authority and the address of the API; the browser
 * that it opens is a scripted user who fills in the authority's forms.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the browser is a shell script")
final class ReadmeProgramTest {
    private static final String USER = "alice@contoso.example";

    @Test
    void firstProgram_asPrinted_signsInAndCallsTheApi(@TempDir Path folder) throws IOException {
        JavaBlock program =
                new JavaBlock(MarkdownFile.read(Path.of("README.md")).java().get(0));
        assertThat(program.compileTo(folder)).isEmpty();

        try (LocalAuthority authority = LocalAuthority.start()) {
            Path browser = browser(folder, authority.user(USER));

            String written = run(folder, program.typeName().orElseThrow(), authority, browser);

            assertThat(written).contains(authority.user(USER).displayName());
            authority.verify().tokenRequests(GrantType.AUTHORIZATION_CODE).exactly(1);
            assertThat(authority.requests().to(Endpoint.API)).isNotEmpty().allSatisfy(call -> assertThat(call.status())
                    .isEqualTo(200));
        }
    }

    private static String run(Path folder, String program, LocalAuthority authority, Path browser) {
        return ChildProcess.run(
                        folder,
                        Duration.ofMinutes(1),
                        List.of(
                                ChildProcess.jdkTool("java"),
                                "-cp",
                                folder + File.pathSeparator + ClassPath.joined(ClassPath.entries()),
                                program,
                                authority.oidcIssuer().toString(),
                                authority.apiUri() + "/me"),
                        Map.of("BROWSER", browser.toString()))
                .succeeded();
    }

    private static Path browser(Path folder, User user) throws IOException {
        String script = """
                #!/bin/sh
                exec '%s' -cp '%s' %s '%s' '%s' "$1"
                """.formatted(
                        ChildProcess.jdkTool("java"),
                        ClassPath.joined(ClassPath.entries()),
                        PersonAtTheBrowser.class.getName(),
                        user.userName(),
                        user.revealPassword());
        Path file = Files.writeString(folder.resolve("browser"), script);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
