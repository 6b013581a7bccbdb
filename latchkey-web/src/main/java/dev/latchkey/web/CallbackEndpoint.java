package dev.latchkey.web;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.Json;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.Interaction;
import dev.latchkey.web.session.Interaction.Outcome;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.SessionId;
import dev.latchkey.web.session.StepUp;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
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
        Parameters answer = exchange.query();
        String state = answer.get("state");
        Optional<SessionId> session = web.cookie().read(exchange.request());
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

    /** How the sign-in ended, and who came back if somebody did. */
    private record Ended(Outcome outcome, @Nullable Account account) {}

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
            AuthenticationResult result =
                    Await.result(web.application().handleRedirect(Objects.requireNonNull(waiting.saved()), answer));
            Account account = result.account().orElseThrow();
            AccountRef signedIn = AccountRef.of(account);
            if (waiting.expected() != null && !waiting.expected().isSameAccountAs(signedIn)) {
                return new Ended(failed(somebodyElse()), account);
            }
            return new Ended(new Outcome(200, Json.write(web.wire().result(result)), signedIn), account);
        } catch (AuthException e) {
            return new Ended(failed(e), null);
        }
    }

    private static Outcome failed(AuthException error) {
        return new Outcome(WireJson.statusOf(error), Json.write(WireJson.error(error)), null);
    }

    private static InteractionRequiredAuthException somebodyElse() {
        return new InteractionRequiredAuthException(
                ErrorCodes.LOGIN_REQUIRED, "somebody else is signed in at the authority than the account asked for");
    }

    /** Whoever knew the session's id before somebody signed in must not know it afterwards. */
    private void finish(Exchange exchange, SessionId id, Interaction waiting, Ended ended) {
        AccountRef joining = ended.outcome().account();
        SessionData before = web.sessions().read(id);
        UnaryOperator<SessionData> change = data -> {
            // Given up or signed out meanwhile: then nobody joins.
            boolean isWanted = data.interaction(waiting.id()).isPresent();
            SessionData next =
                    data.ended(waiting.id(), ended.outcome(), web.clock().instant());
            if (joining == null || !isWanted) {
                return next;
            }
            StepUp done = waiting.stepUp();
            return done == null ? next.with(joining) : next.with(joining).steppedUp(done);
        };
        if (joining != null && before != null && !before.holds(joining)) {
            SessionId fresh = web.sessions().rotate(id, change);
            if (fresh != null) {
                web.cookie().write(exchange.response(), fresh);
            }
        } else {
            web.sessions().change(id, change);
        }
        forgetIfNobodyJoined(ended.account());
    }

    /** Tokens that no session may use are not kept. */
    private void forgetIfNobodyJoined(@Nullable Account account) {
        if (account != null && !web.sessions().isInUse(AccountRef.of(account))) {
            web.application().clearCache(account);
        }
    }

    private static void redirect(Exchange exchange, String returnTo) {
        exchange.response().setStatus(303);
        exchange.response().setHeader("Cache-Control", "no-store");
        exchange.response().setHeader("Referrer-Policy", "no-referrer");
        exchange.response().setHeader("Location", returnTo);
    }
}
