package dev.latchkey.internal.environment;

import dev.latchkey.OfflineAccess;
import dev.latchkey.Scheduler;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.idtoken.SignatureRule;
import dev.latchkey.core.renewal.ExpiryRule;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.interaction.UserAgent;
import dev.latchkey.store.TokenStore;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Everything that an application object was built with.
 *
 * @param identity who the application is and which authorities it trusts
 * @param environment time, threads, randomness, network and store: the parts that tests replace
 * @param limits maximum durations
 * @param interaction how the user interacts
 * @param expiryRule when a token is renewed
 */
public record Settings(
        Identity identity, Environment environment, Limits limits, Interaction interaction, ExpiryRule expiryRule) {
    /** A copy with another store. */
    public Settings withStore(TokenStore store) {
        Environment other = new Environment(
                environment.clock,
                environment.entropy,
                environment.executor,
                environment.interactions,
                environment.scheduler,
                environment.transport,
                store,
                environment.release);
        return new Settings(identity, other, limits, interaction, expiryRule);
    }

    /**
     * Who the application is and which authorities it trusts.
     *
     * @param clientId the client id
     * @param authentication how the client authenticates
     * @param authority the authority it uses unless a request names another
     * @param knownAuthorities hosts trusted without instance discovery, in lower case
     * @param clouds which hosts belong to the same cloud
     * @param authorityMetadata the authority's metadata document, if it is not to be fetched
     * @param instanceDiscovery where unknown Entra hosts are looked up; null for the public cloud
     * @param clientCapabilities what the application can handle, for example {@code CP1}
     * @param defaultScopes the scopes added to every request
     * @param offlineAccess when the scope offline_access is one of them
     * @param answers what the application expects of responses
     */
    public record Identity(
            String clientId,
            ClientAuthentication authentication,
            Authority authority,
            Set<String> knownAuthorities,
            Clouds clouds,
            Optional<String> authorityMetadata,
            Optional<URI> instanceDiscovery,
            List<String> clientCapabilities,
            Scopes defaultScopes,
            OfflineAccess offlineAccess,
            Answers answers) {
        private static final String OFFLINE_ACCESS = "offline_access";

        /**
         * The authority at an address that a request names: of the application's kind, on its host or another of the
         * same cloud.
         */
        public Authority named(String address) {
            Authority named = Authority.like(address, authority);
            boolean isOfOwnCloud = authority.kind().hasClouds() && clouds.areAliases(named.host(), authority.host());
            return isOfOwnCloud ? Authority.of(address, authority.kind()) : named;
        }

        /** The scopes added to every request to a kind of authority; those of OpenID Connect only where it is spoken. */
        public Scopes defaultScopes(AuthorityKind kind) {
            return kind.issuesIdTokens()
                    ? defaultScopes
                    : Scopes.of(defaultScopes.values().stream()
                            .filter(scope -> !Scopes.DEFAULTS.contains(scope))
                            .toList());
        }

        /** The scopes to send in a request to the authority of this metadata. */
        public Scopes onWire(Scopes asked, AuthorityKind kind, ProviderMetadata metadata) {
            Scopes defaults = defaultScopes(kind);
            return asked.plus(
                    switch (offlineAccess) {
                        case ALWAYS -> defaults.plus(Scopes.of(OFFLINE_ACCESS));
                        case NEVER -> defaults.without(OFFLINE_ACCESS);
                        case AUTO -> metadata.offersOfflineAccess() ? defaults : defaults.without(OFFLINE_ACCESS);
                    });
        }
    }

    /**
     * What the application expects of responses, beyond the protocol.
     *
     * @param trustedAudiences the other clients that ID tokens may be issued for
     * @param signature how ID tokens are signed
     * @param tokenLifetime the lifetime of an access token whose response does not state one
     */
    public record Answers(Set<String> trustedAudiences, SignatureRule signature, Duration tokenLifetime) {
        /** The default of every setting. */
        public static final Answers DEFAULT = new Answers(Set.of(), SignatureRule.ASYMMETRIC_ONLY, Duration.ofHours(1));
    }

    /**
     * The parts that tests replace.
     *
     * @param clock the time
     * @param entropy randomness
     * @param executor runs calls
     * @param interactions runs interactions, which wait for no call
     * @param scheduler runs things later
     * @param transport the network
     * @param store stores the tokens
     * @param release releases what was created for this application only
     */
    public record Environment(
            InstantSource clock,
            Entropy entropy,
            Executor executor,
            Executor interactions,
            Scheduler scheduler,
            HttpTransport transport,
            TokenStore store,
            Runnable release) {}

    /**
     * Maximum durations.
     *
     * @param http one HTTP exchange
     * @param silent of a silent call that uses the network
     * @param interaction of an interaction with the user
     * @param lease of the wait for another renewal of the same account
     */
    public record Limits(Duration http, Duration silent, Duration interaction, Duration lease) {}

    /**
     * How the user interacts.
     *
     * @param userAgent opens pages
     * @param loopback options of the listener for responses
     */
    public record Interaction(UserAgent userAgent, LoopbackOptions loopback) {}
}
