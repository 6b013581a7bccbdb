package dev.latchkey.internal.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.instancio.Instancio.gen;

import dev.latchkey.core.authorize.ResponseMode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Random bytes and randomly damaged requests are parsed, rejected or cut off, but never accepted as the response. */
final @ExtendWith(InstancioExtension.class) class LoopbackFuzzTest {
    private static final String REQUEST = "POST / HTTP/1.1\r\nHost: localhost:1\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 19\r\n\r\ncode=c1&state=other";

    @Test
    void reader_randomBytes_endInARequestARefusalOrAnEnd() throws IOException {
        for (int i = 0; i < 3000; i++) {
            assertReads(bytes(100));
        }
    }

    @Test
    void reader_damagedRequest_endsInARequestARefusalOrAnEnd() throws IOException {
        for (int i = 0; i < 3000; i++) {
            assertReads(damaged());
        }
    }

    @Test
    void listener_randomOrDamagedBytes_neverEndTheWaitNorHang() throws Exception {
        for (int i = 0; i < 300; i++) {
            assertStillWaitingAfter(damaged(), bytes(100));
        }
    }

    private static void assertStillWaitingAfter(byte[]... requests) throws Exception {
        try (var fixture = new LoopbackFixture(ResponseMode.FORM_POST)) {
            for (byte[] bytes : requests) {
                try (Wire wire = Wire.to(fixture.uri)) {
                    wire.send(bytes).endOutput().everything();
                } catch (SocketException refusedEarly) {
                    // The listener may close before everything was sent.
                }
            }
            assertThat(fixture.future).isNotDone();
            fixture.completeByFormPost();
        }
    }

    private static byte[] damaged() {
        return damage(place(), place(), bytes(8));
    }

    private static int place() {
        return gen().ints().range(0, REQUEST.length() - 1).get();
    }

    private static byte[] bytes(int most) {
        byte[] bytes = new byte[gen().ints().range(0, most).get()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = gen().bytes().range(Byte.MIN_VALUE, Byte.MAX_VALUE).get();
        }
        return bytes;
    }

    private static byte[] damage(int from, int to, byte[] insert) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(REQUEST.substring(0, from).getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(insert);
        bytes.writeBytes(REQUEST.substring(Math.max(from, to)).getBytes(StandardCharsets.ISO_8859_1));
        return bytes.toByteArray();
    }

    private static void assertReads(byte[] bytes) throws IOException {
        try {
            LoopbackRequest request =
                    new RequestReader(new ByteArrayInputStream(bytes), new ByteArrayOutputStream()).read();
            assertThat(request.path()).startsWith("/");
            assertThat(request.body().length()).isLessThanOrEqualTo(RequestReader.MAX_BODY);
        } catch (BadRequestException refused) {
            assertThat(refused.status()).isIn(400, 411, 413, 431);
        } catch (EOFException ended) {
            assertThat(ended).isNotNull();
        }
    }
}
