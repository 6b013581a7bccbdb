package dev.latchkey.web;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.CacheLookupPolicy;
import dev.latchkey.ClientApplication;
import dev.latchkey.Futures;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.StepUp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The accounts that signed in through one browser's session, and access to their tokens. A view for the duration of a
 * request; thread-safe, and no method blocks.
 */
public final class WebSession {
    private final ClientApplication app;
    private final SessionData data;
    private final Map<PartitionKey, List<Account>> known;

    private WebSession(ClientApplication app, SessionData data, Map<PartitionKey, List<Account>> known) {
        this.app = app;
        this.data = data;
        this.known = known;
    }

    /** Reads the accounts of a session, on the calling thread. */
    static WebSession of(ClientApplication app, SessionData data) {
        Map<PartitionKey, List<Account>> known = new HashMap<>();
        data.accounts().forEach(ref -> known.put(ref.key(), Futures.await(app.accounts(ref.key()))));
        return new WebSession(app, data, known);
    }

    /** The same accounts for a session that some of them have left. */
    WebSession with(SessionData changed) {
        return new WebSession(app, changed, known);
    }

    /** Whether the account is in the session and has not signed out elsewhere. */
    boolean knows(AccountRef ref) {
        return !tenants(ref).isEmpty();
    }

    /** The accounts that signed in through this session, once per tenant. */
    public List<Account> accounts() {
        return data.accounts().stream().flatMap(ref -> tenants(ref).stream()).toList();
    }

    /** The account used by requests that name none: the active account, otherwise the only one. */
    public Optional<Account> account() {
        return data.whoIsMeant().flatMap(this::account);
    }

    /**
     * Acquires a token for an account of this session without user interaction; see {@link
     * ClientApplication#acquireTokenSilent}. A request without an account uses {@link #account()}. A token acquired by
     * a step-up in this session is served here, and in no other session, while it is valid.
     *
     * <p>Fails with {@code no_account_error} if the request names no account and {@link #account()} is empty, and with
     * {@code no_account_found} if it names an account that did not sign in through this session.
     */
    public CompletableFuture<AuthenticationResult> acquireTokenSilent(SilentRequest request) {
        if (request.account().isPresent()) {
            boolean ours = data.holds(AccountRef.of(request.account().get()));
            return ours ? acquire(request) : CompletableFuture.failedFuture(notOurs());
        }
        return account()
                .map(account -> acquire(request.toBuilder().account(account).build()))
                .orElseGet(() -> CompletableFuture.failedFuture(nobody()));
    }

    private CompletableFuture<AuthenticationResult> acquire(SilentRequest request) {
        List<StepUp> done = request.cacheLookupPolicy().usesAccessToken()
                ? data.stepUps().stream()
                        .filter(stepUp -> serves(stepUp, request))
                        .toList()
                : List.of();
        return acquire(request, done, done.size() - 1);
    }

    /** Serves requests that repeat the step-up, and those without special requirements. */
    private static boolean serves(StepUp stepUp, SilentRequest request) {
        boolean isPlain =
                request.claims().isEmpty() && request.extraParameters().isEmpty();
        return request.cacheKeyComponent().isEmpty()
                && (isPlain
                        ? stepUp.servesPlain()
                        : stepUp.isFor(request.claims().orElse(null), request.extraParameters()));
    }

    /** Tries the newest first, and skips those that are no longer cached or do not match. */
    private CompletableFuture<AuthenticationResult> acquire(SilentRequest request, List<StepUp> done, int which) {
        if (which < 0) {
            return app.acquireTokenSilent(request);
        }
        StepUp stepUp = done.get(which);
        SilentRequest stronger = request.toBuilder()
                .claims(stepUp.claims())
                .extraParameters(stepUp.extraParameters())
                .cacheKeyComponent(stepUp.component())
                .cacheLookupPolicy(CacheLookupPolicy.ACCESS_TOKEN)
                .build();
        return app.acquireTokenSilent(stronger).exceptionallyCompose(notCached -> acquire(request, done, which - 1));
    }

    SessionData data() {
        return data;
    }

    /** The account, if it signed in through this session. */
    Optional<Account> account(AccountRef ref) {
        if (!data.holds(ref)) {
            return Optional.empty();
        }
        return tenants(ref).stream()
                .filter(account ->
                        ref.tenantId().isEmpty() || account.tenantId().equalsIgnoreCase(ref.tenantId()))
                .findFirst();
    }

    private List<Account> tenants(AccountRef ref) {
        return known.getOrDefault(ref.key(), List.of());
    }

    static BrowserAuthException nobody() {
        return new BrowserAuthException(
                ErrorCodes.NO_ACCOUNT_ERROR,
                "nobody signed in through this session, or several did and none is active; sign in, or name an account");
    }

    static BrowserAuthException notOurs() {
        return new BrowserAuthException(
                ErrorCodes.NO_ACCOUNT_FOUND, "that account did not sign in through this session");
    }
}
