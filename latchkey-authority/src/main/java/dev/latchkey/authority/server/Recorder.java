package dev.latchkey.authority.server;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.RecordedRequest;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.realm.Site;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Records requests with their secrets taken out. */
final class Recorder {
    private static final int MAX_VALUE = 2_000;
    private static final Set<String> SECRET_PARAMETERS = Set.of(
            "code",
            "code_verifier",
            "refresh_token",
            "access_token",
            "id_token",
            "id_token_hint",
            "token",
            "password",
            "client_secret",
            "client_assertion",
            "assertion",
            "subject_token",
            "actor_token",
            "device_code",
            "csrf",
            "flow");
    private static final Set<String> SECRET_HEADERS = Set.of("cookie", "dpop", "proxy-authorization");

    private final Site site;
    private final Consumer<RecordedRequest> log;

    Recorder(Site site, Consumer<RecordedRequest> log) {
        this.site = site;
        this.log = log;
    }

    void record(Endpoint endpoint, Request request, Reply reply, String error) {
        log.accept(new RecordedRequest(
                site.clock().instant(),
                endpoint,
                request.path(),
                parameters(request),
                headers(request),
                new RecordedRequest.Outcome(request.method(), reply.status(), error)));
    }

    private static Map<String, String> parameters(Request request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Params params : new Params[] {request.query(), request.form()}) {
            for (String name : params.names()) {
                boolean secret = SECRET_PARAMETERS.contains(name.toLowerCase(Locale.ROOT));
                parameters.put(name, secret ? RecordedRequest.REDACTED : shortened(String.join(" ", params.all(name))));
            }
        }
        return parameters;
    }

    private static Map<String, String> headers(Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> {
            if (name.startsWith(":")) {
                return;
            }
            if (name.equals("authorization")) {
                headers.put(name, value.split(" ", 2)[0] + " " + RecordedRequest.REDACTED);
            } else {
                headers.put(name, SECRET_HEADERS.contains(name) ? RecordedRequest.REDACTED : shortened(value));
            }
        });
        return headers;
    }

    private static String shortened(String value) {
        return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + "...";
    }
}
