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
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the page does about a sign-in: begin it, fetch how it ended, give it up. */
final class InteractionEndpoints {
    private static final int SHORTEST_ID = 22;
    private static final int LONGEST_ID = 64;

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
        RedirectSignIn signIn = Await.result(web.application()
                .acquireTokenRedirect(
                        new RedirectRequest(requestOf(exchange, body, type), web.callback(exchange.request()))));
        Instant now = web.clock().instant();
        remember(
                exchange,
                new Interaction(
                        id, type, signIn.state(), signIn.saved(), returnTo, null, now.plus(web.interactionTimeout())),
                now);
        exchange.answer(200, Map.of("url", signIn.authorizationUri().toString()));
    }

    /** {@code POST /result}: once. */
    void result(Exchange exchange) throws IOException {
        String id = idOf(exchange.body());
        Optional<SessionId> session = web.aliveSession(exchange.request());
        Interaction interaction = session.map(web.sessions()::readNewest)
                .flatMap(data -> data.interaction(id))
                .filter(it -> it.expiresOn().isAfter(web.clock().instant()))
                .orElseThrow(() -> new Refusal(
                        404,
                        "no_interaction",
                        "this session has no such interaction, or it was fetched, or took too long"));
        Interaction.Outcome outcome = interaction.outcome();
        if (outcome == null) {
            exchange.answer(202, "{}");
            return;
        }
        web.sessions().change(session.orElseThrow(), data -> data.forgotten(id));
        exchange.answer(outcome.status(), outcome.json());
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
        boolean wellFormed = id.length() >= SHORTEST_ID
                && id.length() <= LONGEST_ID
                && id.chars().allMatch(c -> c == '-' || c == '_' || PageRequests.isLetterOrDigit(c));
        if (!wellFormed) {
            throw new Refusal(400, "invalid_request", "id is 22 to 64 random characters of A-Z, a-z, 0-9, - and _");
        }
        return id;
    }

    private PopupRequest requestOf(Exchange exchange, JsonObject body, Interaction.Type type) {
        JsonObject asked = TokenEndpoint.requestOf(body);
        AccountRef named = AccountRef.read(asked.object("account"));
        // Only a hint for the sign-in page; of an account of others it would tell who they are.
        Account account = named == null
                ? null
                : web.sessionOrEmpty(exchange.request()).account(named).orElse(null);
        PopupRequest request = web.requests().interactive(asked, account);
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

    private void remember(Exchange exchange, Interaction interaction, Instant now) {
        @Nullable SessionId known = web.aliveSession(exchange.request()).orElse(null);
        SessionData begun = known == null ? null : web.sessions().change(known, data -> data.begun(interaction, now));
        if (begun == null) {
            SessionId fresh = web.sessions().create(SessionData.EMPTY.begun(interaction, now));
            SessionCookie.write(exchange.response(), fresh);
        }
    }
}
