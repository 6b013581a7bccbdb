package dev.latchkey.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    private static final long FORTY_BITS = 1L << 40;
    private static final long GREATEST_INT = Integer.MAX_VALUE;

    @TempDir
    Path directory;

    /** Each is written over the slot that is not the current one. */
    @Test
    void next_versionOrFence_risesAndGoesToTheOtherSlot() {
        Numbers numbers = new Numbers(5, 7, 1);

        assertThat(numbers.withNextVersion(0)).isEqualTo(new Numbers(6, 7, 0));
        assertThat(numbers.withNextVersion(9)).isEqualTo(new Numbers(10, 7, 0));
        assertThat(numbers.withNextFence()).isEqualTo(new Numbers(5, 8, 0));
        assertThat(numbers.withNextFence().withNextFence()).isEqualTo(new Numbers(5, 9, 1));
        assertThat(numbers.withVersionAtLeast(4)).isEqualTo(new Numbers(5, 7, 0));
        assertThat(numbers.withVersionAtLeast(6)).isEqualTo(new Numbers(6, 7, 0));
    }

    @ParameterizedTest
    @CsvSource({
        // version and fence of the one that goes, expected version and fence
        "5, 7, ,",
        "4, 6, ,",
        "6, 7, 6, 7",
        "5, 8, 5, 8",
        "6, 1, 6, 7",
        "1, 8, 5, 8",
    })
    void raisedTo_another_isTheGreaterOfEachOrNothingToDo(
            long version, long fence, @Nullable Long raisedVersion, @Nullable Long raisedFence) {
        Numbers raised = new Numbers(5, 7, 0).raisedTo(new Numbers(version, fence, 1));

        assertThat(raised)
                .isEqualTo(
                        raisedVersion == null || raisedFence == null
                                ? null
                                : new Numbers(raisedVersion, raisedFence, 1));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, true", "5, 7, true", "-1, 7, false", "5, 0, false", "5, -1, false"})
    void read_wholeSlot_countsIfItMakesSense(long version, long fence, boolean counts) throws IOException {
        Path file = directory.resolve("numbers");
        Numbers numbers = new Numbers(version, fence, 0);

        numbers.write(new Disk(), file, false);

        assertThat(Numbers.read(new Disk(), file)).isEqualTo(counts ? numbers : null);
    }

    @Test
    void read_noFileOrAnEmptyOne_isNothing() throws IOException {
        Path file = directory.resolve("numbers");
        assertThat(Numbers.read(new Disk(), file)).isNull();
        new Disk().patch(file, 0, new byte[0], false);
        assertThat(Numbers.read(new Disk(), file)).isNull();
    }

    @Test
    void startingAbove_nobodyIsGone_isAnywhereInTheRange() {
        assertThat(Numbers.startingAbove(null, random(0))).isEqualTo(new Numbers(0, FORTY_BITS, 1));
        assertThat(Numbers.startingAbove(null, random(-1)))
                .isEqualTo(new Numbers(FORTY_BITS - 1, FORTY_BITS + GREATEST_INT, 1));
    }

    @Test
    void startingAbove_thoseWhoAreGone_isNeverBelow() {
        Numbers gone = new Numbers(100, 200, 0);

        assertThat(Numbers.startingAbove(gone, random(0))).isEqualTo(new Numbers(100, 200, 1));
        assertThat(Numbers.startingAbove(gone, random(-1)))
                .isEqualTo(new Numbers(100 + GREATEST_INT, 200 + GREATEST_INT, 1));
    }

    private static SecureRandom random(int always) {
        return new SecureRandom() {
            @Override
            public int nextInt() {
                return always;
            }

            @Override
            public long nextLong() {
                return always;
            }
        };
    }
}
