package dev.latchkey.authority;

import dev.latchkey.authority.directory.ConfigFile;
import dev.latchkey.authority.directory.Directory;
import dev.latchkey.authority.directory.Settings;
import dev.latchkey.authority.token.SeededRandom;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Configures a {@link LocalAuthority}. What is not given has the defaults described there. Not thread-safe. */
public final class LocalAuthorityBuilder {
    private static final String LOOPBACK = "127.0.0.1";

    private final List<Tenant> tenants = new ArrayList<>();
    private final List<User> users = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final List<ApiResource> apis = new ArrayList<>();
    private Settings settings = Settings.defaults();
    private InstantSource clock = InstantSource.system();
    private RandomGenerator random = new SecureRandom();
    private SecureRandom keyRandom = new SecureRandom();
    private String host = LOOPBACK;
    private int port;
    private boolean https;

    LocalAuthorityBuilder() {}

    /** Adds a tenant. The first is the home of people whose domain is no tenant's. */
    public LocalAuthorityBuilder tenant(Tenant tenant) {
        tenants.add(tenant);
        return this;
    }

    /** Adds a person. */
    public LocalAuthorityBuilder user(User user) {
        users.add(user);
        return this;
    }

    /** Adds an app registration. */
    public LocalAuthorityBuilder client(Client client) {
        clients.add(client);
        return this;
    }

    /** Adds an API. The first one's scopes may be asked for by their bare names. */
    public LocalAuthorityBuilder api(ApiResource api) {
        apis.add(api);
        return this;
    }

    /** Adds the tenants, users, clients and APIs of a JSON file. */
    public LocalAuthorityBuilder config(Path file) {
        ConfigFile config = ConfigFile.read(file);
        tenants.addAll(config.tenants());
        users.addAll(config.users());
        clients.addAll(config.clients());
        apis.addAll(config.apis());
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
        this.host = "localhost";
        return this;
    }

    /** Speaks https with a certificate of a CA made for this run; see {@link LocalAuthority#sslContext()}. */
    public LocalAuthorityBuilder https() {
        this.https = true;
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

    /** Begins to listen. */
    public LocalAuthority start() {
        List<Tenant> knownTenants = tenants.isEmpty() ? List.of(Tenant.of("contoso")) : tenants;
        List<User> knownUsers = users.isEmpty() ? defaultUsers(knownTenants.get(0)) : users;
        List<Client> knownClients = clients.isEmpty() ? List.of(defaultClient()) : clients;
        List<ApiResource> knownApis = apis.isEmpty() ? List.of(graph()) : apis;
        return LocalAuthority.start(this, new Directory(knownTenants, knownUsers, knownClients, knownApis));
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

    String bindAddress() {
        return LOOPBACK;
    }

    int port() {
        return port;
    }

    boolean speaksHttps() {
        return https;
    }

    private static List<User> defaultUsers(Tenant tenant) {
        return List.of(
                User.of("alice@" + tenant.domain(), LocalAuthority.DEFAULT_PASSWORD),
                User.of("bob@" + tenant.domain(), LocalAuthority.DEFAULT_PASSWORD));
    }

    private static Client defaultClient() {
        return Client.publicClient(LocalAuthority.DEFAULT_CLIENT_ID)
                .displayName("Demo application")
                .redirectUri("http://localhost")
                .redirectUri("http://127.0.0.1")
                .redirectUri("http://[::1]")
                .postLogoutRedirectUri("http://localhost")
                .postLogoutRedirectUri("http://127.0.0.1");
    }

    private static ApiResource graph() {
        String identifier = "https://graph.microsoft.com";
        return new ApiResource(identifier, identifier, "Directory API", Map.of())
                .scope("User.Read", "Read your profile")
                .scope("Mail.Read", "Read your mail")
                .scope("Mail.Send", "Send mail as you")
                .scope("Files.Read", "Read your files");
    }
}
