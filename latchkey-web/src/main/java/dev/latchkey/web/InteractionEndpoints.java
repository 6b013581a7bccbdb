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

/** What the page does about a sign-in: begin it, fetch how it ended, give it up. */
final class InteractionEndpoints {
    private static final int SHORTEST_ID = 22;
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_SAVED = 8 * 1024;

    private final LatchkeyWeb web;

    InteractionEndpoints(LatchkeyWeb web) {
        this.web = web;
    }

    /** {@code POST /start}: where to send the person. */
    void start(Exchange exchange) throws IOException {
        JsonObject body = exchange.body();
        String id = idOf(body);
        Interaction.Type type = Interaction.Type.named(body.string("type", ""))
                .orElseThrow(() -> new Refusal(400, "invalid_request", "type is popup, redirect or frame"));
        String returnTo = type == Interaction.Type.REDIRECT ? returnTo(exchange, body) : null;
        AccountRef named = SilentEndpoint.named(SilentEndpoint.requestOf(body));
        RedirectRequest asked = requestOf(exchange, body, type, named);
        StepUp stepUp = stepUp(exchange, asked);
        RedirectRequest request = stepUp == null
                ? asked
                : asked.toBuilder().cacheKeyComponent(stepUp.component()).build();
        RedirectSignIn signIn = Futures.await(web.application().acquireTokenRedirect(request));
        if (signIn.saved().reveal().length() > LONGEST_SAVED) {
            throw new Refusal(413, "request_too_large", "the request holds more than can be remembered");
        }
        Interaction begun = new Interaction(
                id,
                type,
                signIn.state(),
                signIn.saved(),
                returnTo,
                type == Interaction.Type.FRAME ? named : null,
                stepUp,
                web.readSession(exchange.request()).isPresent(),
                web.clock().instant().plus(web.interactionTimeout()));
        // Nobody fetched what an earlier sign-in of this name brought; it is not what this one is going to bring.
        taken(exchange, id);
        web.signIns().add(exchange, begun);
        exchange.answer(200, Map.of("url", signIn.authorizationUri().toString()));
    }

    /** {@code POST /result}: once. */
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

    /** The success that waits in the session; from now on it does not. */
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

    /** The node that took the answer in was stopped, or what it answered never came to the browser. */
    private static NetworkException interrupted() {
        return new NetworkException(
                ErrorCodes.INTERRUPTED, "the server was interrupted while it finished the sign-in; sign in again");
    }

    /** Claims and a class of authentication are what people are asked for who have signed in already. */
    private @Nullable StepUp stepUp(Exchange exchange, RedirectRequest asked) {
        Map<String, String> extras = asked.allExtraParameters();
        String claims = asked.claims().orElse(null);
        if (claims == null && !extras.containsKey(StepUp.ACR_VALUES)) {
            return null;
        }
        // Done again, the new token takes the old one's place.
        return web.aliveSession(exchange.request())
                .map(web.sessions()::read)
                .flatMap(data -> data.stepUps().stream()
                        .filter(done -> done.isFor(claims, extras))
                        .findFirst())
                .orElseGet(() -> StepUp.of(claims, extras));
    }

    private static Refusal noInteraction() {
        return new Refusal(
                404, "no_interaction", "this browser has no such interaction, or it was fetched, or took too long");
    }

    /** {@code POST /cancel}: a later answer is refused. */
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

    /** Whoever signs out does not mean to be signed in by what is still under way in this browser. */
    static void giveUpAll(LatchkeyWeb web, Exchange exchange) {
        ForEachSuppressing.run(web.signIns().underWay(exchange.request()), interaction -> {
            web.claims().giveUp(interaction);
            web.signIns().remove(exchange.response(), interaction);
        });
    }

    static String idOf(JsonObject body) {
        String id = body.string("id", "");
        if (!isId(id)) {
            throw new Refusal(400, "invalid_request", "id is 22 to 64 random characters of A-Z, a-z, 0-9, - and _");
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
        // Only a hint for the sign-in page; of an account of others it would tell who they are.
        Account account = named == null
                ? null
                : web.sessionOrEmpty(exchange.request()).account(named).orElse(null);
        RedirectRequest request =
                web.requests().interactive(SilentEndpoint.requestOf(body), account, web.callback(exchange.request()));
        return type == Interaction.Type.FRAME
                ? request.toBuilder().prompt(Prompt.NONE).build()
                : request;
    }

    private String returnTo(Exchange exchange, JsonObject body) {
        String address = body.string("returnTo", "");
        Origin own = web.originOf(exchange.request());
        return own.pathOf(address)
                .orElseThrow(() -> new Refusal(
                        400, "invalid_return_to", "a redirect ends at an address of " + own.value() + " only"));
    }
}
