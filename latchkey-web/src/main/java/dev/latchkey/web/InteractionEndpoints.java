package dev.latchkey.web;

import dev.latchkey.Futures;
import dev.latchkey.Prompt;
import dev.latchkey.RedirectRequest;
import dev.latchkey.RedirectSignIn;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.Interaction;
import dev.latchkey.web.session.Kept;
import dev.latchkey.web.session.Outcome;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.SessionId;
import dev.latchkey.web.session.StepUp;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a page does with a sign-in: start it, fetch its outcome, cancel it. */
final class InteractionEndpoints {
    private static final int SHORTEST_ID = 22;
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_SAVED = 8 * 1024;

    private final LatchkeyWeb web;

    InteractionEndpoints(LatchkeyWeb web) {
        this.web = web;
    }

    /** {@code POST /start}: returns the address to which the page sends the user. */
    void start(Exchange exchange) throws IOException {
        JsonObject body = exchange.body();
        String id = idOf(body);
        Interaction.Type type = Interaction.Type.named(body.string("type", ""))
                .orElseThrow(() -> new Refusal(400, "invalid_request", "type must be popup, redirect or frame"));
        String returnTo = type == Interaction.Type.REDIRECT ? returnTo(exchange, body) : null;
        AccountRef named = SilentEndpoint.named(SilentEndpoint.requestOf(body));
        RedirectRequest asked = requestOf(exchange, body, type, named);
        AccountRef expected = type == Interaction.Type.FRAME ? named : null;
        StepUp stepUp = stepUp(exchange, asked, expected != null);
        RedirectRequest request = stepUp == null
                ? asked
                : asked.toBuilder().cacheKeyComponent(stepUp.component()).build();
        RedirectSignIn signIn = Futures.await(web.application().acquireTokenRedirect(request));
        if (signIn.saved().reveal().length() > LONGEST_SAVED) {
            throw new Refusal(413, "request_too_large", "the request is too large to be stored");
        }
        Interaction begun = new Interaction(
                id,
                type,
                signIn.state(),
                signIn.saved(),
                returnTo,
                expected,
                stepUp,
                web.readSession(exchange.request()).isPresent(),
                web.clock().instant().plus(web.interactionTimeout()));
        // An outcome of an earlier sign-in with this id that was never fetched does not belong to the new one.
        taken(exchange, id);
        web.signIns().add(exchange, begun);
        exchange.answer(200, Map.of("url", signIn.authorizationUri().toString()));
    }

    /** {@code POST /result}: returns the outcome, once. */
    void result(Exchange exchange) throws IOException {
        String id = idOf(exchange.body());
        Outcome success = taken(exchange, id);
        if (success != null) {
            answer(exchange, success);
            return;
        }
        Kept kept = web.signIns().named(exchange.request(), id).orElseThrow(InteractionEndpoints::noInteraction);
        if (kept instanceof Interaction interaction && isUnderWay(interaction)) {
            exchange.answer(202, "{}");
            return;
        }
        web.signIns().remove(exchange, id);
        if (kept instanceof Outcome failure) {
            answer(exchange, failure);
        } else {
            throw interrupted();
        }
    }

    private static void answer(Exchange exchange, Outcome outcome) throws IOException {
        exchange.answer(outcome.status(), outcome.json());
    }

    /** Removes and returns the success that the session holds for the page. */
    private @Nullable Outcome taken(Exchange exchange, String id) {
        SessionId session = web.aliveSession(exchange.request()).orElse(null);
        SessionData data = session == null ? null : web.sessions().readNewest(session);
        if (session == null || data == null || data.outcome(id).isEmpty()) {
            return null;
        }
        AtomicReference<@Nullable Outcome> taken = new AtomicReference<>();
        web.sessions().change(session, present -> {
            taken.set(present.outcome(id).orElse(null));
            return present.forgotten(id);
        });
        return taken.get();
    }

    private boolean isUnderWay(Interaction interaction) {
        return switch (web.claims().stateOf(interaction)) {
            case OPEN, CLAIMED -> true;
            case STALLED -> false;
            case GIVEN_UP -> throw noInteraction();
        };
    }

    /** The node that processed the response was stopped, or its reply never reached the browser. */
    private static NetworkException interrupted() {
        return new NetworkException(
                ErrorCodes.INTERRUPTED, "the server was interrupted while it completed the sign-in; sign in again");
    }

    /** Only a user who has already signed in can be asked for claims or an authentication class. */
    private @Nullable StepUp stepUp(Exchange exchange, RedirectRequest asked, boolean mayBeSomebodyElse) {
        Map<String, String> extras = asked.allExtraParameters();
        String claims = asked.claims().orElse(null);
        if (claims == null && !extras.containsKey(StepUp.ACR_VALUES)) {
            return null;
        }
        if (mayBeSomebodyElse) {
            // Refused only once the token is stored, which then must be of no use to this session.
            return StepUp.of(claims, extras);
        }
        // A repeated step-up replaces the token of the previous one.
        return web.aliveSession(exchange.request())
                .map(web.sessions()::read)
                .flatMap(data -> data.stepUps().stream()
                        .filter(done -> done.isFor(claims, extras))
                        .findFirst())
                .orElseGet(() -> StepUp.of(claims, extras));
    }

    private static Refusal noInteraction() {
        return new Refusal(
                404,
                "no_interaction",
                "this browser has no such interaction, or its outcome was already fetched, or it has expired");
    }

    /** {@code POST /cancel}: rejects a response that arrives later. */
    void cancel(Exchange exchange) throws IOException {
        String id = idOf(exchange.body());
        web.signIns().underWay(exchange.request()).stream()
                .filter(interaction -> interaction.id().equals(id))
                .forEach(web.claims()::giveUp);
        web.signIns().remove(exchange, id);
        web.aliveSession(exchange.request())
                .ifPresent(session -> web.sessions().change(session, data -> data.forgotten(id)));
        exchange.answerNothing();
    }

    /** A user who signs out must not be signed in by a sign-in still in progress in this browser. */
    static void giveUpAll(LatchkeyWeb web, Exchange exchange) {
        ForEachSuppressing.run(web.signIns().underWay(exchange.request()), interaction -> {
            web.claims().giveUp(interaction);
            web.signIns().remove(exchange.response(), interaction);
        });
    }

    static String idOf(JsonObject body) {
        String id = body.string("id", "");
        if (!isId(id)) {
            throw new Refusal(
                    400, "invalid_request", "id must be 22 to 64 random characters of A-Z, a-z, 0-9, - and _");
        }
        return id;
    }

    static boolean isId(String text) {
        return text.length() >= SHORTEST_ID
                && text.length() <= LONGEST_ID
                && text.chars().allMatch(c -> c == '-' || c == '_' || PageRequests.isLetterOrDigit(c));
    }

    private RedirectRequest requestOf(
            Exchange exchange, JsonObject body, Interaction.Type type, @Nullable AccountRef named) {
        // Only a hint for the sign-in page; for an account outside the session it would reveal who the user is.
        Account account = named == null
                ? null
                : web.sessionOrEmpty(exchange.request()).account(named).orElse(null);
        RedirectRequest request =
                web.requests().interactive(SilentEndpoint.requestOf(body), account, web.callback(exchange.request()));
        // An authority's page that posts the response cannot be framed by us.
        return type == Interaction.Type.FRAME
                ? request.toBuilder().prompt(Prompt.NONE).build()
                : request.toBuilder().responseMode(web.responseMode()).build();
    }

    private String returnTo(Exchange exchange, JsonObject body) {
        String address = body.string("returnTo", "");
        Origin own = web.originOf(exchange.request());
        return own.pathOf(address)
                .orElseThrow(() ->
                        new Refusal(400, "invalid_return_to", "a redirect must end at an address of " + own.value()));
    }
}
