package dev.latchkey.web;

import dev.latchkey.PopupRequest;
import dev.latchkey.Prompt;
import dev.latchkey.RedirectRequest;
import dev.latchkey.RedirectSignIn;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.Interaction;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.SessionId;
import dev.latchkey.web.session.StepUp;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
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
        PopupRequest asked = requestOf(exchange, body, type, named);
        StepUp stepUp = stepUp(exchange, asked);
        PopupRequest request = stepUp == null
                ? asked
                : asked.toBuilder().cacheKeyComponent(stepUp.component()).build();
        RedirectSignIn signIn = Await.result(
                web.application().acquireTokenRedirect(new RedirectRequest(request, web.callback(exchange.request()))));
        if (signIn.saved().reveal().length() > LONGEST_SAVED) {
            throw new Refusal(413, "request_too_large", "the request holds more than can be remembered");
        }
        remember(
                exchange,
                new Interaction(
                        id,
                        type,
                        signIn.state(),
                        signIn.saved(),
                        returnTo,
                        type == Interaction.Type.FRAME ? named : null,
                        stepUp,
                        null,
                        web.clock().instant().plus(web.interactionTimeout())));
        exchange.answer(200, Map.of("url", signIn.authorizationUri().toString()));
    }

    /** {@code POST /result}: once. */
    void result(Exchange exchange) throws IOException {
        String id = idOf(exchange.body());
        Optional<SessionId> session = web.aliveSession(exchange.request());
        Interaction interaction = session.map(web.sessions()::readNewest)
                .flatMap(data -> data.interaction(id))
                .orElseThrow(InteractionEndpoints::noInteraction);
        if (interaction.outcome() == null) {
            exchange.answer(202, "{}");
            return;
        }
        AtomicReference<Interaction.@Nullable Outcome> taken = new AtomicReference<>();
        web.sessions().change(session.orElseThrow(), data -> {
            taken.set(data.interaction(id).map(Interaction::outcome).orElse(null));
            return data.forgotten(id);
        });
        Interaction.Outcome outcome = taken.get();
        if (outcome == null) {
            throw noInteraction();
        }
        exchange.answer(outcome.status(), outcome.json());
    }

    /** Claims and a class of authentication are what people are asked for who have signed in already. */
    private @Nullable StepUp stepUp(Exchange exchange, PopupRequest asked) {
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
                404, "no_interaction", "this session has no such interaction, or it was fetched, or took too long");
    }

    /** {@code POST /cancel}: a later answer is refused. */
    void cancel(Exchange exchange) throws IOException {
        String id = idOf(exchange.body());
        web.aliveSession(exchange.request())
                .ifPresent(session -> web.sessions().change(session, data -> data.forgotten(id)));
        exchange.answerNothing();
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

    private PopupRequest requestOf(
            Exchange exchange, JsonObject body, Interaction.Type type, @Nullable AccountRef named) {
        // Only a hint for the sign-in page; of an account of others it would tell who they are.
        Account account = named == null
                ? null
                : web.sessionOrEmpty(exchange.request()).account(named).orElse(null);
        PopupRequest request = web.requests().interactive(SilentEndpoint.requestOf(body), account);
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

    private void remember(Exchange exchange, Interaction interaction) {
        SessionId known = web.aliveSession(exchange.request()).orElse(null);
        SessionData begun = known == null ? null : web.sessions().change(known, data -> data.begun(interaction));
        if (begun == null) {
            SessionId fresh = web.sessions().create(SessionData.EMPTY.begun(interaction));
            web.cookie().write(exchange.response(), fresh);
        }
    }
}
