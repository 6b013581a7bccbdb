package dev.latchkey.authority;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An app registration. Immutable: every setter returns a changed copy. */
public final class Client {
    /** What kind of program the client is. */
    public enum Kind {
        /** Desktop, mobile or command line: cannot keep a secret. */
        PUBLIC,
        /** Runs on a server: proves itself at the token endpoint. */
        CONFIDENTIAL,
        /** A page: public, and redeems its codes from the browser. */
        SINGLE_PAGE
    }

    private final Draft it;

    private Client(Draft it) {
        this.it = it;
    }

    /** A desktop or command-line program. */
    public static Client publicClient(String clientId) {
        return new Client(new Draft(clientId, Kind.PUBLIC));
    }

    /** A program on a server that has a secret. */
    public static Client confidentialClient(String clientId, String secret) {
        return new Client(new Draft(clientId, Kind.CONFIDENTIAL)).secret(secret);
    }

    /** A program on a server that has no secret: give it a certificate, a key or a federated credential. */
    public static Client confidentialClient(String clientId) {
        return new Client(new Draft(clientId, Kind.CONFIDENTIAL));
    }

    /** A page that redeems codes itself; its refresh tokens live 24 hours. */
    public static Client singlePageApp(String clientId) {
        RefreshTokenPolicy day =
                RefreshTokenPolicy.rotatingStrictly().lifetimes(Duration.ofHours(24), Duration.ofHours(24));
        return new Client(new Draft(clientId, Kind.SINGLE_PAGE)).refreshTokens(day);
    }

    /**
     * Registers where answers may go. Compared exactly, except that the port of an {@code http} loopback address is
     * free (RFC 8252 section 7.3).
     */
    public Client redirectUri(String uri) {
        return with(draft -> draft.redirectUris.add(registered(uri)));
    }

    /** Registers where a person may be sent after signing out. */
    public Client postLogoutRedirectUri(String uri) {
        return with(draft -> draft.postLogoutRedirectUris.add(registered(uri)));
    }

    /** Adds a secret; several may be valid at once. */
    public Client secret(String secret) {
        return with(draft -> draft.secrets.add(secret));
    }

    /** The name on pages. Default: the client id. */
    public Client displayName(String displayName) {
        return with(draft -> draft.displayName = displayName);
    }

    /** What happens to its refresh tokens, instead of the authority's default. */
    public Client refreshTokens(RefreshTokenPolicy policy) {
        return with(draft -> draft.refreshTokens = policy);
    }

    /** How long its access tokens live, instead of the authority's default. */
    public Client accessTokenLifetime(Duration lifetime) {
        return with(draft -> draft.accessTokenLifetime = lifetime);
    }

    /** An administrator has consented for everyone: people are not asked. */
    public Client consentedByAdministrator() {
        return with(draft -> draft.preConsented = true);
    }

    /** Only people of this tenant (name, domain or id) may sign in. Default: any tenant. */
    public Client onlyInTenant(String tenant) {
        return with(draft -> draft.tenant = tenant);
    }

    /** Lets it prove itself with assertions signed by this certificate's key (RFC 7523, {@code private_key_jwt}). */
    public Client certificate(X509Certificate certificate) {
        return with(draft -> draft.credentials.add(AssertionCredential.of(certificate)));
    }

    /** Lets it prove itself with assertions signed by this key, under any key id or none. */
    public Client publicKey(PublicKey key) {
        return with(draft -> draft.credentials.add(AssertionCredential.of(key)));
    }

    /** Lets it prove itself with tokens of another issuer: workload identity federation. */
    public Client federatedCredential(String issuer, String subject, PublicKey issuerKey) {
        return with(draft -> draft.credentials.add(AssertionCredential.federated(issuer, subject, issuerKey)));
    }

    /** Adds an application permission: a value of {@code roles} in tokens the client gets for itself. */
    public Client appRole(String role) {
        return with(draft -> draft.appRoles.add(role));
    }

    /** This client is the API with that identifier or audience: it may exchange tokens for it on behalf of people. */
    public Client exposes(String api) {
        return with(draft -> draft.exposedApis.add(api));
    }

    /** Shares refresh tokens with the other clients of the one family there is. */
    public Client inFamily() {
        return with(draft -> draft.traits.add(Trait.IN_FAMILY));
    }

    /** Gets tokens only with a proof of possession (RFC 9449). */
    public Client requiresDpop() {
        return with(draft -> draft.traits.add(Trait.REQUIRES_DPOP));
    }

    /** Must push its authorization requests (RFC 9126 section 6). */
    public Client requiresPushedRequests() {
        return with(draft -> draft.traits.add(Trait.REQUIRES_PUSHED_REQUESTS));
    }

    /** Gets user info as a JWT signed with {@link SigningAlgorithm#RS256} (OpenID Connect Core section 5.3.2). */
    public Client signedUserInfo() {
        return userInfoSignedResponseAlg(SigningAlgorithm.RS256);
    }

    /** Gets user info as a signed JWT. Default: as JSON, not signed. */
    public Client userInfoSignedResponseAlg(SigningAlgorithm algorithm) {
        return with(draft -> draft.userInfoAlgorithm = algorithm);
    }

    /** How its ID tokens of the plain issuer are signed. Default: {@link SigningAlgorithm#RS256}. */
    public Client idTokenSignedResponseAlg(SigningAlgorithm algorithm) {
        return with(draft -> draft.idTokenAlgorithm = algorithm);
    }

    /** Is told of a sign-out by a frame in the person's browser (OpenID Connect Front-Channel Logout). */
    public Client frontChannelLogoutUri(String uri) {
        return with(draft -> draft.frontChannelLogoutUri = registered(uri));
    }

    /** Is told of a sign-out by a request of the authority (OpenID Connect Back-Channel Logout). */
    public Client backChannelLogoutUri(String uri) {
        return with(draft -> draft.backChannelLogoutUri = registered(uri));
    }

    /** Its application permissions. */
    public Set<String> appRoles() {
        return Set.copyOf(it.appRoles);
    }

    /** Identifiers and audiences of the APIs it is. */
    public Set<String> exposedApis() {
        return Set.copyOf(it.exposedApis);
    }

    /** Whether it shares refresh tokens with the family. */
    public boolean isInFamily() {
        return it.traits.contains(Trait.IN_FAMILY);
    }

    /** Whether it must prove possession of a key. */
    public boolean isDpopRequired() {
        return it.traits.contains(Trait.REQUIRES_DPOP);
    }

    /** Whether it must push its authorization requests. */
    public boolean isPushRequired() {
        return it.traits.contains(Trait.REQUIRES_PUSHED_REQUESTS);
    }

    /** How its user info is signed; empty if it is not. */
    public Optional<SigningAlgorithm> userInfoSignedResponseAlg() {
        return Optional.ofNullable(it.userInfoAlgorithm);
    }

    /** How its ID tokens of the plain issuer are signed. */
    public SigningAlgorithm idTokenSignedResponseAlg() {
        return it.idTokenAlgorithm;
    }

    /** Where a frame tells it of a sign-out. */
    public Optional<URI> frontChannelLogoutUri() {
        return Optional.ofNullable(it.frontChannelLogoutUri);
    }

    /** Where the authority tells it of a sign-out. */
    public Optional<URI> backChannelLogoutUri() {
        return Optional.ofNullable(it.backChannelLogoutUri);
    }

    /** What its assertions are checked with. */
    public List<AssertionCredential> assertionCredentials() {
        return List.copyOf(it.credentials);
    }

    /** The {@code client_id} of its requests. */
    public String clientId() {
        return it.clientId;
    }

    /** What kind of program it is. */
    public Kind kind() {
        return it.kind;
    }

    /** The name on pages. */
    public String displayName() {
        return it.displayName;
    }

    /** Where answers may go. */
    public List<URI> redirectUris() {
        return List.copyOf(it.redirectUris);
    }

    /** Where a person may be sent after signing out. */
    public List<URI> postLogoutRedirectUris() {
        return List.copyOf(it.postLogoutRedirectUris);
    }

    /** What happens to its refresh tokens; empty for the authority's default. */
    public Optional<RefreshTokenPolicy> refreshTokens() {
        return Optional.ofNullable(it.refreshTokens);
    }

    /** How long its access tokens live; empty for the authority's default. */
    public Optional<Duration> accessTokenLifetime() {
        return Optional.ofNullable(it.accessTokenLifetime);
    }

    /** The only tenant whose people may sign in; empty for any. */
    public Optional<String> tenant() {
        return Optional.ofNullable(it.tenant);
    }

    /** Whether an administrator has consented for everyone. */
    public boolean preConsented() {
        return it.preConsented;
    }

    /** Whether it has to prove itself at the token endpoint. */
    public boolean isConfidential() {
        return it.kind == Kind.CONFIDENTIAL;
    }

    /** Whether this is one of the client's secrets. */
    public boolean hasSecret(String candidate) {
        return it.secrets.contains(candidate);
    }

    /** The first of its secrets, for {@link SigningAlgorithm#HS256}; empty if it has none. */
    public String revealSecret() {
        return it.secrets.stream().findFirst().orElse("");
    }

    @Override
    public String toString() {
        return "Client[" + it.clientId + ", " + it.kind + "]";
    }

    private static URI registered(String uri) {
        try {
            URI parsed = new URI(uri);
            if (!parsed.isAbsolute() || parsed.getRawFragment() != null) {
                throw new IllegalArgumentException("a redirect URI is absolute and has no fragment: " + uri);
            }
            return parsed;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URI: " + uri, e);
        }
    }

    private Client with(Consumer<Draft> change) {
        Draft copy = new Draft(it);
        change.accept(copy);
        return new Client(copy);
    }

    private enum Trait {
        IN_FAMILY,
        REQUIRES_DPOP,
        REQUIRES_PUSHED_REQUESTS
    }

    private static final class Draft {
        private final List<AssertionCredential> credentials = new ArrayList<>();
        private final Set<String> appRoles = new LinkedHashSet<>();
        private final Set<String> exposedApis = new LinkedHashSet<>();
        private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
        private @Nullable URI frontChannelLogoutUri;
        private @Nullable URI backChannelLogoutUri;
        private final String clientId;
        private final Kind kind;
        private final List<URI> redirectUris = new ArrayList<>();
        private final List<URI> postLogoutRedirectUris = new ArrayList<>();
        private final Set<String> secrets = new LinkedHashSet<>();
        private String displayName;
        private @Nullable RefreshTokenPolicy refreshTokens;
        private @Nullable Duration accessTokenLifetime;
        private @Nullable String tenant;
        private boolean preConsented;
        private SigningAlgorithm idTokenAlgorithm = SigningAlgorithm.RS256;
        private @Nullable SigningAlgorithm userInfoAlgorithm;

        Draft(String clientId, Kind kind) {
            if (clientId.isBlank()) {
                throw new IllegalArgumentException("a client needs an id");
            }
            this.clientId = clientId;
            this.displayName = clientId;
            this.kind = kind;
        }

        Draft(Draft other) {
            this.clientId = other.clientId;
            this.kind = other.kind;
            this.displayName = other.displayName;
            this.refreshTokens = other.refreshTokens;
            this.accessTokenLifetime = other.accessTokenLifetime;
            this.tenant = other.tenant;
            this.preConsented = other.preConsented;
            this.idTokenAlgorithm = other.idTokenAlgorithm;
            this.userInfoAlgorithm = other.userInfoAlgorithm;
            this.redirectUris.addAll(other.redirectUris);
            this.postLogoutRedirectUris.addAll(other.postLogoutRedirectUris);
            this.secrets.addAll(other.secrets);
            this.credentials.addAll(other.credentials);
            this.appRoles.addAll(other.appRoles);
            this.exposedApis.addAll(other.exposedApis);
            this.traits.addAll(other.traits);
            this.frontChannelLogoutUri = other.frontChannelLogoutUri;
            this.backChannelLogoutUri = other.backChannelLogoutUri;
        }
    }
}
