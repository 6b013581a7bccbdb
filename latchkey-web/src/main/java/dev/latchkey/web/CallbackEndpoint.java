package dev.latchkey.web;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.Futures;
import dev.latchkey.core.PrintableFailure;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.authorize.EncodedResponse;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.Json;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.Interaction;
import dev.latchkey.web.session.Outcome;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.SessionId;
import dev.latchkey.web.session.StepUp;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /callback} and {@code POST /callback}: where the authority redirects users, or has their browser post its
 * response. A response counts only once, and only in the browser that started the sign-in; whatever it contains, the
 * user stays on this site.
 */
final class CallbackEndpoint implements LatchkeyServlet.Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackEndpoint.class);

    private final LatchkeyWeb web;

    CallbackEndpoint(LatchkeyWeb web) {
        this.web = web;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        boolean isPosted = exchange.request().getMethod().equals("POST");
        String encoded = isPosted ? form(exchange) : exchange.query();
        EncodedResponse answer = EncodedResponse.of(encoded);
        String state = answer.state();
        Interaction interaction = state == null
                ? null
                : web.signIns().ofState(exchange.request(), state).orElse(null);
        if (interaction == null && state != null && isPosted && !Pages.isPostedAgain(encoded)) {
            // A post from another site carries none of our cookies; one from our page does.
            Pages.postAgain(exchange, encoded);
            return;
        }
        if (interaction == null || !takeIn(exchange, interaction, answer)) {
            Pages.unknownSignIn(exchange);
            return;
        }
        if (interaction.type() == Interaction.Type.REDIRECT && interaction.returnTo() != null) {
            redirect(exchange, interaction.returnTo());
        } else {
            Pages.callback(exchange, interaction.id(), interaction.type() == Interaction.Type.FRAME);
        }
    }

    /** The form; empty if it cannot be read, because the user sees a page whatever is sent. */
    private static String form(Exchange exchange) throws IOException {
        try {
            return exchange.form();
        } catch (Refusal e) {
            return "";
        }
    }

    /**
     * False if another response was processed before, or the sign-in was cancelled. In every case the page can fetch
     * the outcome.
     */
    private boolean takeIn(Exchange exchange, Interaction interaction, EncodedResponse answer) {
        try {
            if (!web.claims().claim(interaction)) {
                return false;
            }
            signIn(exchange, interaction, answer.parameters());
            web.signIns().remove(exchange.response(), interaction);
        } catch (RuntimeException e) {
            web.signIns().fail(exchange.response(), interaction, failure(interaction, e));
        }
        return true;
    }

    private Outcome failure(Interaction interaction, RuntimeException cause) {
        boolean isTold = cause instanceof AuthException;
        if (!isTold || cause instanceof CacheException) {
            LOG.error("A sign-in failed", PrintableFailure.of(cause));
        }
        return Outcome.failure(
                interaction.id(),
                isTold ? WireJson.statusOf((AuthException) cause) : 500,
                isTold ? WireJson.shortError((AuthException) cause) : Json.write(WireJson.unexpected()),
                web.clock().instant());
    }

    private void signIn(Exchange exchange, Interaction interaction, Parameters answer) {
        SessionId before = web.aliveSession(exchange.request()).orElse(null);
        AuthenticationResult result = Futures.await(web.application().handleRedirect(interaction.saved(), answer));
        Account account = result.account().orElseThrow();
        try {
            AccountRef joining = AccountRef.of(account);
            if (interaction.expected() != null && !interaction.expected().isSameAccountAs(joining)) {
                throw somebodyElse();
            }
            if (web.claims().isGivenUp(interaction)) {
                throw notWanted();
            }
            Outcome outcome = Outcome.success(
                    interaction.id(),
                    Json.write(web.wire().result(result)),
                    joining,
                    web.clock().instant());
            join(exchange, before, joining, data -> joined(data, joining, outcome, interaction.stepUp()));
        } finally {
            forgetIfNobodyJoined(account);
        }
    }

    private static SessionData joined(SessionData data, AccountRef joining, Outcome outcome, @Nullable StepUp done) {
        SessionData with = data.with(joining).ended(outcome);
        return done == null ? with : with.steppedUp(done);
    }

    /** A session id that was known before the sign-in must not be valid after it (session fixation). */
    private void join(
            Exchange exchange, @Nullable SessionId before, AccountRef joining, UnaryOperator<SessionData> change) {
        if (before == null) {
            web.cookie().write(exchange.response(), web.sessions().create(change.apply(SessionData.EMPTY)));
            return;
        }
        SessionData present = web.sessions().read(before);
        if (present != null && present.holds(joining)) {
            if (web.sessions().change(before, change) == null) {
                throw notWanted();
            }
            return;
        }
        SessionId fresh = web.sessions().rotate(before, change);
        if (fresh == null) {
            throw notWanted();
        }
        web.cookie().write(exchange.response(), fresh);
    }

    /** The sign-in was cancelled, or the user signed out in the meantime: the account does not join the session. */
    private static BrowserAuthException notWanted() {
        return new BrowserAuthException(
                ErrorCodes.USER_CANCELLED, "the sign-in was cancelled, or the user signed out, before it was complete");
    }

    private static InteractionRequiredAuthException somebodyElse() {
        return new InteractionRequiredAuthException(
                ErrorCodes.LOGIN_REQUIRED, "the user who is signed in at the authority is not the requested account");
    }

    /** Tokens that no session can use are not kept. */
    private void forgetIfNobodyJoined(Account account) {
        if (!web.sessions().isInUse(AccountRef.of(account))) {
            Futures.await(web.application().clearCache(account));
        }
    }

    private static void redirect(Exchange exchange, String returnTo) {
        exchange.response().setStatus(303);
        exchange.response().setHeader("Cache-Control", "no-store");
        exchange.response().setHeader("Referrer-Policy", "no-referrer");
        exchange.response().setHeader("Location", returnTo);
    }
}
