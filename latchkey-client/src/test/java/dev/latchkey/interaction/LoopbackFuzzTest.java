package dev.latchkey.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.authorize.ResponseMode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random bytes and requests with random damage: a request, a refusal or an end, and never an answer. */
final class LoopbackFuzzTest {
    private static final String REQUEST = "POST / HTTP/1.1\r\nHost: localhost:1\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 19\r\n\r\ncode=c1&state=other";

    @Property(tries = 3000)
    void reader_randomBytes_endInARequestARefusalOrAnEnd(@ForAll byte[] bytes) throws IOException {
        assertReads(bytes);
    }

    @Property(tries = 3000)
    void reader_damagedRequest_endsInARequestARefusalOrAnEnd(@ForAll("damaged") byte[] bytes) throws IOException {
        assertReads(bytes);
    }

    @Property(tries = 300)
    void listener_randomOrDamagedBytes_neverEndTheWaitNorHang(@ForAll("damaged") byte[] damaged, @ForAll byte[] random)
            throws Exception {
        try (var fixture = new LoopbackFixture(ResponseMode.FORM_POST)) {
            for (byte[] bytes : new byte[][] {damaged, random}) {
                try (Wire wire = Wire.to(fixture.uri)) {
                    wire.send(bytes).endOutput().everything();
                } catch (java.net.SocketException refusedEarly) {
                    // The listener may close before everything was sent.
                }
            }
            assertThat(fixture.future).isNotDone();
            fixture.completeByFormPost();
        }
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, REQUEST.length() - 1);
        Arbitrary<byte[]> inserts = Arbitraries.bytes().array(byte[].class).ofMaxSize(8);
        return net.jqwik.api.Combinators.combine(places, places, inserts).as(LoopbackFuzzTest::damage);
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
