package dev.latchkey;

import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.http.JdkHttpTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The network as a test wants it: real unless scripted, recorded always. */
final class Wire implements HttpTransport {
    private final HttpTransport real = JdkHttpTransport.create();
    private final List<HttpMessage> sent = new CopyOnWriteArrayList<>();
    private final List<Script> scripts = new CopyOnWriteArrayList<>();

    /** What happens instead of the real thing. */
    interface Script {
        /** The answer, or null to leave it to the next. */
        HttpAnswer answer(HttpMessage message, HttpTransport real) throws IOException, InterruptedException;
    }

    @Override
    public HttpAnswer send(HttpMessage message, Duration timeout) throws IOException, InterruptedException {
        sent.add(message);
        for (Script script : scripts) {
            HttpAnswer answer = script.answer(message, (same, time) -> real.send(same, timeout));
            if (answer != null) {
                return answer;
            }
        }
        return real.send(message, timeout);
    }

    /** Scripts come before those that were there. */
    Wire script(Script script) {
        scripts.add(0, script);
        return this;
    }

    /** Answers where the path ends so. */
    Wire answer(String pathEnd, int status, String body) {
        return answer(pathEnd, status, Map.of(), body);
    }

    Wire answer(String pathEnd, int status, Map<String, List<String>> headers, String body) {
        return script((message, real) ->
                message.uri().getPath().endsWith(pathEnd) ? new HttpAnswer(status, headers, body) : null);
    }

    Wire fail(Predicate<HttpMessage> which, IOException failure) {
        return script((message, real) -> {
            if (which.test(message)) {
                throw failure;
            }
            return null;
        });
    }

    /** Back to the real thing. */
    void unscript() {
        scripts.clear();
    }

    List<HttpMessage> sent() {
        return sent;
    }

    List<HttpMessage> sentTo(String pathEnd) {
        return sent.stream()
                .filter(message -> message.uri().getPath().endsWith(pathEnd))
                .toList();
    }

    void forget() {
        sent.clear();
    }
}
