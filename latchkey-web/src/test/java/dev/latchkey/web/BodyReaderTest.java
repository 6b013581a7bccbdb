package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body that arrives piece by piece, as a container reports it. */
final class BodyReaderTest {
    private final Map<String, Object> attributes = new HashMap<>();
    private AsyncListener listener;
    private ReadListener reader;
    private long timeout;
    private int dispatches;

    /** Bytes that have arrived and are still unread. */
    private byte[] there = {};

    private boolean isOver;
    private String method = "POST";
    private long length = -1;
    private boolean isAsync = true;

    private final AsyncContext context = Call.made(AsyncContext.class, (name, arguments) -> {
        switch (name) {
            case "setTimeout" -> timeout = (Long) arguments[0];
            case "addListener" -> listener = (AsyncListener) arguments[0];
            case "dispatch" -> dispatches++;
            default -> assertThat(name).isIn("getRequest", "getResponse");
        }
        return null;
    });

    private final HttpServletRequest request = Call.made(HttpServletRequest.class, (name, arguments) -> switch (name) {
        case "startAsync" -> context;
        case "getInputStream" -> new Pieces();
        case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
        case "getAttribute" -> attributes.get((String) arguments[0]);
        case "getMethod" -> method;
        case "getContentLengthLong" -> length;
        case "isAsyncSupported" -> isAsync;
        default -> throw new UnsupportedOperationException(name);
    });

    private final class Pieces extends ServletInputStream {
        @Override
        public boolean isFinished() {
            return isOver;
        }

        @Override
        public boolean isReady() {
            return there.length > 0 || isOver;
        }

        @Override
        public void setReadListener(ReadListener given) {
            reader = given;
        }

        @Override
        public int read() {
            if (there.length == 0) {
                return -1;
            }
            int first = there[0] & 0xff;
            there = Arrays.copyOfRange(there, 1, there.length);
            return first;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            int count = Math.min(most, there.length);
            if (count == 0) {
                return -1;
            }
            System.arraycopy(there, 0, into, from, count);
            there = Arrays.copyOfRange(there, count, there.length);
            return count;
        }
    }

    @BeforeEach
    void begin() throws IOException {
        BodyReader.begin(request, null);
    }

    private void comes(int bytes) throws IOException {
        there = new byte[bytes];
        Arrays.fill(there, (byte) 'x');
        reader.onDataAvailable();
    }

    private void assertRefused(int status) {
        assertThatThrownBy(() -> BodyReader.bodyOf(request))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(status));
        assertThat(dispatches).isEqualTo(1);
    }

    @Test
    void body_inPieces_isReadWholeAndServedOnce() throws IOException {
        comes(1);
        comes(10_000);
        assertThat(dispatches).isZero();
        assertThat(BodyReader.bodyOf(request)).isNull();
        isOver = true;
        reader.onDataAvailable();

        reader.onAllDataRead();
        reader.onAllDataRead();

        assertThat(BodyReader.bodyOf(request)).hasSize(10_001).containsOnly('x');
        assertThat(dispatches).isEqualTo(1);
    }

    @Test
    void body_asLongAsItMayBe_isRead() throws IOException {
        comes(BodyReader.MOST_BYTES);
        reader.onAllDataRead();

        assertThat(BodyReader.bodyOf(request)).hasSize(64 * 1024);
    }

    @Test
    void body_longerThanItMayBe_isReadOnForAWhileAndRefused() throws IOException {
        comes(2 * BodyReader.MOST_BYTES);
        assertThat(dispatches).isZero();
        assertThat(there).as("read on, so that the sender hears the answer").isEmpty();

        reader.onAllDataRead();

        assertRefused(413);
    }

    @Test
    void body_withoutEnd_isRefusedBeforeItsEnd() throws IOException {
        comes(3 * BodyReader.MOST_BYTES);

        assertRefused(413);
        assertThat(there).as("the rest is not read").hasSizeGreaterThan(BodyReader.MOST_BYTES / 2);
    }

    @Test
    void body_thatBreaksOff_isRefused() throws IOException {
        reader.onError(new IOException("gone"));

        assertRefused(400);
    }

    @Test
    void request_thatFails_isRefused() throws IOException {
        listener.onError(new AsyncEvent(context, new IOException("gone")));

        assertRefused(400);
    }

    /** The container measures the time, so it is simulated here. */
    @Test
    void body_thatDoesNotCome_isGivenUpAfterThirtySeconds() throws IOException {
        listener.onTimeout(new AsyncEvent(context));

        assertThat(timeout).isEqualTo(30_000);
        assertRefused(408);
        reader.onAllDataRead();
        assertRefused(408);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,-1,true,true",
        "POST,1,true,true",
        "POST,0,true,false",
        "POST,1,false,false",
        "GET,1,true,false",
        "PUT,1,true,false"
    })
    void reading_isDueForAPostWithABody(String method, long length, boolean isAsync, boolean isDue) throws IOException {
        this.method = method;
        this.length = length;
        this.isAsync = isAsync;

        assertThat(BodyReader.isDue(request)).isEqualTo(isDue);

        reader.onAllDataRead();
        assertThat(BodyReader.isDue(request)).as("once").isFalse();
    }
}
