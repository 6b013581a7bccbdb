package dev.latchkey.integration.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Text that no file of this repository may contain. The patterns are written so that they do not match themselves. */
final class TrackedFilesTest {
    private static final List<String> FILES_OF_OTHERS = List.of("LICENSE");

    /** The choice of a package source is up to whoever builds. */
    @Test
    void files_all_nameNoPackageRegistry() {
        assertThat(mentions("[r]epo1?[.]maven|[.]sonatype[.]|[r]egistry[.](npm|yarn)|[n]pmjs[.]|[p]ypi[.]|[.]jfrog[.]"
                        + "|[d]ocker[.]io|[g]hcr[.]|/artifactory[/]"))
                .isEmpty();
    }

    @Test
    void files_all_nameNoPathOfAMachine() {
        String home = System.getProperty("user.home");
        String personal = home.length() > 1 ? "|" + Pattern.quote(home + "/") : "";
        assertThat(mentions("/(home|Users|work)/\\w|\\b[A-Z]:\\\\\\\\?Users|/tmp/\\w" + personal))
                .isEmpty();
    }

    @Test
    void files_all_leaveNothingForLater() {
        assertThat(mentions("\\b([T]ODO|[F]IXME|[X]XX|[H]ACK)\\b|@[D]isabled\\b|^(<{7}|={7}|>{7})( |$)"))
                .isEmpty();
    }

    @Test
    void tests_all_waitForEventsNotForTime() {
        assertThat(mentions("Thread[.]sleep|TimeUnit\\.\\w+[.]sleep")).isEmpty();
    }

    /** A number means nothing to a reader without the list. */
    @Test
    void files_all_referToNoTicket() {
        assertThat(mentions("(?i)\\b(issue|ticket|bug|gh)[ -]?#?\\d+\\b")).isEmpty();
    }

    private static List<String> mentions(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return Checkout.files().stream()
                .filter(file -> !FILES_OF_OTHERS.contains(file.toString()))
                .flatMap(file -> mentions(pattern, file))
                .toList();
    }

    private static Stream<String> mentions(Pattern pattern, Path file) {
        List<String> lines = Checkout.text(file).orElse("").lines().toList();
        return IntStream.range(0, lines.size())
                .filter(i -> pattern.matcher(lines.get(i)).find())
                .mapToObj(i -> file + ":" + (i + 1) + ": " + lines.get(i).strip());
    }
}
