package dev.latchkey.internal.interactive;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.DeviceCodeRequest;
import dev.latchkey.InteractionStatus;
import dev.latchkey.InteractionType;
import dev.latchkey.Scheduler;
import dev.latchkey.StoreInCache;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.authorize.ClaimsRequest;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.token.DeviceCodeGrant;
import dev.latchkey.core.token.DeviceCodeResponse;
import dev.latchkey.core.token.TokenRequest;
import dev.latchkey.internal.authority.Authorities;
import dev.latchkey.internal.authority.ClientRequests;
import dev.latchkey.internal.authority.ResolvedAuthority;
import dev.latchkey.internal.authority.TokenEndpoint;
import dev.latchkey.internal.authority.TokenGrant;
import dev.latchkey.internal.authority.WireTarget;
import dev.latchkey.internal.calls.CallEvents;
import dev.latchkey.internal.calls.EventBus;
import dev.latchkey.internal.calls.RequestRules;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.internal.silent.Renewal;
import dev.latchkey.internal.tokens.Parts;
import dev.latchkey.internal.tokens.SignIns;
import dev.latchkey.internal.tokens.TokenSaver;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Acquires a token for a device without a browser (RFC 8628). No thread waits between two polls; the scheduler starts
 * the next one.
 */
public final class DeviceCodeAcquisition {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /** Longer than any code is valid; the code's own expiry comes first. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Settings settings;
    private final Authorities authorities;
    private final ClientRequests requests;
    private final TokenEndpoint tokenEndpoint;
    private final SignIns signIns;
    private final Renewal renewal;
    private final InteractionGuard guard;
    private final CallEvents events;

    public DeviceCodeAcquisition(
            Settings settings, Parts parts, Renewal renewal, InteractionGuard guard, EventBus events) {
        this.settings = settings;
        this.authorities = parts.authorities();
        this.requests = parts.requests();
        this.tokenEndpoint = parts.tokenEndpoint();
        this.signIns = parts.signIns();
        this.renewal = renewal;
        this.guard = guard;
        this.events = new CallEvents(events, InteractionType.DEVICE_CODE);
    }

    /** Starts the flow. Cancelling the future ends the polling. */
    public CompletableFuture<AuthenticationResult> acquire(DeviceCodeRequest request) {
        String correlationId =
                request.correlationId().orElseGet(settings.environment().entropy()::correlationId);
        try {
            new RequestRules(settings.identity())
                    .check(request.scopes(), request.resource().orElse(null), request.authority());
        } catch (AuthException e) {
            return CompletableFuture.failedFuture(e);
        }
        return new Polling(request, correlationId).start(guard, InteractionStatus.ACQUIRE_TOKEN, LONGEST, false);
    }

    /**
     * A device code and how long to poll for it.
     *
     * @param authority the authority to poll
     * @param code the code to poll with
     * @param time how long the user may take
     * @param deadline when polling ends
     */
    private record Pending(ResolvedAuthority authority, DeviceCodeResponse code, Duration time, Instant deadline) {}

    private final class Polling extends InteractionTask<AuthenticationResult> {
        private final DeviceCodeRequest request;
        private Scheduler.@Nullable Cancellable next;

        /** Why the authority could not be asked the last time; null if it answered. */
        private volatile @Nullable AuthException outage;

        Polling(DeviceCodeRequest request, String correlationId) {
            super(settings.environment(), correlationId);
            this.request = request;
        }

        @Override
        void begin() {
            Authority own = settings.identity().authority();
            ResolvedAuthority authority = authorities.resolve(
                    request.authority().map(settings.identity()::named).orElse(own), correlationId);
            // Fails before the user has signed in, not afterwards.
            settings.environment().store().requireWritable();
            DeviceCodeResponse code = askForCode(authority);
            Duration time = request.timeout()
                    .filter(shorter -> shorter.compareTo(code.expiresIn()) < 0)
                    .orElse(code.expiresIn());
            Instant deadline = now().plus(time);
            asksUser();
            request.prompt().accept(code);
            pollAfter(code.interval(), code.interval(), new Pending(authority, code, time, deadline));
        }

        private DeviceCodeResponse askForCode(ResolvedAuthority authority) {
            tokenEndpoint.requireIdentity(authority, correlationId);
            URI endpoint = authority
                    .metadata()
                    .deviceAuthorizationEndpoint()
                    .orElseThrow(() -> new ClientConfigurationException(ErrorDetails.of(
                                    ErrorCodes.ENDPOINT_NOT_SUPPORTED,
                                    "the authority does not support device codes: "
                                            + authority
                                                    .metadata()
                                                    .whyAbsent(ProviderMetadata.DEVICE_AUTHORIZATION_ENDPOINT))
                            .at(authority.authority().uri())
                            .correlationId(correlationId)));
            WireTarget target = target(authority);
            HttpMessage.Builder message = DeviceCodeResponse.request(endpoint, target.scopes(), claims());
            message.form().set("resource", target.resource());
            HttpAnswer answer = requests.send(authority, message, correlationId);
            return DeviceCodeResponse.check(answer, endpoint, correlationId, now());
        }

        /** Never waits past the deadline, so that expiry is reported on time. */
        private void pollAfter(Duration pause, Duration interval, Pending pending) {
            Duration left = Duration.between(now(), pending.deadline);
            Duration wait = pause.compareTo(left) < 0 ? pause : left.isNegative() ? Duration.ZERO : left;
            Runnable poll = () -> runAsync(() -> poll(interval, pause, pending));
            synchronized (this) {
                if (!isOver()) {
                    next = settings.environment().scheduler().schedule(poll, wait);
                }
            }
        }

        private void poll(Duration interval, Duration lastPause, Pending pending) {
            if (isOver()) {
                return;
            }
            if (!now().isBefore(pending.deadline)) {
                throw late(pending);
            }
            TokenGrant grant;
            try {
                grant = tokenEndpoint.redeem(pending.authority, tokenRequest(pending));
            } catch (ServerException e) {
                Duration longer = nextInterval(e, interval);
                outage = isOutage(e) ? e : null;
                pollAfter(longer, longer, pending);
                return;
            } catch (NetworkException e) {
                outage = e;
                // RFC 8628 section 3.5: back off after a timeout; return to the interval once the network works again.
                Duration doubled = lastPause.multipliedBy(2);
                pollAfter(doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE, interval, pending);
                return;
            }
            // The code is spent: whatever fails from here on ends the call.
            store(tokenEndpoint.identified(grant, pending.authority, correlationId), pending);
        }

        private void store(TokenGrant grant, Pending pending) {
            Scopes sent = target(pending.authority).scopes();
            SignIns.SignedIn signedIn = signIns.store(
                    grant,
                    pending.authority,
                    new SignIns.Asked(
                            new TokenSaver.Sought(sent, request.resource().orElse(null), null, false),
                            StoreInCache.ALL,
                            false,
                            InteractionType.DEVICE_CODE,
                            correlationId));
            renewal.forget(signedIn.account().partitionKey());
            succeed(signedIn.acquired().toResult(null));
        }

        /** RFC 8628 section 3.5: some errors mean "not yet"; all others end the polling. */
        private Duration nextInterval(ServerException e, Duration interval) {
            Duration server = e.retryAfter().orElse(Duration.ZERO);
            return switch (e.errorCode()) {
                case "authorization_pending" -> interval;
                case "slow_down" -> interval.plusSeconds(5);
                case "temporarily_unavailable", "server_error" -> server.compareTo(interval) > 0 ? server : interval;
                case "expired_token", "code_expired" -> throw expired();
                default -> {
                    if (!isOutage(e)) {
                        throw e;
                    }
                    yield server.compareTo(interval) > 0 ? server : interval;
                }
            };
        }

        private static boolean isOutage(ServerException e) {
            int status = e.status().orElse(0);
            return status >= SERVER_ERROR || status == TOO_MANY_REQUESTS;
        }

        /** Perhaps the user did sign in: without the authority nobody knows. */
        private AuthException late(Pending pending) {
            AuthException unanswered = outage;
            if (unanswered != null) {
                return unanswered;
            }
            return pending.time.equals(pending.code.expiresIn())
                    ? expired()
                    : new BrowserAuthException(ErrorDetails.of(
                                    ErrorCodes.TIMED_OUT,
                                    "the user did not finish on the other device within " + pending.time.toSeconds()
                                            + " s; call again for another code")
                            .correlationId(correlationId));
        }

        private AuthException expired() {
            return new BrowserAuthException(
                    ErrorDetails.of(ErrorCodes.DEVICE_CODE_EXPIRED, "the code was not entered in time; call again")
                            .correlationId(correlationId));
        }

        private WireTarget target(ResolvedAuthority authority) {
            return WireTarget.of(
                    settings.identity(),
                    authority,
                    request.scopes(),
                    request.resource().orElse(null));
        }

        private TokenRequest tokenRequest(Pending pending) {
            WireTarget target = target(pending.authority);
            return new TokenRequest(
                    pending.authority.metadata().tokenEndpoint(),
                    new DeviceCodeGrant(pending.code.deviceCode()),
                    target.scopes(),
                    target.resource(),
                    claims(),
                    pending.authority.isEntraShaped(),
                    correlationId,
                    Map.of());
        }

        private @Nullable String claims() {
            return ClaimsRequest.merge(null, settings.identity().clientCapabilities());
        }

        private Instant now() {
            return settings.environment().clock().instant();
        }

        @Override
        void cleanUp(@Nullable AuthException failure) {
            synchronized (this) {
                if (next != null) {
                    next.cancel();
                }
            }
        }

        @Override
        void tellStart() {
            events.started(request.scopes(), null, correlationId);
        }

        @Override
        void queueEnd(@Nullable AuthenticationResult result, @Nullable AuthException failure) {
            events.ended(result, failure, correlationId);
        }

        @Override
        void deliver() {
            events.deliver();
        }
    }
}
