package dev.latchkey.authority;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was asked of the authority, oldest first. Keeps the last {@value #CAPACITY} requests. Thread-safe. */
public final class RequestLog {
    /** How many requests are kept. */
    public static final int CAPACITY = 10_000;

    private final Deque<RecordedRequest> requests = new ArrayDeque<>();

    RequestLog() {}

    /** Every request kept. */
    public synchronized List<RecordedRequest> all() {
        return List.copyOf(requests);
    }

    /** Requests to one endpoint. */
    public List<RecordedRequest> to(Endpoint endpoint) {
        return all().stream().filter(request -> request.endpoint() == endpoint).toList();
    }

    /** Token requests of one grant type. */
    public List<RecordedRequest> tokenRequests(GrantType grantType) {
        return to(Endpoint.TOKEN).stream()
                .filter(request -> request.grantType().filter(grantType::equals).isPresent())
                .toList();
    }

    /** Forgets every request. */
    public synchronized void clear() {
        requests.clear();
    }

    synchronized void add(RecordedRequest request) {
        if (requests.size() == CAPACITY) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }
}
