package dev.latchkey.authority.status;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.RecordedRequest;
import dev.latchkey.authority.RequestLog;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.SignedIn;
import dev.latchkey.authority.state.Stores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** What there is to see at the moment; the site changes with the configuration. */
public record Overview(Supplier<Site> present, Stores stores, RequestLog log) {
    private static final int RECENT = 50;

    Site site() {
        return present.get();
    }

    List<SignedIn> sessions() {
        return stores.sessions().all(site().now());
    }

    /** The newest first, without style sheets. */
    List<RecordedRequest> requests() {
        List<RecordedRequest> newest = new ArrayList<>(log.all());
        newest.removeIf(request -> request.endpoint() == Endpoint.ASSET);
        Collections.reverse(newest);
        return newest.stream().limit(RECENT).toList();
    }
}
