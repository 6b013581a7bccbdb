package dev.latchkey;

import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.http.JdkHttpTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** The network as a test wants it: real unless scripted, recorded always. */
final class Wire implements HttpTransport {
    private static final Pattern SECRET_MEMBER =
            Pattern.compile("\"(?:access_token|refresh_token|id_token|device_code)\"\\s*:\\s*\"([^\"]+)\"");

    private volatile HttpTransport real = JdkHttpTransport.create();
    private final List<HttpMessage> sent = new CopyOnWriteArrayList<>();
    private final List<HttpAnswer> received = new CopyOnWriteArrayList<>();
    private final List<Script> scripts = new CopyOnWriteArrayList<>();

    /** What happens instead of the real thing. */
    interface Script {
        /** The answer, or null to leave it to the next. */
        HttpAnswer answer(HttpMessage message, HttpTransport real) throws IOException, InterruptedException;
    }

    @Override
    public HttpAnswer send(HttpMessage message, Duration timeout) throws IOException, InterruptedException {
        sent.add(message);
        HttpAnswer answer = answer(message, timeout);
        received.add(answer);
        return answer;
    }

    private HttpAnswer answer(HttpMessage message, Duration timeout) throws IOException, InterruptedException {
        for (Script script : scripts) {
            HttpAnswer answer = script.answer(message, (same, time) -> real.send(same, timeout));
            if (answer != null) {
                return answer;
            }
        }
        return real.send(message, timeout);
    }

    /** From now on the network believes whom this context believes. */
    void trust(SSLContext context) {
        real = JdkHttpTransport.trusting(context);
    }

    /** Everything secret that went over the wire so far, either way. */
    Set<String> secrets() {
        Set<String> secrets = new HashSet<>();
        for (HttpMessage message : sent) {
            if (message.form() != null) {
                List.of("code", "code_verifier", "refresh_token", "device_code", "token")
                        .forEach(name -> secrets.add(message.form().get(name)));
            }
        }
        for (HttpAnswer answer : received) {
            Matcher member = SECRET_MEMBER.matcher(answer.body());
            while (member.find()) {
                secrets.add(member.group(1));
            }
        }
        secrets.removeIf(secret -> secret == null || secret.length() < 8);
        return secrets;
    }

    /** The real metadata document with one more member, or another value of one. */
    Wire metadata(String member, Object value) {
        return script((message, real) -> {
            if (!message.uri().getPath().endsWith("/openid-configuration")) {
                return null;
            }
            HttpAnswer answer = real.send(message, Duration.ofSeconds(30));
            return new HttpAnswer(200, Map.of(), with(answer.body(), member, value));
        });
    }

    private static String with(String json, String member, Object value) {
        try {
            Map<String, Object> members =
                    new LinkedHashMap<>(Json.parseObject(json).asMap());
            members.put(member, value);
            return Json.write(members);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
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
        received.clear();
    }
}
