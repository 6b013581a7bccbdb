package dev.latchkey.web;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.RedirectSignIn;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.Json;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.Interaction;
import dev.latchkey.web.session.Interaction.Outcome;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.SessionId;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /callback}: where the authority sends people. The answer counts only in the session that began the sign-in,
 * only once, and whatever it says, the person never leaves this site.
 */
final class CallbackEndpoint implements LatchkeyServlet.Endpoint {
    private final LatchkeyWeb web;

    CallbackEndpoint(LatchkeyWeb web) {
        this.web = web;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        Parameters answer = parametersOf(exchange);
        String state = answer.get("state");
        Optional<SessionId> session = SessionCookie.read(exchange.request());
        Interaction claimed =
                state == null ? null : session.map(id -> claim(id, state)).orElse(null);
        if (claimed == null || claimed.saved() == null) {
            Pages.unknownSignIn(exchange);
            return;
        }
        SessionId id = session.orElseThrow();
        Ended ended = takeIn(claimed, answer);
        finish(exchange, id, claimed, ended);
        if (claimed.type() == Interaction.Type.REDIRECT && claimed.returnTo() != null) {
            redirect(exchange, claimed.returnTo());
        } else {
            Pages.callback(exchange, claimed.id(), claimed.type() == Interaction.Type.FRAME);
        }
    }

    /** How the sign-in ended, and who signed in if somebody did. */
    private record Ended(Outcome outcome, @Nullable Account account) {}

    private static Parameters parametersOf(Exchange exchange) {
        String query = exchange.request().getQueryString();
        try {
            return query == null ? Parameters.NONE : Parameters.decode(query);
        } catch (IllegalArgumentException e) {
            return Parameters.NONE;
        }
    }

    /** The interaction as it waited; null if it does not wait, or not here. From now on no other answer counts. */
    private @Nullable Interaction claim(SessionId id, String state) {
        // A node that has not yet seen what another one wrote looks again.
        boolean known = waiting(web.sessions().read(id), state) != null
                || waiting(web.sessions().readNewest(id), state) != null;
        if (!known) {
            return null;
        }
        AtomicReference<@Nullable Interaction> claimed = new AtomicReference<>();
        web.sessions().change(id, data -> {
            Interaction waiting = waiting(data, state);
            claimed.set(waiting);
            return waiting == null ? data : data.claimed(waiting.id());
        });
        return claimed.get();
    }

    private @Nullable Interaction waiting(@Nullable SessionData data, String state) {
        return data == null
                ? null
                : data.interactionOfState(state)
                        .filter(Interaction::isWaiting)
                        .filter(it -> it.expiresOn().isAfter(web.clock().instant()))
                        .orElse(null);
    }

    private Ended takeIn(Interaction waiting, Parameters answer) {
        try {
            AuthenticationResult result = Await.result(web.application()
                    .handleRedirect(
                            new RedirectSignIn(
                                    URI.create(web.application().authority()),
                                    waiting.state(),
                                    Objects.requireNonNull(waiting.saved())),
                            answer));
            return new Ended(
                    new Outcome(200, Json.write(web.wire().result(result))),
                    result.account().orElse(null));
        } catch (AuthException e) {
            return new Ended(new Outcome(WireJson.statusOf(e), Json.write(WireJson.error(e))), null);
        }
    }

    /** Whoever knew the session's id before somebody signed in must not know it afterwards. */
    private void finish(Exchange exchange, SessionId id, Interaction waiting, Ended ended) {
        Account account = ended.account();
        boolean[] isNew = new boolean[1];
        SessionData changed = web.sessions().change(id, data -> {
            isNew[0] = account != null && !data.holds(AccountRef.of(account));
            SessionData next =
                    data.ended(waiting.id(), ended.outcome(), web.clock().instant());
            return account == null ? next : next.with(account);
        });
        if (changed != null && isNew[0]) {
            SessionCookie.write(exchange.response(), web.sessions().rotate(id, changed));
        }
    }

    private static void redirect(Exchange exchange, String returnTo) {
        exchange.response().setStatus(303);
        exchange.response().setHeader("Cache-Control", "no-store");
        exchange.response().setHeader("Referrer-Policy", "no-referrer");
        exchange.response().setHeader("Location", returnTo);
    }
}
