package dev.latchkey.internal;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionType;
import dev.latchkey.Scheduler;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.renewal.Freshness;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The silent way to a token, top to bottom: the cached access token if it is good, else one renewal for all who wait.
 *
 * <p>A hit runs on the calling thread, takes no lock and allocates nothing but the result. A token that is good but
 * getting old is returned at once and renewed behind the caller's back.
 */
public final class SilentAcquisition {
    private final Settings settings;
    private final AccountDirectory accounts;
    private final Authorities authorities;
    private final Renewal renewal;
    private final BackgroundRenewals background;
    private final EventBus events;
    private final SingleFlight<SilentCall, Acquired> flights = new SingleFlight<>();
    private final AuthenticationResult.Origin cached;

    SilentAcquisition(Settings settings, Engine.Parts parts, Renewal renewal, EventBus events) {
        this.settings = settings;
        this.accounts = parts.accounts();
        this.authorities = parts.authorities();
        this.renewal = renewal;
        this.events = events;
        this.background = new BackgroundRenewals(settings.environment(), this::renewQuietly);
        this.cached =
                new AuthenticationResult.Origin(settings.identity().authority().toString(), true);
    }

    /** Gets a token without asking anybody. The future completes on this thread for a hit, else on the executor. */
    public CompletableFuture<AuthenticationResult> acquire(SilentRequest request) {
        AuthenticationResult hit;
        SilentCall call;
        try {
            Account account = accountOf(request);
            hit = fromCache(request, account);
            if (hit != null) {
                return CompletableFuture.completedFuture(hit);
            }
            call = new SilentCall(request, account, realmOf(request, account));
        } catch (AuthException e) {
            return CompletableFuture.failedFuture(e);
        }
        return fromNetwork(call);
    }

    /** The cached result, or null where the network has to be asked. */
    public @Nullable AuthenticationResult fromCache(SilentRequest request) {
        return fromCache(request, accountOf(request));
    }

    private @Nullable AuthenticationResult fromCache(SilentRequest request, Account account) {
        if (!request.cacheLookupPolicy().usesAccessToken() || request.hasClaims()) {
            return null;
        }
        String realm = realmOf(request, account);
        Partition partition =
                settings.environment().store().read(account.partitionKey()).partition();
        AccessTokenEntry token =
                partition.accessToken(request.query(settings.identity().clientId(), realm));
        if (token == null) {
            return null;
        }
        Freshness freshness =
                settings.expiryRule().of(token, settings.environment().clock().millis());
        if (freshness == Freshness.STALE) {
            return null;
        }
        if (freshness == Freshness.PREFETCH && request.cacheLookupPolicy().usesRefreshToken()) {
            background.start(new SilentCall(request, account, realm));
        }
        return delivered(
                request,
                account,
                AuthenticationResult.of(
                        token, partition, originOf(request), request.correlationIdOrNull(), request.stateOrNull()));
    }

    private AuthenticationResult delivered(SilentRequest request, Account account, AuthenticationResult hit) {
        if (events.hasListeners()) {
            String correlationId = request.correlationId().orElse("");
            started(request, account, correlationId);
            events.publish(
                    EventType.ACQUIRE_TOKEN_SUCCESS,
                    InteractionType.SILENT,
                    new EventPayload.Acquired(hit),
                    correlationId);
        }
        return hit;
    }

    private CompletableFuture<AuthenticationResult> fromNetwork(SilentCall call) {
        SilentRequest request = call.request();
        String correlationId =
                request.correlationId().orElseGet(settings.environment().entropy()::correlationId);
        started(request, call.account(), correlationId);
        if (!request.cacheLookupPolicy().usesRefreshToken()) {
            return ended(CompletableFuture.failedFuture(nothingLeftToTry(request, correlationId)), correlationId);
        }
        events.publish(
                EventType.ACQUIRE_TOKEN_NETWORK_START,
                InteractionType.SILENT,
                new EventPayload.Requested(request.scopes(), java.util.Optional.of(call.account())),
                correlationId);
        CompletableFuture<AuthenticationResult> mine = flights.join(
                        call, settings.environment().executor(), () -> renewal.renew(call, correlationId))
                .thenApply(acquired -> acquired.toResult(request.stateOrNull()));
        return ended(withDeadline(mine, request, correlationId), correlationId);
    }

    /** For the background: joins the flight that a foreground call would start, so that there is never a second one. */
    private CompletableFuture<Acquired> renewQuietly(SilentCall call) {
        SilentRequest forced = call.request().toBuilder().forceRefresh().build();
        SilentCall refresh = new SilentCall(forced, call.account(), call.realm());
        String correlationId = settings.environment().entropy().correlationId();
        return flights.join(refresh, settings.environment().executor(), () -> renewal.renew(refresh, correlationId));
    }

    private CompletableFuture<AuthenticationResult> withDeadline(
            CompletableFuture<AuthenticationResult> future, SilentRequest request, String correlationId) {
        if (future.isDone()) {
            return future;
        }
        Duration timeout = request.timeout().orElse(settings.limits().silent());
        Scheduler.Cancellable alarm = settings.environment()
                .scheduler()
                .schedule(() -> future.completeExceptionally(late(timeout, correlationId)), timeout);
        var unused = future.whenComplete((result, error) -> alarm.cancel());
        return future;
    }

    private CompletableFuture<AuthenticationResult> ended(
            CompletableFuture<AuthenticationResult> future, String correlationId) {
        return events.hasListeners() ? Outcomes.publish(events, future, InteractionType.SILENT, correlationId) : future;
    }

    private void started(SilentRequest request, Account account, String correlationId) {
        events.publish(
                EventType.ACQUIRE_TOKEN_START,
                InteractionType.SILENT,
                new EventPayload.Requested(request.scopes(), java.util.Optional.of(account)),
                correlationId);
    }

    private Account accountOf(SilentRequest request) {
        Account account = request.accountOrNull();
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

    /** The tenant a token must be for: the request's, else that of its authority, else the account's. */
    private String realmOf(SilentRequest request, Account account) {
        String tenant = request.tenantIdOrNull();
        String authority = request.authorityOrNull();
        if (tenant == null && authority != null) {
            tenant = authorities.realmOf(
                    Authority.like(authority, settings.identity().authority()));
        }
        return tenant == null ? account.tenantId() : tenant;
    }

    private AuthenticationResult.Origin originOf(SilentRequest request) {
        String authority = request.authorityOrNull();
        return authority == null ? cached : new AuthenticationResult.Origin(authority, true);
    }

    private static AuthException nothingLeftToTry(SilentRequest request, String correlationId) {
        return new InteractionRequiredAuthException(ErrorDetails.of(
                        ErrorCodes.TOKEN_REFRESH_REQUIRED,
                        "the cache holds no usable token and the policy " + request.cacheLookupPolicy()
                                + " allows nothing else here")
                .correlationId(correlationId));
    }

    private static AuthException late(Duration timeout, String correlationId) {
        return new NetworkException(ErrorDetails.of(
                        ErrorCodes.TIMED_OUT,
                        "no token within " + timeout.toMillis() + " ms; the renewal goes on for others, call again")
                .correlationId(correlationId));
    }
}
