package dev.latchkey.web;

import dev.latchkey.Futures;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.web.session.AccountRef;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code POST /token}: a token for an account of the session without user interaction. */
final class SilentEndpoint implements LatchkeyServlet.Endpoint {
    private final LatchkeyWeb web;

    SilentEndpoint(LatchkeyWeb web) {
        this.web = web;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        JsonObject asked = requestOf(exchange.body());
        WebSession session = web.sessionOrEmpty(exchange.request());
        SilentRequest request = web.requests().silent(asked, accountOf(session, asked));
        exchange.answer(200, web.wire().result(Futures.await(session.acquireTokenSilent(request))));
    }

    static JsonObject requestOf(JsonObject body) {
        JsonObject request = body.object("request");
        if (request == null) {
            throw new Refusal(400, "invalid_request", "the body lacks the member request");
        }
        return request;
    }

    /** The account that a body names, or null; an invalid one is not treated as none. */
    static @Nullable AccountRef named(JsonObject json) {
        try {
            return AccountRef.read(json, "account");
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "invalid_request", "the account cannot be read: " + e.getMessage());
        }
    }

    private static Account accountOf(WebSession session, JsonObject asked) {
        AccountRef named = named(asked);
        if (session.data().accounts().isEmpty()) {
            throw nobodyIsSignedIn();
        }
        if (named == null) {
            return session.account().orElseThrow(WebSession::nobody);
        }
        if (!session.data().holds(named)) {
            throw nobodyIsSignedIn();
        }
        return session.account(named).orElseThrow(SilentEndpoint::nobodyIsSignedIn);
    }

    /**
     * The session may have ended, or its tokens may be gone: in both cases only a new sign-in helps, and no details are
     * revealed.
     */
    private static InteractionRequiredAuthException nobodyIsSignedIn() {
        return new InteractionRequiredAuthException(ErrorDetails.of(
                ErrorCodes.NO_TOKENS_FOUND,
                "this session has no tokens for the account: it is new or ended, or the account signed out; sign in"));
    }
}
