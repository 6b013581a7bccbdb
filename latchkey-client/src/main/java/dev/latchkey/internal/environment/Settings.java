package dev.latchkey.internal.environment;

import dev.latchkey.Scheduler;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.Clouds;
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
 * Everything an application object was built with.
 *
 * @param identity who the application is and whom it trusts
 * @param environment time, threads, randomness, network and store: what tests replace
 * @param limits how long things may take
 * @param interaction how the person is asked
 * @param expiryRule when a token is too old
 */
public record Settings(
        Identity identity, Environment environment, Limits limits, Interaction interaction, ExpiryRule expiryRule) {
    /** The same with another store. */
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
     * Who the application is and whom it trusts.
     *
     * @param clientId its id
     * @param authentication how it shows who it is
     * @param authority the authority it uses unless a request names another
     * @param knownAuthorities hosts trusted without asking anybody, lower case
     * @param clouds which hosts are one cloud
     * @param authorityMetadata the authority's metadata document, if it is not to be fetched
     * @param instanceDiscovery where unknown Entra hosts are looked up, if not at the public cloud
     * @param clientCapabilities what the application can handle, for example {@code CP1}
     * @param defaultScopes added to every request
     * @param trustedAudiences who else may get its ID tokens
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
            Set<String> trustedAudiences) {
        /** The authority of an address that a request names: of the own kind on the own host, or on one of the own cloud. */
        public Authority named(String address) {
            Authority named = Authority.like(address, authority);
            boolean isOfOwnCloud = authority.kind().hasClouds() && clouds.areAliases(named.host(), authority.host());
            return isOfOwnCloud ? Authority.of(address, authority.kind()) : named;
        }

        /** What goes on the wire for these scopes. */
        public Scopes onWire(Scopes asked) {
            return asked.plus(defaultScopes);
        }
    }

    /**
     * What tests replace.
     *
     * @param clock the time
     * @param entropy randomness
     * @param executor where calls run
     * @param interactions where interactions run, which wait for no call
     * @param scheduler runs things later
     * @param transport the network
     * @param store where tokens rest
     * @param release gives back what was made for this application alone
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
     * How long things may take.
     *
     * @param http one HTTP exchange
     * @param silent a silent call that needs the network
     * @param interaction an interaction with the person
     * @param lease waiting for another renewal of the same account
     */
    public record Limits(Duration http, Duration silent, Duration interaction, Duration lease) {}

    /**
     * How the person is asked.
     *
     * @param userAgent shows pages
     * @param loopback takes answers
     */
    public record Interaction(UserAgent userAgent, LoopbackOptions loopback) {}
}
