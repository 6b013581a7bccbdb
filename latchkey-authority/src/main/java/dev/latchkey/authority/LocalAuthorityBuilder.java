package dev.latchkey.authority;

import dev.latchkey.authority.directory.Settings;
import dev.latchkey.authority.realm.Realms;
import dev.latchkey.authority.token.SeededRandom;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Configures a {@link LocalAuthority}. What is not given has the defaults described there. Not thread-safe. */
public final class LocalAuthorityBuilder {
    private static final String LOOPBACK = "127.0.0.1";

    private static final String EVERY_INTERFACE = "0.0.0.0";

    private final DirectoryPlan plan = new DirectoryPlan();
    private Settings settings = Settings.defaults();
    private InstantSource clock = InstantSource.system();
    private RandomGenerator random = new SecureRandom();
    private SecureRandom keyRandom = new SecureRandom();
    private String host = LOOPBACK;
    private String bindAddress = LOOPBACK;
    private int port;
    private boolean https;
    private String oidcPath = Realms.OIDC_PATH;

    LocalAuthorityBuilder() {}

    /** Adds a tenant. The first is the home of people whose domain is no tenant's. */
    public LocalAuthorityBuilder tenant(Tenant tenant) {
        plan.add(tenant);
        return this;
    }

    /** Adds a person. */
    public LocalAuthorityBuilder user(User user) {
        plan.add(user);
        return this;
    }

    /** Adds an app registration. */
    public LocalAuthorityBuilder client(Client client) {
        plan.add(client);
        return this;
    }

    /** Adds an API. The first one's scopes may be asked for by their bare names. */
    public LocalAuthorityBuilder api(ApiResource api) {
        plan.add(api);
        return this;
    }

    /**
     * Adds the tenants, users, clients and APIs of a JSON file as it is now, and takes its settings.
     *
     * @throws IllegalArgumentException if it is not what it should be; the message names file and member
     */
    public LocalAuthorityBuilder config(Path file) {
        this.settings = plan.addOnce(file).settings().apply(settings);
        return this;
    }

    /**
     * As {@link #config}, and takes the file over again whenever it changes while the authority runs. A broken file
     * changes nothing but for a warning in the log. See {@link LocalAuthority#reloadConfig()}.
     */
    public LocalAuthorityBuilder watchedConfig(Path file) {
        plan.addWatched(file);
        return this;
    }

    /** The time the authority goes by; share a {@link VirtualClock} with the client. Default: the machine's. */
    public LocalAuthorityBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Makes codes, ids, tokens and signing keys the same in every run with this seed, as long as the same requests come
     * one after another at the same times of a {@link VirtualClock}. Everybody can guess them then. Default: random.
     */
    public LocalAuthorityBuilder seed(long seed) {
        this.keyRandom = new SeededRandom(seed + 1);
        return random(new SeededRandom(seed));
    }

    /** Where codes, ids and tokens come from. Default: {@link SecureRandom}. */
    public LocalAuthorityBuilder random(RandomGenerator random) {
        this.random = random;
        return this;
    }

    /** The port; 0, the default, takes a free one. */
    public LocalAuthorityBuilder port(int port) {
        this.port = port;
        return this;
    }

    /** Calls itself {@code localhost} instead of {@code 127.0.0.1}. */
    public LocalAuthorityBuilder namedLocalhost() {
        return hostName("localhost");
    }

    /** The name by which clients reach it; it stands in every issuer and endpoint. Default: {@code 127.0.0.1}. */
    public LocalAuthorityBuilder hostName(String name) {
        this.host = name;
        return this;
    }

    /**
     * Listens on every interface of the machine, for containers and devices: everybody who can reach it can then sign in
     * as anybody. Say with {@link #hostName} how they reach it. Default: loopback only.
     */
    public LocalAuthorityBuilder bindToAllInterfacesDangerously() {
        this.bindAddress = EVERY_INTERFACE;
        return this;
    }

    /** Speaks https with a certificate of a CA made for this run; see {@link LocalAuthority#sslContext()}. */
    public LocalAuthorityBuilder https() {
        this.https = true;
        return this;
    }

    /** Makes the server's address the plain OpenID Connect issuer. Default: the issuer has the path {@code /oidc}. */
    public LocalAuthorityBuilder issuerWithoutPath() {
        this.oidcPath = "";
        return this;
    }

    /** How long access tokens live. Default: one hour. */
    public LocalAuthorityBuilder accessTokenLifetime(Duration lifetime) {
        this.settings = settings.accessTokenLifetime(lifetime);
        return this;
    }

    /** The {@code refresh_in} of Entra-shaped answers. Default: half of a lifetime of two hours and more, else none. */
    public LocalAuthorityBuilder refreshIn(Duration refreshIn) {
        this.settings = settings.refreshIn(refreshIn);
        return this;
    }

    /** How long a code can be redeemed. Default: ten minutes. */
    public LocalAuthorityBuilder codeLifetime(Duration lifetime) {
        this.settings = settings.codeLifetime(lifetime);
        return this;
    }

    /** What happens to refresh tokens. Default: {@link RefreshTokenPolicy#rotatingStrictly()}. */
    public LocalAuthorityBuilder refreshTokens(RefreshTokenPolicy policy) {
        this.settings = settings.refreshTokens(policy);
        return this;
    }

    /** DPoP proofs must have a nonce of the authority, new every five minutes (RFC 9449 section 8). Default: need not. */
    public LocalAuthorityBuilder requireDpopNonce() {
        this.settings = settings.requireDpopNonce();
        return this;
    }

    /** The {@code Cross-Origin-Opener-Policy} of its pages and redirects. Default: the header is not sent. */
    public LocalAuthorityBuilder crossOriginOpenerPolicy(CrossOriginOpenerPolicy policy) {
        this.settings = settings.crossOriginOpenerPolicy(policy);
        return this;
    }

    /**
     * Keeps the session cookie from frames of other sites ({@code SameSite=Lax}), as browsers do that block third-party
     * cookies: {@code prompt=none} in a hidden frame then finds nobody signed in. Over http, where browsers allow
     * nothing else, it is always so; over https the default is {@code SameSite=None; Secure}.
     */
    public LocalAuthorityBuilder withoutThirdPartyCookies() {
        this.settings = settings.withoutThirdPartyCookies();
        return this;
    }

    /** Begins to listen. */
    public LocalAuthority start() {
        return LocalAuthority.start(this, plan.copy());
    }

    Settings settings() {
        return settings;
    }

    InstantSource clock() {
        return clock;
    }

    Optional<VirtualClock> virtualClock() {
        return clock instanceof VirtualClock virtual ? Optional.of(virtual) : Optional.empty();
    }

    RandomGenerator random() {
        return random;
    }

    SecureRandom keyRandom() {
        return keyRandom;
    }

    String host() {
        return host;
    }

    String oidcPath() {
        return oidcPath;
    }

    String bindAddress() {
        return bindAddress;
    }

    boolean listensBeyondThisMachine() {
        return !bindAddress.equals(LOOPBACK);
    }

    int port() {
        return port;
    }

    boolean speaksHttps() {
        return https;
    }
}
