package dev.latchkey.internal.interactive;

import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionStatus;
import dev.latchkey.InteractionType;
import dev.latchkey.LogoutRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.IssuerBinding;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.internal.authority.Authorities;
import dev.latchkey.internal.authority.Belonging;
import dev.latchkey.internal.authority.ResolvedAuthority;
import dev.latchkey.internal.calls.Calls;
import dev.latchkey.internal.calls.EventBus;
import dev.latchkey.internal.calls.Failures;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.internal.silent.Renewal;
import dev.latchkey.internal.tokens.AccountDirectory;
import dev.latchkey.internal.tokens.Parts;
import dev.latchkey.internal.tokens.Revocations;
import dev.latchkey.internal.tokens.TokenSaver;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs out: first removes the tokens from the store, because that must not fail; then revokes the refresh token if the
 * authority supports it, and ends the user's session there in the browser.
 */
public final class Logout {
    private static final Logger LOG = LoggerFactory.getLogger(Logout.class);

    /** A running renewal may finish, so that its refresh token can be revoked, but only for this long. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Settings settings;
    private final Authorities authorities;
    private final Belonging belonging;
    private final Revocations revocations;
    private final TokenSaver saver;
    private final AccountDirectory accounts;
    private final Renewal renewal;
    private final InteractionGuard guard;
    private final EventBus events;

    public Logout(Settings settings, Parts parts, Renewal renewal, InteractionGuard guard, EventBus events) {
        this.settings = settings;
        this.authorities = parts.authorities();
        this.belonging = parts.belonging();
        this.revocations = parts.revocations();
        this.saver = parts.saver();
        this.accounts = parts.accounts();
        this.renewal = renewal;
        this.guard = guard;
        this.events = events;
    }

    /** Signs out locally and, in the system browser, at the authority; only locally if that has no sign-out page. */
    public CompletableFuture<Void> popup(LogoutRequest request) {
        String correlationId = settings.environment().entropy().correlationId();
        return new SignOut(request, correlationId)
                .start(guard, InteractionStatus.LOGOUT, settings.limits().interaction(), false);
    }

    /** Signs out locally and returns the address that ends the user's session at the authority. */
    public CompletableFuture<URI> here(LogoutRequest request) {
        String correlationId = settings.environment().entropy().correlationId();
        CompletableFuture<URI> address = new CompletableFuture<>();
        CompletableFuture<URI> told = address.whenComplete((uri, error) -> {
            queueEnd(
                    request,
                    InteractionType.SILENT,
                    error == null ? null : Failures.of(error, correlationId),
                    correlationId);
            events.deliver();
        });
        events.publish(EventType.LOGOUT_START, InteractionType.SILENT, about(request), correlationId);
        Calls.run(settings.environment().executor(), correlationId, address, () -> {
            SignedOut signedOut = signOut(request, correlationId);
            return signedOut.page().orElseThrow(() -> noPage(signedOut.authority(), correlationId));
        });
        return told.copy();
    }

    private static ClientConfigurationException noPage(ResolvedAuthority authority, String correlationId) {
        return new ClientConfigurationException(ErrorDetails.of(
                        ErrorCodes.END_SESSION_ENDPOINT_NOT_SUPPORTED,
                        "the authority has no sign-out page; the local tokens were removed: "
                                + authority.metadata().whyAbsent(ProviderMetadata.END_SESSION_ENDPOINT))
                .at(authority.authority().uri())
                .correlationId(correlationId));
    }

    /** Returns the address that ends the user's session at the authority; keeps the local tokens. */
    public CompletableFuture<Optional<URI>> endSessionUri(LogoutRequest request) {
        String correlationId = settings.environment().entropy().correlationId();
        return Calls.start(settings.environment().executor(), correlationId, () -> {
            Partition partition = settings.environment()
                    .store()
                    .read(request.account().partitionKey())
                    .partition();
            return endSession(resolve(request, partition, correlationId), request, partition, correlationId);
        });
    }

    /** Removes the tokens of one account, or of all of the application's issuer, without notifying the authority. */
    public CompletableFuture<Void> clear(@Nullable Account account) {
        return Calls.start(settings.environment().executor(), "", () -> {
            if (account != null) {
                remove(account.partitionKey());
                return null;
            }
            accounts.keys().forEach(this::remove);
            accounts.activate(null);
            return null;
        });
    }

    /** Signs out in the browser. */
    private final class SignOut extends InteractionTask<Void> {
        private final LogoutRequest request;

        SignOut(LogoutRequest request, String correlationId) {
            super(settings.environment(), correlationId);
            this.request = request;
        }

        @Override
        void begin() {
            SignedOut signedOut = signOut(request, correlationId);
            signedOut
                    .page()
                    .ifPresentOrElse(
                            page -> settings.interaction().userAgent().open(page),
                            () -> LOG.warn(
                                    "The authority shows no sign-out page, so the session there goes on: {}",
                                    signedOut.authority().metadata().whyAbsent(ProviderMetadata.END_SESSION_ENDPOINT)));
            succeed(null);
        }

        @Override
        void cleanUp(@Nullable AuthException failure) {}

        @Override
        void tellStart() {
            events.publish(EventType.LOGOUT_START, InteractionType.POPUP, about(request), correlationId);
        }

        @Override
        void queueEnd(@Nullable Void result, @Nullable AuthException failure) {
            Logout.this.queueEnd(request, InteractionType.POPUP, failure, correlationId);
        }

        @Override
        void deliver() {
            events.deliver();
        }
    }

    private void queueEnd(
            LogoutRequest request, InteractionType type, @Nullable AuthException failure, String correlationId) {
        if (failure == null) {
            events.enqueue(EventType.LOGOUT_SUCCESS, type, about(request), correlationId);
        } else {
            events.enqueue(EventType.LOGOUT_FAILURE, type, new EventPayload.Failed(failure), correlationId);
        }
        events.enqueue(EventType.LOGOUT_END, type, new EventPayload.None(), correlationId);
    }

    /**
     * The tokens are gone.
     *
     * @param authority who was told
     * @param page where the session there ends, if it has a page for that
     */
    private record SignedOut(ResolvedAuthority authority, Optional<URI> page) {}

    private SignedOut signOut(LogoutRequest request, String correlationId) {
        Account account = request.account();
        Partition gone = remove(account.partitionKey());
        ResolvedAuthority authority = resolve(request, gone, correlationId);
        if (request.revoke()) {
            revoke(authority, gone, correlationId);
        }
        return new SignedOut(authority, endSession(authority, request, gone, correlationId));
    }

    /** Tokens and hints are sent only to the issuer that they came from. */
    private ResolvedAuthority resolve(LogoutRequest request, Partition partition, String correlationId) {
        Account account = request.account();
        Authority asked = authorityOf(request, partition);
        if (!asked.kind().hasClouds()) {
            belonging.require(account, partition, asked, correlationId);
        }
        ResolvedAuthority authority = authorities.resolve(asked, correlationId);
        belonging.require(account, partition, authority.authority(), correlationId);
        return authority;
    }

    private Authority authorityOf(LogoutRequest request, Partition partition) {
        Authority own = settings.identity().authority();
        String tenant = tenantOf(request.account(), partition);
        if (request.authority().isPresent()) {
            return settings.identity().named(request.authority().get()).withRealm(tenant);
        }
        PartitionKey key = request.account().partitionKey();
        IssuerBinding binding = partition.accounts().isEmpty()
                ? request.account().issuerBinding().orElse(null)
                : partition.issuerBinding();
        String home = binding == null || belonging.isOf(key, binding, own) ? null : homeOf(binding);
        return home == null ? own.withRealm(tenant) : homeOf(home, tenant);
    }

    /**
     * The tenant or policy in which the account was seen: a caller may name the account in another tenant, or under
     * another B2C policy, for which its tokens are not valid.
     */
    private static String tenantOf(Account account, Partition partition) {
        boolean isKnownThere = partition.accounts().isEmpty() || partition.account(account.tenantId()) != null;
        return isKnownThere ? account.tenantId() : partition.accounts().get(0).tenantId();
    }

    /** The address of a B2C tenant lacks the policy under which its accounts were seen. */
    private Authority homeOf(String home, String tenant) {
        Authority policy = settings.identity().named(home + "/" + tenant);
        return policy.kind() == AuthorityKind.B2C
                ? policy
                : settings.identity().named(home).withRealm(tenant);
    }

    /** The address at which an account of another issuer signed in, if recorded. */
    private static @Nullable String homeOf(IssuerBinding binding) {
        String cloud = binding.cloud();
        return cloud == null ? binding.authority() : "https://" + cloud + "/common";
    }

    private Optional<URI> endSession(
            ResolvedAuthority authority, LogoutRequest request, Partition partition, String correlationId) {
        return authority
                .metadata()
                .endSessionEndpoint()
                .map(endpoint -> endSession(endpoint, authority, request, partition, correlationId));
    }

    /** Returns what was stored. */
    private Partition remove(PartitionKey key) {
        String clientId = settings.identity().clientId();
        AtomicReference<Partition> before = new AtomicReference<>(Partition.EMPTY);
        UnaryOperator<Partition> removal = partition -> {
            before.set(partition);
            return partition.withoutClient(clientId);
        };
        try {
            saver.updateExclusively(key, PATIENCE, removal);
        } catch (CacheException e) {
            if (!e.errorCode().equals(ErrorCodes.CACHE_LEASE_TIMEOUT) && !e.isOfWholeStore()) {
                throw e;
            }
            // A renewal hangs: its result is not stored once the account is removed. Deletion may also work where
            // writing does not.
            saver.update(key, null, removal);
        }
        renewal.forget(key);
        accounts.deactivate(key);
        return Objects.requireNonNull(before.get());
    }

    private void revoke(ResolvedAuthority authority, Partition partition, String correlationId) {
        List<RefreshTokenEntry> gone = new ArrayList<>(partition.refreshTokens());
        gone.removeAll(partition.withoutClient(settings.identity().clientId()).refreshTokens());
        revocations.revoke(
                authority, gone.stream().map(RefreshTokenEntry::secret).toList(), correlationId);
    }

    /** OpenID Connect RP-Initiated Logout 1.0 section 2. */
    private URI endSession(
            URI endpoint,
            ResolvedAuthority authority,
            LogoutRequest request,
            Partition partition,
            String correlationId) {
        IdTokenEntry idToken = partition.idToken(
                settings.identity().clientId(), request.account().tenantId());
        Parameters query = Parameters.builder()
                .set("client_id", settings.identity().clientId())
                .set(
                        "id_token_hint",
                        idToken == null || !request.idTokenHint()
                                ? null
                                : idToken.secret().reveal())
                .set(
                        "logout_hint",
                        request.logoutHint().or(request.account()::loginHint).orElse(null))
                .set(
                        authority.metadata().postLogoutParameter(),
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
