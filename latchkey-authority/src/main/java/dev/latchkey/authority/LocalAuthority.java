package dev.latchkey.authority;

import dev.latchkey.authority.config.ConfigWatch;
import dev.latchkey.authority.directory.Directory;
import dev.latchkey.authority.directory.Settings;
import dev.latchkey.authority.http.GeneratedTls;
import dev.latchkey.authority.http.HttpService;
import dev.latchkey.authority.http.JettyServer;
import dev.latchkey.authority.interference.Interference;
import dev.latchkey.authority.interference.RequestHold;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.authority.realm.Addresses;
import dev.latchkey.authority.realm.Realms;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.server.AuthorityService;
import dev.latchkey.authority.state.RefreshToken;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.status.Controls;
import dev.latchkey.authority.status.Overview;
import dev.latchkey.authority.status.StatusService;
import dev.latchkey.authority.token.ClientSignatures;
import dev.latchkey.authority.token.Entropy;
import dev.latchkey.authority.token.SigningKeys;
import dev.latchkey.core.json.Json;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * An identity provider on this machine, for tests and demos: real protocol, real pages, strict where real ones are.
 * It listens on loopback until closed. Thread-safe.
 *
 * <p>Without configuration it knows the tenant {@code contoso}, {@code alice@contoso.example} and
 * {@code bob@contoso.example} with the password {@value #DEFAULT_PASSWORD}, the public client
 * {@value #DEFAULT_CLIENT_ID} with loopback redirect URIs, and an API shaped like Graph.
 */
public final class LocalAuthority implements AutoCloseable {
    /** The client there is without configuration. */
    public static final String DEFAULT_CLIENT_ID = "demo-app";

    /** The password of the people there are without configuration. */
    public static final String DEFAULT_PASSWORD = "secret";

    private static final System.Logger LOG = System.getLogger(LocalAuthority.class.getName());

    private final DirectoryPlan plan;
    private final Settings settings;
    private volatile Site site;
    private volatile HttpService service;
    private final Optional<ConfigWatch> watch;
    private final Stores stores;
    private final SigningKeys keys;
    private final Interference interference;
    private final Faults faults;
    private final RequestLog log;
    private final JettyServer server;
    private final Optional<GeneratedTls> tls;

    private LocalAuthority(LocalAuthorityBuilder builder, DirectoryPlan plan) {
        this.plan = plan;
        this.settings = builder.settings();
        DirectoryPlan.Known known = plan.read(settings);
        this.tls = builder.speaksHttps()
                ? Optional.of(GeneratedTls.generate(InstantSource.system().instant(), builder.host()))
                : Optional.empty();
        this.server = JettyServer.bind(builder.bindAddress(), builder.port(), tls.map(GeneratedTls::server));
        String base = Addresses.of(tls.isPresent(), builder.host(), server.port());
        Realms realms = new Realms(base, builder.oidcPath(), known.directory());
        Entropy entropy = new Entropy(builder.random());
        this.keys = SigningKeys.generate(builder.keyRandom());
        SkewedClock clock = new SkewedClock(builder.clock());
        var signatures = new ClientSignatures(keys, this::client);
        this.interference = new Interference(builder.clock(), keys, signatures);
        this.faults = new Faults(interference, clock, keys::replace);
        this.site = new Site(realms, known.directory(), known.settings(), clock, entropy);
        this.stores = Stores.create(entropy, known.settings());
        this.log = new RequestLog();
        this.service = new AuthorityService(site, stores, keys, interference, log::add);
        Overview overview = new Overview(() -> site, stores, log);
        Controls controls = new Controls(faults, builder.virtualClock(), this::reset);
        server.start(new StatusService(request -> service.answer(request), overview, controls));
        this.watch = plan.watched().isEmpty()
                ? Optional.empty()
                : Optional.of(ConfigWatch.start(plan.watched(), this::reloadConfig));
        warnIfExposed(builder);
    }

    /** Starts one with the defaults. */
    public static LocalAuthority start() {
        return builder().start();
    }

    /** Configures one. */
    public static LocalAuthorityBuilder builder() {
        return new LocalAuthorityBuilder();
    }

    static LocalAuthority start(LocalAuthorityBuilder builder, DirectoryPlan plan) {
        return new LocalAuthority(builder, plan);
    }

    /** The server's address, for example {@code http://127.0.0.1:41234}. */
    public URI baseUri() {
        return URI.create(site.realms().base());
    }

    /**
     * The Entra-shaped authority of a tenant.
     *
     * @param tenant name, domain or id, or {@code common}, {@code organizations}, {@code consumers}
     */
    public URI entraAuthority(String tenant) {
        return site.realms()
                .entra(tenant)
                .map(realm -> URI.create(realm.base() + realm.path()))
                .orElseThrow(() -> new IllegalArgumentException("no such tenant: " + tenant));
    }

    /**
     * What to give msal4j as its {@code aadInstanceDiscoveryResponse}: it then asks nobody else about this authority,
     * and keeps the port when it refreshes, which it forgets otherwise.
     */
    public String msal4jInstanceDiscovery() {
        URI base = baseUri();
        Map<String, Object> here = Map.of(
                "preferred_network", base.getHost(),
                "preferred_cache", base.getAuthority(),
                "aliases", List.of(base.getAuthority(), base.getHost()));
        return Json.write(Map.of(
                "tenant_discovery_endpoint",
                base + "/common/v2.0/.well-known/openid-configuration",
                "api-version",
                "1.1",
                "metadata",
                List.of(here)));
    }

    /**
     * The authority of a B2C policy. Its name begins with {@code B2C_1}; if it contains {@code edit} the policy edits the
     * profile, if {@code reset} it sets a new password, else it signs up or in.
     */
    public URI b2cAuthority(String tenant, String policy) {
        return site.realms()
                .b2c(tenant, policy)
                .map(realm -> URI.create(realm.base() + realm.path()))
                .orElseThrow(() -> new IllegalArgumentException("no such tenant or policy: " + tenant + " " + policy));
    }

    /** The authority of External ID for a tenant's customers. */
    public URI ciamAuthority(String tenant) {
        return site.realms()
                .ciam(tenant)
                .map(realm -> URI.create(realm.base() + realm.path()))
                .orElseThrow(() -> new IllegalArgumentException("no such tenant: " + tenant));
    }

    /** The ADFS-shaped authority. */
    public URI adfsAuthority() {
        return URI.create(site.realms().adfs().advertisedIssuer());
    }

    /**
     * The plain OpenID Connect issuer. Its metadata is at {@code /.well-known/openid-configuration} below it, and at
     * {@code /.well-known/oauth-authorization-server} before its path (RFC 8414 section 3).
     */
    public URI oidcIssuer() {
        return URI.create(site.realms().oidc().advertisedIssuer());
    }

    /** The protected API; {@code /me} below it needs a token for the first API's first scope. */
    public URI apiUri() {
        return URI.create(site.realms().base() + "/api");
    }

    /** The tenants, but for that of personal accounts. */
    public List<Tenant> tenants() {
        return site.directory().tenants().stream()
                .filter(tenant -> !tenant.equals(Tenant.CONSUMERS))
                .toList();
    }

    /** The people who can sign in. */
    public List<User> users() {
        return site.directory().users();
    }

    /** The app registrations. */
    public List<Client> clients() {
        return site.directory().clients();
    }

    /** A configured person. */
    public User user(String userName) {
        return site.directory()
                .user(userName)
                .orElseThrow(() -> new IllegalArgumentException("no such user: " + userName));
    }

    /** A configured tenant, by name, domain or id. */
    public Tenant tenant(String tenant) {
        return site.directory()
                .tenant(tenant)
                .orElseThrow(() -> new IllegalArgumentException("no such tenant: " + tenant));
    }

    /** A scripted person who signs in as a configured user and trusts this authority's certificate. */
    public ScriptedPerson person(String userName) {
        User user = user(userName);
        ScriptedPerson person = ScriptedPerson.signsIn(user.userName(), user.revealPassword());
        return tls.map(generated -> person.trusting(generated.client())).orElse(person);
    }

    /** What was asked so far. */
    public RequestLog requests() {
        return log;
    }

    /** Which refresh tokens came from which sign-in, the oldest sign-in first. */
    public List<TokenFamily> tokenFamilies() {
        Map<String, List<RefreshToken>> families = stores.refreshTokens().all().stream()
                .sorted(Comparator.comparing(RefreshToken::familyBegan))
                .collect(Collectors.groupingBy(token -> token.grant().id(), LinkedHashMap::new, Collectors.toList()));
        return families.entrySet().stream()
                .map(family ->
                        TokenFamily.of(family.getValue(), stores.revocations().isRevoked(family.getKey())))
                .toList();
    }

    /** Asserts what was asked so far. */
    public RequestVerifier verify() {
        return new RequestVerifier(log);
    }

    /** Makes things go wrong. */
    public Faults faults() {
        return faults;
    }

    /** Signs with a new key from now on. The old one stays published, as an authority that rotates well has it. */
    public void rotateKeys() {
        keys.rotate();
    }

    /** Holds the answers of the token endpoint: codes are redeemed and tokens rotated, but the client waits. */
    public Barrier holdTokenEndpoint() {
        return holdAnswers(request -> request.endpoint() == Endpoint.TOKEN);
    }

    /** Holds the answers of an endpoint, after it did its work. */
    public Barrier hold(Endpoint endpoint) {
        return holdAnswers(request -> request.endpoint() == endpoint);
    }

    /** Holds the answers to requests that fulfil a condition, after the endpoint did its work. */
    public Barrier holdAnswers(Predicate<IncomingRequest> condition) {
        return barrier(RequestHold.Side.AFTER_WORK, condition);
    }

    /** Holds requests that fulfil a condition before the endpoint does anything with them. */
    public Barrier holdRequests(Predicate<IncomingRequest> condition) {
        return barrier(RequestHold.Side.BEFORE_WORK, condition);
    }

    /**
     * From now on the API answers a person's tokens of clients that said {@code cp1} with a claims challenge, until they
     * come with tokens that were asked for with its {@code claims}: continuous access evaluation, after a changed
     * password for example.
     */
    public void challengeClaims(String userName) {
        stores.challenges().challenge(user(userName), site.now());
    }

    /** The time the authority goes by, a clock skew included. */
    public InstantSource clock() {
        return site.clock();
    }

    /**
     * The certificate that clients must trust.
     *
     * @throws IllegalStateException unless started with https
     */
    public X509Certificate caCertificate() {
        return generatedTls().authority();
    }

    /**
     * A context that trusts this authority and nothing else.
     *
     * @throws IllegalStateException unless started with https
     */
    public SSLContext sslContext() {
        return generatedTls().client();
    }

    /**
     * Takes over the watched configuration files at once. Tokens given out stay good and people stay signed in, but for
     * those who are no longer known; who has a page open begins again.
     *
     * @throws IllegalArgumentException if a file is broken; everything stays as it was
     */
    public void reloadConfig() {
        DirectoryPlan.Known known = plan.read(settings);
        Directory directory = known.directory();
        synchronized (this) {
            directory.registerAll(site.directory());
            Site reloaded = site.with(directory, known.settings());
            stores.sessions().replaceUsers(user -> directory.user(user.userName()));
            this.service = new AuthorityService(reloaded, stores, keys, interference, log::add);
            this.site = reloaded;
        }
    }

    /**
     * Forgets sign-ins, consents, tokens and recorded requests, takes back faults and opens barriers; people, clients
     * and keys stay.
     */
    public void reset() {
        faults.clear();
        interference.clear();
        stores.clear();
        site.directory().forgetRegistered();
        log.clear();
    }

    @Override
    public void close() {
        watch.ifPresent(ConfigWatch::close);
        // The server first: what a released request leaves unanswered, its client might ask again.
        server.close();
        interference.clear();
    }

    private Barrier barrier(RequestHold.Side side, Predicate<IncomingRequest> condition) {
        RequestHold hold = new RequestHold(side, condition);
        interference.add(hold);
        return new Barrier(interference, hold);
    }

    private Optional<Client> client(String clientId) {
        return site.directory().client(clientId);
    }

    private void warnIfExposed(LocalAuthorityBuilder builder) {
        if (builder.listensBeyondThisMachine()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "THE LOCAL AUTHORITY LISTENS ON EVERY INTERFACE: whoever reaches " + baseUri()
                            + " can sign in as anybody. It is for tests only.");
        }
    }

    private GeneratedTls generatedTls() {
        return tls.orElseThrow(() -> new IllegalStateException("the authority was not started with https()"));
    }
}
