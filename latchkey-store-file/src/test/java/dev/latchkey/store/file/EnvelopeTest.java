package dev.latchkey.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final EncryptionKey KEY = EncryptionKey.of(new byte[EncryptionKey.LENGTH]);
    private static final byte[] NAME = {1, 2, 3};
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

    private static FileHeader header(long version) {
        return FileHeader.of(KEY.id(), version, new byte[FileHeader.SALT_LENGTH]);
    }

    @Test
    void open_underItsHeaderAndName_givesTheContent() throws Exception {
        byte[] file = Envelope.seal(KEY, header(7), NAME, CONTENT);

        assertThat(Envelope.open(KEY, header(7), NAME, file)).isEqualTo(CONTENT);
    }

    @Test
    void open_underAnotherHeaderOrName_isDamage() {
        byte[] file = Envelope.seal(KEY, header(7), NAME, CONTENT);

        assertThatThrownBy(() -> Envelope.open(KEY, header(8), NAME, file)).isInstanceOf(CorruptFileException.class);
        assertThatThrownBy(() -> Envelope.open(KEY, header(7), new byte[] {1, 2, 4}, file))
                .isInstanceOf(CorruptFileException.class);
    }
}
