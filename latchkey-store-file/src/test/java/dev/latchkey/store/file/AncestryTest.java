package dev.latchkey.store.file;

import static dev.latchkey.store.file.Samples.ADA;
import static dev.latchkey.store.file.Samples.fails;
import static dev.latchkey.store.file.Samples.token;
import static dev.latchkey.store.file.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may rename a directory on the way to the store may put another store there. */
@DisabledOnOs(OS.WINDOWS)
class AncestryTest {
    private static final int NOBODY = 65534;

    @TempDir
    Path parent;

    private Path above;

    @BeforeEach
    void make() throws IOException {
        // The path as it is, for where the system's temporary directory is a link.
        parent = parent.toRealPath();
        above = directory(parent.resolve("above"), 0755);
    }

    @ParameterizedTest
    @CsvSource({
        // mode in octal, accepted
        "0700, true",
        "0755, true",
        "1777, true",
        "1775, true",
        "0775, false",
        "0757, false",
        "0777, false",
        "0720, false",
        "0702, false",
        "2775, false",
    })
    void open_belowADirectoryOfAMode_isAcceptedOrRefusedWithTheRemedy(String mode, boolean accepted)
            throws IOException {
        Files.setAttribute(above, "unix:mode", Integer.parseInt(mode, 8));
        Path near = above.resolve("tokens");
        Path far = above.resolve("a").resolve("b").resolve("tokens");

        for (Path directory : new Path[] {near, far}) {
            if (accepted) {
                assertWorks(directory);
            } else {
                assertThat(refused(directory))
                        .hasMessageContaining(
                                "belongs to " + Files.getOwner(above).getName())
                        .hasMessageContaining("chmod go-w '" + above + "'");
                assertThat(directory).doesNotExist();
            }
        }
    }

    @Test
    void open_remedyFollowed_isAccepted() throws IOException {
        Path directory = above.resolve("tokens");
        write(Samples.store(directory).open(), ADA, "ada's");
        Files.setAttribute(above, "unix:mode", 0775);
        refused(directory);

        Files.setAttribute(above, "unix:mode", 0755);
        assertThat(token(Samples.store(directory).open(), ADA)).isEqualTo("ada's");
    }

    @Test
    void open_ancestorOfSomebodyElse_isRefused() throws IOException {
        Path theirs = directory(above.resolve("theirs"), 0755);
        Path directory = directory(theirs.resolve("tokens"), 0700);
        giveToNobody(theirs);

        assertThat(refused(directory)).hasMessageContaining(theirs + ",").hasMessageContaining("belongs to nobody");
        assertThat(refused(directory.resolve("deeper"))).hasMessageContaining("belongs to nobody");
    }

    /** Whoever owns a sticky directory may rename in it all the same. */
    @Test
    void open_stickyAncestorOfSomebodyElse_isRefused() throws IOException {
        Path theirs = directory(above.resolve("theirs"), 01777);
        giveToNobody(theirs);

        refused(theirs.resolve("tokens"));
    }

    @Test
    void open_directoryThatSomebodyElseMadeInASharedOne_isRefused() throws IOException {
        Path shared = directory(above.resolve("shared"), 01777);
        Path app = directory(shared.resolve("app"), 0755);
        giveToNobody(app);

        refused(app.resolve("tokens"));
    }

    @Test
    void open_byALinkOfTheUser_isAccepted() throws IOException {
        Path real = directory(above.resolve("real"), 0755);
        Files.createSymbolicLink(above.resolve("absolute"), real);
        Files.createSymbolicLink(above.resolve("relative"), Path.of("..", "above", ".", "real"));
        Files.createSymbolicLink(above.resolve("twice"), Path.of("relative"));

        write(Samples.store(above.resolve("absolute").resolve("tokens")).open(), ADA, "ada's");

        assertThat(token(Samples.store(above.resolve("twice").resolve("tokens")).open(), ADA))
                .isEqualTo("ada's");
    }

    @Test
    void open_byALinkOfSomebodyElse_isRefused() throws IOException {
        Path shared = directory(above.resolve("shared"), 01777);
        Path link = Files.createSymbolicLink(shared.resolve("link"), directory(above.resolve("real"), 0755));
        giveToNobody(link);

        assertThat(refused(link.resolve("tokens"))).hasMessageContaining(link + ",");
    }

    /** The store's own path may be the link. */
    @Test
    void open_isALinkOfSomebodyElse_isRefused() throws IOException {
        Path shared = directory(above.resolve("shared"), 01777);
        Path link = Files.createSymbolicLink(shared.resolve("tokens"), directory(above.resolve("real"), 0700));
        giveToNobody(link);

        refused(link);
    }

    @Test
    void open_linkInADirectoryOpenToOthers_isRefusedThoughItsTargetIsSafe() throws IOException {
        Path open = directory(above.resolve("open"), 0777);
        Path link = Files.createSymbolicLink(open.resolve("link"), directory(above.resolve("real"), 0755));

        assertThat(refused(link.resolve("tokens"))).hasMessageContaining("chmod go-w '" + open + "'");
    }

    @Test
    void open_linkIntoADirectoryOpenToOthers_isRefused() throws IOException {
        Path open = directory(above.resolve("open"), 0777);
        Path link = Files.createSymbolicLink(above.resolve("link"), directory(open.resolve("real"), 0755));

        assertThat(refused(link.resolve("tokens"))).hasMessageContaining("chmod go-w '" + open + "'");
    }

    @Test
    void open_linkToItself_isUnavailable() throws IOException {
        Path link = Files.createSymbolicLink(above.resolve("link"), Path.of("link"));

        fails(ErrorCodes.CACHE_UNAVAILABLE, () -> Samples.store(link.resolve("tokens"))
                .open());
    }

    @Test
    void open_relativePath_isCheckedFromTheWorkingDirectoryOn() throws IOException {
        Path directory = Path.of("").toAbsolutePath().relativize(above.resolve("tokens"));
        Files.setAttribute(above, "unix:mode", 0775);

        refused(directory);
    }

    /** Without the second look at the real path that the store takes: that one comes too late for what is made. */
    @Test
    void require_linkOfManyNames_isFollowedThroughEachOfThem() throws IOException {
        Path open = directory(above.resolve("open"), 0777);
        directory(directory(open.resolve("a"), 0755).resolve("b"), 0755);
        Path relative = Files.createSymbolicLink(above.resolve("relative"), Path.of("open", "a", "b"));
        Path absolute = Files.createSymbolicLink(above.resolve("absolute"), open.resolve("a"));
        Path safe = directory(directory(above.resolve("safe"), 0755).resolve("open"), 0777);
        Path second = Files.createSymbolicLink(above.resolve("second"), Path.of("safe", "open"));

        for (Path link : new Path[] {relative, absolute, second}) {
            assertThat(fails(ErrorCodes.CACHE_INSECURE_PERMISSIONS, () -> Ancestry.require(link.resolve("tokens"))))
                    .hasMessageContaining("chmod go-w '" + (link.equals(second) ? safe : open) + "'");
        }
    }

    @Test
    void require_wayThatEnds_looksAtNothingBeyond() throws IOException {
        directory(above.resolve("open"), 0777);

        assertThatCode(() -> Ancestry.require(
                        above.resolve("missing").resolve("open").resolve("tokens")))
                .doesNotThrowAnyException();
    }

    @Test
    void require_linksInARow_areFollowedAsFarAsTheSystemDoes() throws IOException {
        Path last = directory(above.resolve("link0"), 0755);
        for (int i = 1; i <= 41; i++) {
            last = Files.createSymbolicLink(above.resolve("link" + i), Path.of("link" + (i - 1)));
        }

        assertThatCode(() -> Ancestry.require(above.resolve("link40").resolve("tokens")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Ancestry.require(above.resolve("link41").resolve("tokens")))
                .isInstanceOf(FileSystemLoopException.class);
    }

    /** Between the look at the way and the making of the directory. */
    @Test
    void open_somebodyElseWasFasterToMakeADirectoryOnTheWay_isRefused() throws IOException {
        Path theirs = above.resolve("theirs");

        assertThat(fails(
                        ErrorCodes.CACHE_INSECURE_PERMISSIONS,
                        () -> StoreDirectory.open(theirs.resolve("tokens"), tokens -> {
                            directory(theirs, 0777);
                            directory(tokens, 0700);
                        })))
                .hasMessageContaining("chmod go-w '" + theirs + "'");
    }

    /** A container's user need not have a name, and a name may be claimed. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void self_nameThatIsClaimed_isNotBelieved() throws IOException {
        String name = System.getProperty("user.name");
        try {
            System.setProperty("user.name", name.equals("nobody") ? "root" : "nobody");
            assertThat(OwnerOnly.self(above)).isEqualTo(Files.getOwner(above));
        } finally {
            System.setProperty("user.name", name);
        }
    }

    @Test
    void require_fileSystemWithoutOwners_isAccepted() throws IOException {
        URI zip = URI.create("jar:" + parent.resolve("a.zip").toUri());
        try (FileSystem without = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path inside = Files.createDirectory(without.getPath("/tokens"));
            assertThatCode(() -> OwnerOnly.require(inside)).doesNotThrowAnyException();
            assertThatCode(() -> Ancestry.require(inside)).doesNotThrowAnyException();
        }
    }

    private static void assertWorks(Path directory) {
        FileTokenStore store = Samples.store(directory).open();
        write(store, ADA, "ada's");
        assertThat(token(store, ADA)).isEqualTo("ada's");
    }

    private static CacheException refused(Path directory) {
        return fails(ErrorCodes.CACHE_INSECURE_PERMISSIONS, () -> Samples.store(directory)
                .open());
    }

    private static Path directory(Path path, int mode) throws IOException {
        Files.createDirectory(path);
        Files.setAttribute(path, "unix:mode", mode);
        return path;
    }

    private static void giveToNobody(Path path) throws IOException {
        assumeThat((int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                .as("only root can give files away")
                .isZero();
        Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    }
}
