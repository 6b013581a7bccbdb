package dev.latchkey.internal;

import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionStatus;
import dev.latchkey.InteractionType;
import dev.latchkey.LogoutRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.ActiveAccount;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.token.Revocation;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs out: the refresh token is revoked where the authority can, the tokens go from the store, the person's session at
 * the authority ends in the browser. Local removal comes first of what must not fail; the others are best effort.
 */
final class Logout {
    private static final Logger LOG = LoggerFactory.getLogger(Logout.class);

    private final Settings settings;
    private final Authorities authorities;
    private final Network network;
    private final TokenVault vault;
    private final AccountDirectory accounts;
    private final Renewal renewal;
    private final InteractionGuard guard;
    private final EventBus events;

    Logout(Settings settings, Engine.Parts parts, Renewal renewal, InteractionGuard guard, EventBus events) {
        this.settings = settings;
        this.authorities = parts.authorities();
        this.network = parts.network();
        this.vault = parts.vault();
        this.accounts = parts.accounts();
        this.renewal = renewal;
        this.guard = guard;
        this.events = events;
    }

    /** Signs out here and, in the system browser, at the authority. */
    CompletableFuture<Void> popup(LogoutRequest request) {
        String correlationId = settings.environment().entropy().correlationId();
        Executor executor = settings.environment().executor();
        Duration time = settings.limits().interaction();
        InteractionGuard.Turn turn;
        try {
            turn = guard.enter(InteractionStatus.LOGOUT, correlationId, time, false, taken -> {});
        } catch (AuthException e) {
            return CompletableFuture.failedFuture(e);
        }
        events.publish(EventType.LOGOUT_START, InteractionType.POPUP, about(request), correlationId);
        CompletableFuture<Void> done = CompletableFuture.runAsync(
                () -> settings.interaction().userAgent().open(signOut(request, correlationId)), executor);
        return done.whenComplete((nothing, error) -> {
            turn.close();
            if (error != null && Outcomes.unwrap(error) instanceof AuthException failure) {
                events.publish(
                        EventType.LOGOUT_FAILURE,
                        InteractionType.POPUP,
                        new EventPayload.Failed(failure),
                        correlationId);
            }
            events.publish(EventType.LOGOUT_END, InteractionType.POPUP, new EventPayload.None(), correlationId);
        });
    }

    /** Signs out here and says where the person's session at the authority ends. */
    CompletableFuture<URI> here(LogoutRequest request) {
        String correlationId = settings.environment().entropy().correlationId();
        return CompletableFuture.supplyAsync(
                () -> signOut(request, correlationId), settings.environment().executor());
    }

    /** Removes the tokens of one account, or of all, without telling the authority. */
    void clear(@Nullable Account account) {
        if (account != null) {
            remove(account.partitionKey());
            return;
        }
        for (PartitionKey key : settings.environment().store().list()) {
            if (key.kind() == PartitionKey.Kind.USER) {
                remove(key);
            }
        }
        accounts.activate(null);
    }

    private URI signOut(LogoutRequest request, String correlationId) {
        Account account = request.account();
        Partition partition =
                settings.environment().store().read(account.partitionKey()).partition();
        ResolvedAuthority authority = null;
        AuthException unreachable = null;
        try {
            authority =
                    authorities.resolve(settings.identity().authority().withRealm(account.tenantId()), correlationId);
            if (request.revoke()) {
                revoke(authority, partition, correlationId);
            }
        } catch (AuthException e) {
            unreachable = e;
        }
        remove(account.partitionKey());
        events.publish(EventType.LOGOUT_SUCCESS, InteractionType.POPUP, about(request), correlationId);
        if (authority == null) {
            throw java.util.Objects.requireNonNull(unreachable);
        }
        return endSession(authority, request, partition, correlationId);
    }

    private void remove(PartitionKey key) {
        String clientId = settings.identity().clientId();
        vault.updateExclusively(key, settings.limits().lease(), partition -> partition.withoutClient(clientId));
        renewal.forget(key);
        ActiveAccount active = settings.environment()
                .store()
                .read(PartitionKey.application(clientId))
                .partition()
                .activeAccount();
        if (active != null && active.account().equals(key)) {
            accounts.activate(null);
            events.publish(EventType.ACTIVE_ACCOUNT_CHANGED, null, new EventPayload.None(), "");
        }
    }

    private void revoke(ResolvedAuthority authority, Partition partition, String correlationId) {
        Optional<URI> endpoint = authority.metadata().revocationEndpoint();
        RefreshTokenEntry token = partition.refreshToken(settings.identity().clientId());
        if (endpoint.isEmpty() || token == null) {
            return;
        }
        try {
            HttpAnswer answer = network.send(
                    Revocation.request(
                            endpoint.get(),
                            settings.identity().clientId(),
                            settings.identity().authentication(),
                            token.secret()),
                    correlationId);
            if (!answer.isSuccess()) {
                LOG.warn("The refresh token was not revoked: HTTP {} [{}]", answer.status(), correlationId);
            }
        } catch (AuthException e) {
            LOG.warn("The refresh token was not revoked: {}", e.getMessage());
        }
    }

    /** OpenID Connect RP-Initiated Logout 1.0 section 2. */
    private URI endSession(
            ResolvedAuthority authority, LogoutRequest request, Partition partition, String correlationId) {
        URI endpoint = authority
                .metadata()
                .endSessionEndpoint()
                .orElseThrow(() -> new ClientConfigurationException(ErrorDetails.of(
                                ErrorCodes.END_SESSION_ENDPOINT_NOT_SUPPORTED,
                                "the authority has no sign-out page; the tokens are gone from here")
                        .at(authority.authority().uri())
                        .correlationId(correlationId)));
        IdTokenEntry idToken = partition.idToken(
                settings.identity().clientId(), request.account().tenantId());
        Parameters query = Parameters.builder()
                .set("client_id", settings.identity().clientId())
                .set("id_token_hint", idToken == null ? null : idToken.secret().reveal())
                .set(
                        "logout_hint",
                        request.logoutHint().or(request.account()::loginHint).orElse(null))
                .set(
                        "post_logout_redirect_uri",
                        request.postLogoutRedirectUri().map(URI::toString).orElse(null))
                .set("state", request.state().orElse(null))
                .set("client-request-id", authority.isEntraShaped() ? correlationId : null)
                .build();
        String separator = endpoint.getRawQuery() == null ? "?" : "&";
        return URI.create(endpoint + separator + query.encode());
    }

    private static EventPayload about(LogoutRequest request) {
        return new EventPayload.Concerns(request.account());
    }
}
