package dev.latchkey.core.cache;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.discovery.IssuerBinding;
import dev.latchkey.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything the cache holds for one principal: the unit of look-up, saving and storing. Immutable: saving gives another
 * partition, so that a store can replace it in one step and a reader never sees half of an answer.
 *
 * <p>A partition is small (a person has a handful of tokens for an application), so arrays are walked; a look-up
 * allocates nothing. The rules of look-up and saving are tabled in {@code docs/cache.md}.
 */
public final class Partition {
    /** Holds nothing. */
    public static final Partition EMPTY = new Partition(
            List.of(),
            new AccessTokenEntry[0],
            new RefreshTokenEntry[0],
            new IdTokenEntry[0],
            new AppMetadata[0],
            null,
            null);

    final List<Account> accounts;
    final AccessTokenEntry[] accessTokens;
    /** What each of the access tokens is for, so that a look-up reads none but those that may serve. */
    private final Scopes[] targets;

    final RefreshTokenEntry[] refreshTokens;
    final IdTokenEntry[] idTokens;
    final AppMetadata[] appMetadata;
    final @Nullable ActiveAccount activeAccount;
    private final @Nullable Blob blob;
    private final @Nullable IssuerBinding issuerBinding;

    Partition(
            List<Account> accounts,
            AccessTokenEntry[] accessTokens,
            RefreshTokenEntry[] refreshTokens,
            IdTokenEntry[] idTokens,
            AppMetadata[] appMetadata,
            @Nullable ActiveAccount activeAccount,
            @Nullable Blob blob) {
        this.accounts = accounts;
        this.accessTokens = accessTokens;
        this.targets = Arrays.stream(accessTokens).map(AccessTokenEntry::target).toArray(Scopes[]::new);
        this.refreshTokens = refreshTokens;
        this.idTokens = idTokens;
        this.appMetadata = appMetadata;
        this.activeAccount = activeAccount;
        this.blob = blob;
        this.issuerBinding =
                accounts.isEmpty() ? null : accounts.get(0).issuerBinding().orElse(null);
    }

    /** The token that serves the query; of several the one that expires last. Whether it is still valid is not asked. */
    public @Nullable AccessTokenEntry accessToken(AccessTokenQuery query) {
        AccessTokenEntry best = null;
        for (int i = 0; i < targets.length; i++) {
            if (targets[i].containsAll(query.scopes()) && query.fits(accessTokens[i])) {
                best = later(best, accessTokens[i]);
            }
        }
        return best;
    }

    private static AccessTokenEntry later(@Nullable AccessTokenEntry one, AccessTokenEntry other) {
        return one == null || other.expiresOnMillis() > one.expiresOnMillis() ? other : one;
    }

    /** All access tokens. */
    public List<AccessTokenEntry> accessTokens() {
        return List.of(accessTokens);
    }

    /** The ID token that the client was issued for the tenant. */
    public @Nullable IdTokenEntry idToken(String clientId, String realm) {
        for (IdTokenEntry token : idTokens) {
            if (token.isFor(clientId, realm)) {
                return token;
            }
        }
        return null;
    }

    /** All ID tokens. */
    public List<IdTokenEntry> idTokens() {
        return List.of(idTokens);
    }

    /** The client's own refresh token for which no resource was named. */
    public @Nullable RefreshTokenEntry refreshToken(String clientId) {
        return refreshToken(
                null, token -> token.familyId() == null && token.clientId().equals(clientId));
    }

    /** The refresh token that all clients of a family share, for which no resource was named. */
    public @Nullable RefreshTokenEntry familyRefreshToken(String familyId) {
        return refreshToken(null, token -> familyId.equals(token.familyId()));
    }

    /** As {@link #refreshTokenFor(String, String)}, for a request that names no resource. */
    public @Nullable RefreshTokenEntry refreshTokenFor(String clientId) {
        return refreshTokenFor(clientId, null);
    }

    /**
     * The refresh token that a client should send: its family's, else its own. As long as nobody has said whether the
     * client is in a family: its own, else, tentatively, a family refresh token. The authority knows who is in.
     *
     * @param resource the resource of the request (RFC 8707). Of several refresh tokens the one granted for it is sent,
     *     else the one for which none was named, else any: not every authority binds them. A request that names none is not
     *     served by one that was granted for a resource, since the token would be for that
     */
    public @Nullable RefreshTokenEntry refreshTokenFor(String clientId, @Nullable String resource) {
        RefreshTokenEntry own = refreshToken(
                resource, token -> token.familyId() == null && token.clientId().equals(clientId));
        if (appMetadata(clientId) == null) {
            return own != null ? own : refreshToken(resource, token -> token.familyId() != null);
        }
        String family = familyOf(clientId);
        RefreshTokenEntry shared =
                family == null ? null : refreshToken(resource, token -> family.equals(token.familyId()));
        return shared != null ? shared : own;
    }

    private @Nullable RefreshTokenEntry refreshToken(@Nullable String resource, Predicate<RefreshTokenEntry> wanted) {
        RefreshTokenEntry unbound = null;
        RefreshTokenEntry any = null;
        for (RefreshTokenEntry token : refreshTokens) {
            if (!wanted.test(token)) {
                continue;
            }
            if (Objects.equals(token.resource(), resource)) {
                return token;
            }
            unbound = unbound == null && token.resource() == null ? token : unbound;
            any = any == null && resource != null ? token : any;
        }
        return unbound != null ? unbound : any;
    }

    /** Whether there is a refresh token that the client may send, for whatever resource. */
    private boolean holdsRefreshTokenFor(String clientId) {
        String family = familyOf(clientId);
        boolean isUnknown = appMetadata(clientId) == null;
        return Arrays.stream(refreshTokens)
                .anyMatch(token -> token.familyId() == null
                        ? token.clientId().equals(clientId)
                        : isUnknown || token.familyId().equals(family));
    }

    /** All refresh tokens. */
    public List<RefreshTokenEntry> refreshTokens() {
        return List.of(refreshTokens);
    }

    /** What is known about the client's family; null if the authority has not said anything yet. */
    public @Nullable AppMetadata appMetadata(String clientId) {
        for (AppMetadata metadata : appMetadata) {
            if (metadata.clientId().equals(clientId)) {
                return metadata;
            }
        }
        return null;
    }

    /** The client's family; null if it is in none, or nothing is known. */
    public @Nullable String familyOf(String clientId) {
        AppMetadata metadata = appMetadata(clientId);
        return metadata == null ? null : metadata.familyId();
    }

    /** Whether the client holds a token here or may send its family's; or the account's last token is gone. */
    public boolean isUsedBy(String clientId) {
        return !holdsTokens()
                || holdsRefreshTokenFor(clientId)
                || accessTokens().stream().anyMatch(token -> token.clientId().equals(clientId))
                || idTokens().stream().anyMatch(token -> token.clientId().equals(clientId));
    }

    /** The issuer that everything here is bound to; null if nobody recorded it. */
    public @Nullable IssuerBinding issuerBinding() {
        return issuerBinding;
    }

    /**
     * Whether an answer about an account may be saved here: it comes from the same issuer and is about the same subject.
     * An id that {@code client_info} gave to two people, or that two issuers gave, is not the same account.
     *
     * @param claims the verified claims of the answer's ID token
     */
    public boolean isAbout(Account account, String clientId, JsonObject claims) {
        IssuerBinding other = account.issuerBinding().orElse(null);
        if (issuerBinding != null && other != null && !issuerBinding.isSameAs(other)) {
            return false;
        }
        String subject = claims.string("sub", "");
        IdTokenEntry known = idToken(clientId, account.tenantId());
        if (known != null) {
            return known.claims().string("sub", subject).equals(subject);
        }
        Account seen = account(account.tenantId());
        String localId = seen == null ? "" : seen.localAccountId();
        return localId.isEmpty() || localId.equals(subject) || localId.equals(claims.string("oid"));
    }

    /** The account as seen in the tenant, or null if no token was ever stored for it there. */
    public @Nullable Account account(String tenantId) {
        for (int i = 0; i < accounts.size(); i++) {
            if (accounts.get(i).tenantId().equalsIgnoreCase(tenantId)) {
                return accounts.get(i);
            }
        }
        return null;
    }

    /** As {@link #account(String)}, with the ID token that this client was issued, never another client's. */
    public @Nullable Account account(String clientId, String tenantId) {
        Account account = account(tenantId);
        IdTokenEntry token = idToken(clientId, tenantId);
        return account == null ? null : account.withIdToken(token == null ? null : token.secret());
    }

    /** The account once for each tenant in which it was seen, home first; computed when the partition was made. */
    public List<Account> accounts() {
        return accounts;
    }

    /** The application's active account; only in an application's own partition. */
    public @Nullable ActiveAccount activeAccount() {
        return activeAccount;
    }

    /** The blob; only in a partition of one. */
    public @Nullable Blob blob() {
        return blob;
    }

    /** A partition that holds a blob and nothing else. */
    public static Partition of(Blob blob) {
        return new Partition(
                EMPTY.accounts, EMPTY.accessTokens, EMPTY.refreshTokens, EMPTY.idTokens, EMPTY.appMetadata, null, blob);
    }

    /**
     * This partition after an answer: account, then ID token, access token, refresh token, family. Access tokens that
     * the new one stands in for, and expired ones, are gone.
     *
     * @throws IllegalArgumentException if the answer is about another person than this partition
     */
    public Partition save(TokenRecord record, Instant now) {
        return PartitionEditor.of(this)
                .save(record)
                .dropExpired(now.toEpochMilli())
                .build();
    }

    /** This partition with another active account, or with none. */
    public Partition withActiveAccount(@Nullable ActiveAccount other) {
        return new Partition(accounts, accessTokens, refreshTokens, idTokens, appMetadata, other, blob);
    }

    /** This partition without that very refresh token: one that took its place meanwhile stays. */
    public Partition withoutRefreshToken(RefreshTokenEntry token) {
        return PartitionEditor.of(this)
                .keepRefreshTokens(Predicate.not(token::equals))
                .build();
    }

    /**
     * This partition after the authority refused that refresh token to the client for good. A family's token stays for
     * the others if nobody ever said that the client is in the family: then it is known to be in none.
     */
    public Partition withRefused(RefreshTokenEntry token, String clientId) {
        boolean others = token.familyId() != null && !token.familyId().equals(familyOf(clientId));
        return others ? withoutFamily(clientId) : withoutRefreshToken(token);
    }

    /** This partition with the knowledge that the client is in no family. */
    public Partition withoutFamily(String clientId) {
        PartitionEditor editor = PartitionEditor.of(this);
        editor.add(new AppMetadata(clientId, null));
        return editor.build();
    }

    /** This partition without that very access token. */
    public Partition withoutAccessToken(AccessTokenEntry token) {
        return PartitionEditor.of(this)
                .keepAccessTokens(Predicate.not(token::equals))
                .build();
    }

    /** This partition without the plain tokens for the same as a token that took more to get: they were not enough. */
    public Partition withoutPlainTokensLike(AccessTokenEntry token) {
        Scopes scopes = token.target().forLookup();
        return PartitionEditor.of(this)
                .keepAccessTokens(other -> other.variant() != null
                        || !other.isSameAs(token)
                        || !other.target().forLookup().intersects(scopes))
                .build();
    }

    /** This partition without what belongs to the client; empty if no other client has tokens in it. */
    public Partition withoutClient(String clientId) {
        Partition rest = PartitionEditor.of(this).dropClient(clientId).build();
        return rest.holdsTokens() || rest.activeAccount != null ? rest : EMPTY;
    }

    /** This partition without access tokens that are expired. The same object if there are none. */
    public Partition withoutExpired(Instant now) {
        long millis = now.toEpochMilli();
        for (AccessTokenEntry token : accessTokens) {
            if (token.expiresOnMillis() <= millis) {
                return PartitionEditor.of(this).dropExpired(millis).build();
            }
        }
        return this;
    }

    /**
     * Until when this is of use: for ever ({@link Instant#MAX}) where a person signed in, whose account is the hint for the
     * next time, where an account is active and where a refresh token is not known to expire; else as long as a token or
     * blob in it lasts.
     *
     * @param kind what it rests under
     */
    public Instant usableUntil(PartitionKey.Kind kind) {
        boolean knowsPerson = kind == PartitionKey.Kind.USER && !accounts.isEmpty();
        if (knowsPerson || activeAccount != null) {
            return Instant.MAX;
        }
        Instant until = blob == null ? Instant.MIN : blob.expiresOn();
        for (AccessTokenEntry token : accessTokens) {
            until = later(until, Instant.ofEpochMilli(token.expiresOnMillis()));
        }
        for (RefreshTokenEntry token : refreshTokens) {
            until = token.expiresOn() == null ? Instant.MAX : later(until, token.expiresOn());
        }
        return until;
    }

    /** Whether it is still of use ({@link #usableUntil}). */
    public boolean isUsable(PartitionKey.Kind kind, Instant now) {
        return usableUntil(kind).isAfter(now);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Whether there is nothing worth storing: what is known about clients alone is not. */
    public boolean isEmpty() {
        return accounts.isEmpty() && !holdsTokens() && activeAccount == null && blob == null;
    }

    private boolean holdsTokens() {
        return accessTokens.length + refreshTokens.length + idTokens.length > 0;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Partition that
                        && accounts.equals(that.accounts)
                        && profiles().equals(that.profiles())
                        && Objects.equals(issuerBinding, that.issuerBinding)
                        && Arrays.equals(accessTokens, that.accessTokens)
                        && Arrays.equals(refreshTokens, that.refreshTokens)
                        && Arrays.equals(idTokens, that.idTokens)
                        && Arrays.equals(appMetadata, that.appMetadata)
                        && Objects.equals(activeAccount, that.activeAccount)
                        && Objects.equals(blob, that.blob));
    }

    private List<?> profiles() {
        return accounts.stream().map(Account::profile).toList();
    }

    @Override
    public int hashCode() {
        return Objects.hash(accounts, Arrays.hashCode(accessTokens), blob);
    }

    @Override
    public String toString() {
        return "Partition[" + accounts + ", " + accessTokens.length + " access, " + refreshTokens.length + " refresh, "
                + idTokens.length + " ID tokens]";
    }
}
