package dev.latchkey.internal;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.DeviceCodeRequest;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionStatus;
import dev.latchkey.InteractionType;
import dev.latchkey.Scheduler;
import dev.latchkey.StoreInCache;
import dev.latchkey.core.authorize.ClaimsRequest;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.token.DeviceCodeResponse;
import dev.latchkey.core.token.TokenRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way to a token for a device without a browser (RFC 8628). Between two polls no thread waits: the scheduler wakes
 * the next one.
 */
final class DeviceCodeAcquisition {
    private final Settings settings;
    private final Authorities authorities;
    private final Network network;
    private final TokenEndpoint tokenEndpoint;
    private final SignIns signIns;
    private final Renewal renewal;
    private final InteractionGuard guard;
    private final EventBus events;

    DeviceCodeAcquisition(
            Settings settings, Engine.Parts parts, Renewal renewal, InteractionGuard guard, EventBus events) {
        this.settings = settings;
        this.authorities = parts.authorities();
        this.network = parts.network();
        this.tokenEndpoint = parts.tokenEndpoint();
        this.signIns = parts.signIns();
        this.renewal = renewal;
        this.guard = guard;
        this.events = events;
    }

    /** Asks the person to go elsewhere. The future completes on the executor; cancelling it ends the polling. */
    CompletableFuture<AuthenticationResult> acquire(DeviceCodeRequest request) {
        String correlationId =
                request.correlationId().orElseGet(settings.environment().entropy()::correlationId);
        Polling polling = new Polling(request, correlationId);
        try {
            polling.turn = guard.enter(
                    InteractionStatus.ACQUIRE_TOKEN, correlationId, Duration.ofHours(24), false, polling::fail);
        } catch (BrowserAuthException e) {
            return CompletableFuture.failedFuture(e);
        }
        return polling.start();
    }

    private final class Polling {
        private final DeviceCodeRequest request;
        private final String correlationId;
        private final CompletableFuture<AuthenticationResult> future = new CompletableFuture<>();
        private InteractionGuard.@Nullable Turn turn;
        private Scheduler.@Nullable Cancellable next;

        Polling(DeviceCodeRequest request, String correlationId) {
            this.request = request;
            this.correlationId = correlationId;
        }

        CompletableFuture<AuthenticationResult> start() {
            CompletableFuture<AuthenticationResult> told = Outcomes.publish(
                    events,
                    future.whenComplete((result, error) -> cleanUp()),
                    InteractionType.DEVICE_CODE,
                    correlationId);
            var unused = told.whenComplete((result, error) -> {
                if (told.isCancelled()) {
                    future.cancel(true);
                }
            });
            events.publish(
                    EventType.ACQUIRE_TOKEN_START,
                    InteractionType.DEVICE_CODE,
                    new EventPayload.Requested(request.scopes(), Optional.empty()),
                    correlationId);
            runAsync(this::begin);
            return told;
        }

        private void begin() {
            Authority own = settings.identity().authority();
            ResolvedAuthority authority = authorities.resolve(
                    request.authority()
                            .map(address -> Authority.like(address, own))
                            .orElse(own),
                    correlationId);
            URI endpoint = authority
                    .metadata()
                    .deviceAuthorizationEndpoint()
                    .orElseThrow(() -> new ClientConfigurationException(ErrorDetails.of(
                                    ErrorCodes.ENDPOINT_NOT_SUPPORTED, "the authority offers no device code flow")
                            .at(authority.authority().uri())
                            .correlationId(correlationId)));
            DeviceCodeResponse code = DeviceCodeResponse.check(
                    network.send(
                            DeviceCodeResponse.request(
                                    endpoint,
                                    settings.identity().clientId(),
                                    settings.identity().authentication(),
                                    settings.identity().onWire(request.scopes()),
                                    claims()),
                            correlationId),
                    endpoint,
                    correlationId,
                    now());
            Instant deadline = now().plus(code.expiresIn());
            request.prompt().accept(code);
            pollAfter(code.interval(), authority, code, deadline);
        }

        private void pollAfter(
                Duration interval, ResolvedAuthority authority, DeviceCodeResponse code, Instant deadline) {
            Runnable poll = () -> runAsync(() -> poll(interval, authority, code, deadline));
            synchronized (this) {
                if (!future.isDone()) {
                    next = settings.environment().scheduler().schedule(poll, interval);
                }
            }
        }

        private void poll(Duration interval, ResolvedAuthority authority, DeviceCodeResponse code, Instant deadline) {
            if (future.isDone()) {
                return;
            }
            if (!now().isBefore(deadline)) {
                fail(expired());
                return;
            }
            try {
                TokenGrant grant =
                        tokenEndpoint.redeemDeviceCode(authority, tokenRequest(authority), code.deviceCode());
                succeed(signIns.store(
                        grant, authority, new SignIns.Asked(request.scopes(), null, StoreInCache.ALL, correlationId)));
            } catch (ServerException e) {
                pollAfter(nextInterval(e, interval), authority, code, deadline);
            } catch (NetworkException e) {
                // RFC 8628 section 3.5: on a timeout, wait longer.
                pollAfter(interval.multipliedBy(2), authority, code, deadline);
            }
        }

        private void succeed(SignIns.SignedIn signedIn) {
            renewal.forget(signedIn.account().partitionKey());
            if (future.complete(signedIn.acquired().toResult(null)) && signedIn.isNew()) {
                events.publish(
                        EventType.LOGIN_SUCCESS,
                        InteractionType.DEVICE_CODE,
                        new EventPayload.Concerns(signedIn.account()),
                        correlationId);
            }
        }

        /** RFC 8628 section 3.5: which errors mean "not yet"; all others end it. */
        private Duration nextInterval(ServerException e, Duration interval) {
            Duration server = e.retryAfter().orElse(Duration.ZERO);
            return switch (e.errorCode()) {
                case "authorization_pending" -> interval;
                case "slow_down" -> interval.plusSeconds(5);
                case "temporarily_unavailable", "server_error" -> server.compareTo(interval) > 0 ? server : interval;
                case "expired_token", "code_expired" -> throw expired();
                default -> throw e;
            };
        }

        private AuthException expired() {
            return new BrowserAuthException(ErrorDetails.of(
                            ErrorCodes.DEVICE_CODE_EXPIRED, "nobody entered the code in time; call again for a new one")
                    .correlationId(correlationId));
        }

        private TokenRequest tokenRequest(ResolvedAuthority authority) {
            return new TokenRequest(
                    authority.metadata().tokenEndpoint(),
                    settings.identity().clientId(),
                    settings.identity().authentication(),
                    settings.identity().onWire(request.scopes()),
                    null,
                    claims(),
                    authority.isEntraShaped(),
                    correlationId,
                    java.util.Map.of());
        }

        private @Nullable String claims() {
            return ClaimsRequest.merge(null, settings.identity().clientCapabilities());
        }

        private Instant now() {
            return settings.environment().clock().instant();
        }

        private void runAsync(Runnable work) {
            try {
                settings.environment().executor().execute(() -> {
                    try {
                        work.run();
                    } catch (RuntimeException | Error e) {
                        fail(e);
                    }
                });
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private void fail(Throwable error) {
            future.completeExceptionally(error);
        }

        private void cleanUp() {
            synchronized (this) {
                if (next != null) {
                    next.cancel();
                }
            }
            if (turn != null) {
                turn.close();
            }
        }
    }
}
