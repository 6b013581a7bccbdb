package dev.latchkey.cli.demo;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.RecordedRequest;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The requests to the authority and the API since the current step began. */
final class Traffic {
    private final LocalAuthority authority;
    private int seen;

    Traffic(LocalAuthority authority) {
        this.authority = authority;
    }

    /** Starts counting for a step. */
    void begin() {
        seen = authority.requests().all().size();
    }

    /** The number of requests. */
    int count() {
        return since().size();
    }

    /** The number of token requests with a grant type. */
    long tokenRequests(GrantType grantType) {
        return since().stream()
                .filter(request -> request.grantType().filter(grantType::equals).isPresent())
                .count();
    }

    /** The program's requests: all except those of a browser. */
    String ofTheProgram() {
        return described(request -> !isBrowsers(request));
    }

    /** The browser's requests. */
    String ofTheBrowser() {
        return described(Traffic::isBrowsers);
    }

    private List<RecordedRequest> since() {
        List<RecordedRequest> all = authority.requests().all();
        return all.subList(seen, all.size());
    }

    private String described(Predicate<RecordedRequest> wanted) {
        String requests = since().stream()
                .filter(wanted)
                .filter(request -> request.endpoint() != Endpoint.ASSET)
                .map(Traffic::describe)
                .collect(Collectors.joining(", "));
        return requests.isEmpty() ? "nothing" : requests;
    }

    private static String describe(RecordedRequest request) {
        String name = request.endpoint().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String grant =
                request.grantType().map(type -> " (" + type.wireName() + ")").orElse("");
        String error = request.outcome().error().isEmpty()
                ? ""
                : " " + request.outcome().error();
        return name + grant + " " + request.status() + error;
    }

    private static boolean isBrowsers(RecordedRequest request) {
        return request.endpoint().facesPeople() || request.endpoint() == Endpoint.ASSET;
    }
}
