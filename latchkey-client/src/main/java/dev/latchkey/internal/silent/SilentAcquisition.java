package dev.latchkey.internal.silent;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.CacheLookupPolicy;
import dev.latchkey.InteractionType;
import dev.latchkey.Scheduler;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.renewal.Freshness;
import dev.latchkey.internal.calls.BackgroundRenewals;
import dev.latchkey.internal.calls.CallEvents;
import dev.latchkey.internal.calls.Calls;
import dev.latchkey.internal.calls.EventBus;
import dev.latchkey.internal.calls.Failures;
import dev.latchkey.internal.calls.RequestRules;
import dev.latchkey.internal.calls.SingleFlight;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.internal.tokens.AccountDirectory;
import dev.latchkey.internal.tokens.Acquired;
import dev.latchkey.internal.tokens.Parts;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The silent way to a token, top to bottom: the cached access token if it is good, else one renewal for all who wait.
 *
 * <p>A hit that memory knows runs on the calling thread and takes no lock; what only the store knows is read on the
 * executor. A request that names its account remembers its answer from the second on: while the store keeps what that
 * was made from and the token is fresh, a call looks nothing up and allocates nothing. A token that is good but getting old is returned at once and renewed in the background.
 */
public final class SilentAcquisition {
    private static final RequestMemory<SilentRequest> MEMORY = RequestMemory.of(SilentRequest.class);

    private final Settings settings;
    private final TokenStore store;
    private final AccountDirectory accounts;
    private final Realms realms;
    private final RequestRules rules;
    private final Renewal renewal;
    private final BackgroundRenewals<SilentCall> background;
    private final CallEvents events;
    private final SingleFlight<SilentCall, Acquired> flights = new SingleFlight<>();
    private final InstantSource clock;
    private CachedOrigin cached;

    public SilentAcquisition(Settings settings, Parts parts, Realms realms, Renewal renewal, EventBus events) {
        this.settings = settings;
        this.clock = settings.environment().clock();
        this.store = settings.environment().store();
        this.accounts = parts.accounts();
        this.realms = realms;
        this.rules = new RequestRules(settings.identity());
        this.renewal = renewal;
        this.background = new BackgroundRenewals<>(settings.environment(), this::renewEarly);
        this.events = new CallEvents(events, InteractionType.SILENT);
        this.cached = new CachedOrigin(
                "",
                new AuthenticationResult.Origin(settings.identity().authority().toString(), true));
    }

    /** Gets a token without asking anybody. The future completes on this thread for a hit, else on the executor. */
    public CompletableFuture<AuthenticationResult> acquire(SilentRequest request) {
        try {
            CachedAnswer last = MEMORY.answer(request);
            if (last != null && last.isGood(this, clock)) {
                CompletableFuture<AuthenticationResult> again = last.future();
                if (events.areWanted()) {
                    tell(request, request.account().orElse(null), again.join());
                }
                return again;
            }
            Account account = request.account().orElseGet(accounts::peekActive);
            StoredPartition known = account == null ? null : store.peek(account.partitionKey());
            return account == null || known == null ? fromStore(request) : from(request, account, known);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(
                    Failures.of(e, request.correlationId().orElse("")));
        }
    }

    /** Memory does not know: the store is read on the executor. */
    private CompletableFuture<AuthenticationResult> fromStore(SilentRequest request) {
        // None is made up for a token that the store holds, as for one that memory holds.
        String correlationId = request.correlationId().orElse("");
        CompletableFuture<AuthenticationResult> read =
                Calls.compose(settings.environment().executor(), correlationId, () -> {
                    Account account = accountOf(request);
                    return from(request, account, store.recent(account.partitionKey()));
                });
        return withDeadline(read, request, correlationId);
    }

    private CompletableFuture<AuthenticationResult> from(
            SilentRequest request, Account account, StoredPartition stored) {
        AuthenticationResult hit = lookedUp(request, account, stored);
        if (hit != null) {
            return CompletableFuture.completedFuture(hit);
        }
        SilentCall call = new SilentCall(request, account, realms.of(request, account));
        rules.check(request.scopes(), request.resource().orElse(null), request.authority());
        rules.checkExtras(request.extraParameters());
        return fromNetwork(call);
    }

    /** The cached result, or null where the network has to be asked. Reads the store on this thread. */
    public @Nullable AuthenticationResult fromCache(SilentRequest request) {
        try {
            CachedAnswer last = MEMORY.answer(request);
            if (last == null || !last.isGood(this, clock)) {
                Account account = accountOf(request);
                return lookedUp(request, account, store.recent(account.partitionKey()));
            }
            AuthenticationResult again = last.result();
            if (events.areWanted()) {
                tell(request, request.account().orElse(null), again);
            }
            return again;
        } catch (RuntimeException e) {
            throw Failures.of(e, request.correlationId().orElse(""));
        }
    }

    private @Nullable AuthenticationResult lookedUp(SilentRequest request, Account account, StoredPartition stored) {
        if (!Realms.mayTakeCachedToken(request)) {
            return null;
        }
        if (!realms.mayServeFromCache(request, account.partitionKey(), stored.partition())) {
            return null;
        }
        String realm = realms.of(request, account);
        AccessTokenEntry token = stored.partition().accessToken(realms.query(request, realm));
        if (token == null) {
            return null;
        }
        Freshness freshness = settings.expiryRule().of(token, clock.millis());
        if (freshness == Freshness.STALE) {
            return null;
        }
        AuthenticationResult hit = AuthenticationResult.of(
                token,
                stored.partition(),
                originOf(request, realm),
                request.correlationId().orElse(null),
                request.state().orElse(null));
        if (freshness == Freshness.FRESH) {
            remember(request, hit, stored, token);
        } else if (request.cacheLookupPolicy().usesRefreshToken()) {
            background.start(new SilentCall(request, account, realm));
        }
        if (events.areWanted()) {
            tell(request, account, hit);
        }
        return hit;
    }

    /** Only where nothing but the store and the time could make the next answer another one. */
    private void remember(
            SilentRequest request, AuthenticationResult hit, StoredPartition stored, AccessTokenEntry token) {
        boolean namesAll = request.account().isPresent()
                && request.authority().isEmpty()
                && request.tenantId().isEmpty();
        if (namesAll && stored.isCurrent() && MEMORY.markAnswered(request)) {
            MEMORY.remember(
                    request,
                    new CachedAnswer(this, hit, stored, settings.expiryRule().freshSpan(token)));
        }
    }

    private void tell(SilentRequest request, @Nullable Account account, AuthenticationResult hit) {
        String correlationId = request.correlationId().orElse("");
        events.started(request.scopes(), account, correlationId);
        events.succeeded(hit, correlationId);
    }

    private CompletableFuture<AuthenticationResult> fromNetwork(SilentCall call) {
        SilentRequest request = call.request();
        String correlationId =
                request.correlationId().orElseGet(settings.environment().entropy()::correlationId);
        events.started(request.scopes(), call.account(), correlationId);
        if (!request.cacheLookupPolicy().usesRefreshToken()) {
            return told(CompletableFuture.failedFuture(nothingLeftToTry(request, correlationId)), correlationId);
        }
        events.goesToNetwork(request.scopes(), call.account(), correlationId);
        CompletableFuture<AuthenticationResult> mine = flights.join(
                        call, settings.environment().executor(), () -> renewal.renew(call, correlationId))
                .handle((acquired, error) -> {
                    if (error != null) {
                        throw Failures.of(error, correlationId);
                    }
                    return acquired.toResult(request.state().orElse(null));
                });
        return told(withDeadline(mine, request, correlationId), correlationId);
    }

    /** The flight that a caller would start who finds the token stale; so there is never a second one beside it. */
    private CompletableFuture<Acquired> renewEarly(SilentCall call) {
        String correlationId = settings.environment().entropy().correlationId();
        return flights.join(call, settings.environment().executor(), () -> renewal.renewEarly(call, correlationId));
    }

    private CompletableFuture<AuthenticationResult> withDeadline(
            CompletableFuture<AuthenticationResult> future, SilentRequest request, String correlationId) {
        if (future.isDone()) {
            return future;
        }
        Duration timeout = request.timeout().orElse(settings.limits().silent());
        try {
            Scheduler.Cancellable alarm = settings.environment()
                    .scheduler()
                    .schedule(() -> future.completeExceptionally(late(timeout, correlationId)), timeout);
            var unused = future.whenComplete((result, error) -> alarm.cancel());
        } catch (RuntimeException e) {
            future.completeExceptionally(Failures.of(e, correlationId));
        }
        return future;
    }

    private CompletableFuture<AuthenticationResult> told(
            CompletableFuture<AuthenticationResult> future, String correlationId) {
        return events.areWanted() ? events.toldBy(future, correlationId) : future;
    }

    private Account accountOf(SilentRequest request) {
        Account account = request.account().orElse(null);
        if (account == null) {
            account = accounts.active();
        }
        if (account == null) {
            throw new BrowserAuthException(
                    ErrorCodes.NO_ACCOUNT_ERROR,
                    "the request names no account and none is active; sign in, or pass an account of accounts()");
        }
        return account;
    }

    /** The authority as it was named; of another tenant or policy of its, that one. */
    private AuthenticationResult.Origin originOf(SilentRequest request, String realm) {
        String named = request.authority().orElse(null);
        if (named != null) {
            return new AuthenticationResult.Origin(
                    settings.identity().named(named).inRealm(realm).toString(), true);
        }
        CachedOrigin last = cached;
        if (!last.realm.equals(realm)) {
            Authority own = settings.identity().authority();
            last = new CachedOrigin(
                    realm, new AuthenticationResult.Origin(own.inRealm(realm).toString(), true));
            cached = last;
        }
        return last.origin;
    }

    /** Of hits one after another most are of one tenant. */
    private record CachedOrigin(String realm, AuthenticationResult.Origin origin) {}

    /** Who looks into the cache only may yet find a way without the person; who skips it has none left here. */
    private static AuthException nothingLeftToTry(SilentRequest request, String correlationId) {
        if (request.cacheLookupPolicy() == CacheLookupPolicy.SKIP) {
            return new InteractionRequiredAuthException(ErrorDetails.of(
                            ErrorCodes.SILENT_SSO_UNAVAILABLE,
                            "the policy SKIP leaves only the hidden frame, which needs a page; ask the person")
                    .correlationId(correlationId));
        }
        return new ClientAuthException(ErrorDetails.of(
                        ErrorCodes.TOKEN_REFRESH_REQUIRED,
                        "the cache holds no usable token and the policy " + request.cacheLookupPolicy()
                                + " forbids to renew; call again with another policy")
                .correlationId(correlationId));
    }

    private static AuthException late(Duration timeout, String correlationId) {
        return new NetworkException(ErrorDetails.of(
                        ErrorCodes.TIMED_OUT,
                        "no token within " + timeout.toMillis() + " ms; the renewal goes on for others, call again")
                .correlationId(correlationId));
    }
}
