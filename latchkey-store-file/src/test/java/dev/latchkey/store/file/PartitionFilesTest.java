package dev.latchkey.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionFilesTest {
    /** Two bytes of the lock file for each partition, all below those that are the directory's. */
    @ParameterizedTest
    @CsvSource({
        // first byte of the digest, all others too; places of lease and write lock
        "00, 0, 1",
        "01, 72340172838076672, 72340172838076673",
        "ff, 4611686018427387902, 4611686018427387903",
    })
    void lockPositions_ofADigest_areAPairOfItsOwn(String digit, long lease, long write) {
        Path file = Path.of(digit.repeat(32) + ".partition");
        PartitionFiles files = PartitionFiles.ofData(Path.of("tokens"), file);

        assertThat(files).isNotNull();
        assertThat(files.leasePosition()).isEqualTo(lease);
        assertThat(files.writePosition()).isEqualTo(write).isLessThan(1L << 62);
    }
}
