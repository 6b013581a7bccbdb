package dev.latchkey;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.idtoken.SignatureRule;
import dev.latchkey.core.renewal.ExpiryRule;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.http.JdkHttpTransport;
import dev.latchkey.http.RetryingTransport;
import dev.latchkey.internal.environment.CoarseClock;
import dev.latchkey.internal.environment.Entropy;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.internal.environment.Threads;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Base class of application builders; everything but the client id has a default.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ClientApplicationBuilder<B extends ClientApplicationBuilder<B>>
        permits PublicClientApplicationBuilder, ConfidentialClientApplicationBuilder {
    private static final String COMMON = "https://login.microsoftonline.com/common";
    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);

    private final String clientId;
    private final Set<String> knownAuthorities = new HashSet<>();
    private Authority authority = Authority.of(COMMON);
    private Clouds clouds = Clouds.BUILT_IN;
    private List<String> clientCapabilities = List.of();
    private Scopes defaultScopes = Scopes.DEFAULTS;
    private OfflineAccess offlineAccess = OfflineAccess.AUTO;
    private Set<String> trustedAudiences = Set.of();
    private @Nullable String idTokenSignedResponseAlg;
    private Duration defaultTokenLifetime = Settings.Answers.DEFAULT.tokenLifetime();
    private @Nullable String authorityMetadata;
    private @Nullable URI instanceDiscovery;
    private @Nullable HttpTransport transport;
    private @Nullable TokenStore store;
    private @Nullable Executor executor;
    private @Nullable Scheduler scheduler;
    private @Nullable RandomGenerator random;
    private @Nullable InstantSource clock;
    private ExpiryRule expiryRule = ExpiryRule.DEFAULT;
    private Duration httpTimeout = Duration.ofSeconds(30);
    private Duration silentTimeout = Duration.ofSeconds(60);

    ClientApplicationBuilder(String clientId) {
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("the client id is empty");
        }
        // As cached tokens have it, so that a look-up compares references.
        this.clientId = clientId.intern();
    }

    /**
     * Sets the authority. Its kind is derived from the address; an unknown address is treated as an OpenID Connect
     * issuer. Default: Entra's {@code common}.
     *
     * @throws dev.latchkey.core.error.ClientConfigurationException if the address is malformed, or neither https nor
     *     loopback
     */
    public B authority(String address) {
        return authority(Authority.of(address));
    }

    /** Sets an authority of a kind that cannot be derived from its address, such as a local Entra-like one. */
    public B authority(String address, AuthorityKind kind) {
        return authority(Authority.of(address, kind));
    }

    /** The authority. */
    public B authority(Authority value) {
        this.authority = value;
        return self();
    }

    /** Hosts, or addresses of which only the host counts, that are trusted without instance discovery. Default none. */
    public B knownAuthorities(Collection<String> hosts) {
        for (String host : hosts) {
            knownAuthorities.add(LowerCase.of(hostOf(host)));
        }
        return self();
    }

    /**
     * An instance-discovery response to use instead of requesting one: it lists which hosts form one cloud. Default:
     * the built-in clouds.
     *
     * @throws dev.latchkey.core.error.ClientConfigurationException {@code invalid_cloud_discovery_metadata}
     */
    public B cloudDiscoveryMetadata(String json) {
        this.clouds = Clouds.BUILT_IN.precededBy(Clouds.parse(json));
        return self();
    }

    /** The authority's metadata document, used instead of fetching it. Parsed on first use. Default: fetched. */
    public B authorityMetadata(String json) {
        this.authorityMetadata = json;
        return self();
    }

    /**
     * The endpoint at which unknown Entra hosts are looked up. Default: the public cloud, or a loopback host itself.
     */
    public B instanceDiscovery(URI endpoint) {
        this.instanceDiscovery = endpoint;
        return self();
    }

    /** The capabilities of the client, such as {@code CP1} for claims challenges. Default none. */
    public B clientCapabilities(String... capabilities) {
        this.clientCapabilities = List.of(capabilities);
        return self();
    }

    /**
     * The scopes added to every request; {@code openid} always is. Default: {@code openid profile offline_access}, the
     * last of them as {@link #offlineAccess} says.
     */
    public B defaultScopes(String... scopes) {
        this.defaultScopes = Scopes.of("openid").plus(Scopes.of(scopes));
        return self();
    }

    /**
     * When to ask for a refresh token by the scope {@code offline_access} (OpenID Connect Core 11). Default: {@link
     * OfflineAccess#AUTO}. Some authorities give a refresh token only if the user consents each time: add {@code
     * prompt(Prompt.CONSENT)} to the request for them.
     */
    public B offlineAccess(OfflineAccess value) {
        this.offlineAccess = value;
        return self();
    }

    /**
     * Other audiences that this application's ID tokens may name. An ID token with an audience besides the client id is
     * rejected unless that audience is one of these (OpenID Connect Core 3.1.3.7). Default none.
     */
    public B trustedAudiences(Collection<String> audiences) {
        this.trustedAudiences = Set.copyOf(audiences);
        return self();
    }

    /**
     * The algorithm that the client is registered for ({@code id_token_signed_response_alg}, OpenID Connect Dynamic
     * Registration section 2): ID tokens and user info with any other signature are rejected. Default: any of RS, PS and ES
     * 256 to 512, EdDSA and Ed25519. {@code HS256}, {@code HS384} and {@code HS512} are for confidential clients with a
     * client secret of at least as many bits, which is the key.
     *
     * @throws IllegalArgumentException when the application is built, if the algorithm is not supported, or the client
     *     has no secret that is long enough
     */
    public B idTokenSignedResponseAlg(String algorithm) {
        this.idTokenSignedResponseAlg = algorithm;
        return self();
    }

    /**
     * The lifetime of an access token whose response does not state one ({@code expires_in} is only recommended, RFC 6749
     * section 5.1). Default 1 h. If an API refuses such a token earlier, {@code forceRefresh()} gets another one.
     */
    public B defaultTokenLifetime(Duration value) {
        this.defaultTokenLifetime = positive(value);
        return self();
    }

    /**
     * The HTTP transport. Default: a {@link JdkHttpTransport#create()}, with the JVM's trust and proxies, that is closed
     * with the application; a transport passed here is closed by its owner. One retry is added where it is safe.
     */
    public B transport(HttpTransport value) {
        this.transport = value;
        return self();
    }

    /** The token store. Default: in memory, for this application object only. */
    public B store(TokenStore value) {
        this.store = value;
        return self();
    }

    /**
     * The executor for work that may block. Default: virtual threads if the JVM has them, otherwise daemon threads. By
     * default 100 calls of an application run at a time and 10,000 more may wait; further calls fail with {@code
     * too_many_calls}. Interactions do not wait for calls.
     */
    public B executor(Executor value) {
        this.executor = value;
        return self();
    }

    /** The scheduler for deadlines. Default: one daemon thread for all applications. */
    public B scheduler(Scheduler value) {
        this.scheduler = value;
        return self();
    }

    /**
     * The clock. Default: the system clock; above ten thousand silent calls a second it is read ten times a second for
     * all calls together.
     */
    public B clock(InstantSource value) {
        this.clock = value;
        return self();
    }

    /** The random generator for state, nonce and proof key; must be unpredictable. Default: a {@link SecureRandom}. */
    public B random(RandomGenerator value) {
        this.random = value;
        return self();
    }

    /** How long before its expiry an access token counts as expired. Default 300 s, at most half of its lifetime. */
    public B tokenRenewalOffset(Duration value) {
        this.expiryRule = expiryRule.withOffset(value);
        return self();
    }

    /** How long before a token counts as expired it is renewed in the background. Default 300 s; zero disables it. */
    public B prefetchWindow(Duration value) {
        this.expiryRule = expiryRule.withPrefetchWindow(value);
        return self();
    }

    /** How long one HTTP exchange may take. Default 30 s. */
    public B httpTimeout(Duration value) {
        this.httpTimeout = positive(value);
        return self();
    }

    /** How long a silent call waits for the network unless its request says otherwise. Default 60 s. */
    public B silentTimeout(Duration value) {
        this.silentTimeout = positive(value);
        return self();
    }

    abstract boolean isConfidential();

    abstract B self();

    /** The settings, with what kinds of applications differ in. */
    final Settings settings(ClientAuthentication authentication, Settings.Interaction interaction, Duration mostTime) {
        Entropy entropy = new Entropy(random == null ? new SecureRandom() : random);
        return new Settings(
                new Settings.Identity(
                        clientId,
                        authentication,
                        authority,
                        Set.copyOf(knownAuthorities),
                        clouds,
                        Optional.ofNullable(authorityMetadata),
                        Optional.ofNullable(instanceDiscovery),
                        clientCapabilities,
                        defaultScopes,
                        offlineAccess,
                        new Settings.Answers(trustedAudiences, signature(authentication), defaultTokenLifetime)),
                environment(entropy),
                // A renewal may wait for one that is under way elsewhere, and that one for a slow authority. Not
                // multipliedBy: the arithmetic of big decimals takes longer to load than all the rest of this.
                new Settings.Limits(httpTimeout, silentTimeout, mostTime, httpTimeout.plus(httpTimeout)),
                interaction,
                // More than half of the window would leave a program that calls seldom no chance to renew early.
                expiryRule.withJitter(entropy.share() / 2));
    }

    private SignatureRule signature(ClientAuthentication authentication) {
        if (idTokenSignedResponseAlg == null) {
            return SignatureRule.ASYMMETRIC_ONLY;
        }
        // A secret that every user has is no key.
        Secret key = isConfidential() ? authentication.clientSecret().orElse(null) : null;
        return SignatureRule.only(idTokenSignedResponseAlg, key);
    }

    private Settings.Environment environment(Entropy entropy) {
        Scheduler alarms = scheduler == null ? Threads.scheduler() : scheduler;
        InstantSource time = clock == null ? CoarseClock.of(Clock.systemUTC()) : clock;
        JdkHttpTransport own = transport == null ? JdkHttpTransport.create() : null;
        HttpTransport wire = own == null ? Objects.requireNonNull(transport) : own;
        return new Settings.Environment(
                time,
                entropy,
                executor == null ? Threads.executor() : executor,
                executor == null ? Threads.interactions() : executor,
                alarms,
                new RetryingTransport(wire, () -> pause(alarms, entropy)),
                store == null ? MemoryTokenStore.builder().clock(time).build() : store,
                own == null ? () -> {} : own::close);
    }

    /** Waits between half a pause and a whole one, on the scheduler's time. */
    private static void pause(Scheduler scheduler, Entropy entropy) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        long millis = (long) (RETRY_PAUSE.toMillis() * (0.5 + entropy.share() / 2));
        scheduler.schedule(over::countDown, Duration.ofMillis(millis));
        over.await(RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String hostOf(String hostOrAddress) {
        return hostOrAddress.contains("://") ? Authority.of(hostOrAddress).host() : hostOrAddress;
    }

    static Duration positive(Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("must be positive: " + value);
        }
        return value;
    }
}
