package dev.latchkey.integration.belonging;

import dev.latchkey.InteractiveRequest;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests as text for whoever repeats a sequence, and as expectations for the result. */
final class Told {
    private Told() {}

    static String of(SilentRequest request) {
        return "'" + request.scopes() + "' for " + request.account().orElse(null) + " at "
                + request.authority().orElse("its own") + ", tenant "
                + request.tenantId().orElse("-")
                + ", resource " + request.resource().orElse("-") + ", claims "
                + request.claims().orElse("-")
                + ", extras " + request.extraParameters() + ", " + request.cacheLookupPolicy() + ", "
                + request.storeInCache();
    }

    static String of(InteractiveRequest request) {
        return "'" + request.scopes() + "' for " + request.account().orElse(null) + " at "
                + request.authority().orElse("its own") + ", tenant "
                + request.tenantId().orElse("-")
                + ", resource " + request.resource().orElse("-") + ", claims "
                + request.claims().orElse("-")
                + ", extras " + request.extraQueryParameters() + " and " + request.extraParameters() + ", "
                + request.storeInCache();
    }

    static Asked asked(Actor actor, SilentRequest request) {
        @Nullable
        Account active = request.account().isEmpty() && actor.isPublic()
                ? actor.asPublic().blocking().activeAccount().orElse(null)
                : null;
        return new Asked(
                actor,
                request.authority().orElse(null),
                request.tenantId().orElse(null),
                request.account().orElse(active),
                Wish.of(
                        request.scopes(),
                        request.resource().orElse(""),
                        request.claims().orElse(""),
                        request.extraParameters()));
    }

    static Asked asked(Actor actor, InteractiveRequest request) {
        Map<String, String> extras = new HashMap<>(request.extraQueryParameters());
        extras.putAll(request.extraParameters());
        Wish wish = Wish.of(
                request.scopes(),
                request.resource().orElse(""),
                request.claims().orElse(""),
                extras);
        return new Asked(
                actor, request.authority().orElse(null), request.tenantId().orElse(null), null, wish);
    }
}
