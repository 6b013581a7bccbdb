package dev.latchkey.core.cache;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.discovery.IssuerBinding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The save rules: makes one partition out of another. Not safe for threads; lives within one call. */
final class PartitionEditor {
    /** How many entries of each kind a partition holds; the oldest go first. A person may be in 500 of Entra's tenants. */
    static final int MOST = 1_000;

    private final List<Account> accounts;
    private final List<AccessTokenEntry> accessTokens;
    private final List<RefreshTokenEntry> refreshTokens;
    private final List<IdTokenEntry> idTokens;
    private final List<AppMetadata> appMetadata;
    private final @Nullable ActiveAccount activeAccount;
    private final @Nullable Blob blob;

    private PartitionEditor(Partition from) {
        this.accounts = new ArrayList<>(from.accounts);
        this.accessTokens = new ArrayList<>(List.of(from.accessTokens));
        this.refreshTokens = new ArrayList<>(List.of(from.refreshTokens));
        this.idTokens = new ArrayList<>(List.of(from.idTokens));
        this.appMetadata = new ArrayList<>(List.of(from.appMetadata));
        this.activeAccount = from.activeAccount;
        this.blob = from.blob();
    }

    static PartitionEditor of(Partition from) {
        return new PartitionEditor(from);
    }

    PartitionEditor save(TokenRecord record) {
        if (record.account() != null) {
            add(record.account());
        }
        if (record.idToken() != null) {
            requireSameSubject(record.idToken());
            add(record.idToken());
        }
        if (record.accessToken() != null) {
            add(record.accessToken());
        }
        if (record.refreshToken() != null) {
            add(record.refreshToken());
        }
        if (record.appMetadata() != null) {
            add(record.appMetadata());
        }
        return this;
    }

    /** The newest profile of a tenant counts: names change, and guests are called differently from tenant to tenant. */
    void add(Account account) {
        requireSamePerson(account);
        accounts.removeIf(other -> other.tenantId().equalsIgnoreCase(account.tenantId()));
        accounts.add(account);
    }

    void add(IdTokenEntry token) {
        idTokens.removeIf(other -> other.isFor(token.clientId(), token.realm()));
        idTokens.add(token);
    }

    /**
     * A token displaces those whose scopes it shares in part, for of two answers to one question the newer is right.
     * Scopes that every token holds ({@code openid} and the like) do not count.
     */
    void add(AccessTokenEntry token) {
        Scopes scopes = token.target().forLookup();
        accessTokens.removeIf(other -> other.isSameKindAs(token)
                && (other.target().equals(token.target())
                        || other.target().forLookup().intersects(scopes)));
        accessTokens.add(token);
    }

    /** Another library's file may hold tokens that overlap: which one serves is decided at look-up. */
    void addAsRead(AccessTokenEntry token) {
        accessTokens.add(token);
    }

    /** Of clients that are not here yet. */
    void addAsRead(AppMetadata metadata) {
        appMetadata.add(metadata);
    }

    void add(RefreshTokenEntry token) {
        refreshTokens.removeIf(other -> other.isSameKindAs(token));
        refreshTokens.add(token);
    }

    void add(AppMetadata metadata) {
        appMetadata.removeIf(other -> other.clientId().equals(metadata.clientId()));
        appMetadata.add(metadata);
    }

    PartitionEditor dropExpired(long nowMillis) {
        return keepAccessTokens(token -> token.expiresOnMillis() > nowMillis);
    }

    PartitionEditor keepAccessTokens(Predicate<AccessTokenEntry> wanted) {
        accessTokens.removeIf(wanted.negate());
        return this;
    }

    PartitionEditor keepRefreshTokens(Predicate<RefreshTokenEntry> wanted) {
        refreshTokens.removeIf(wanted.negate());
        return this;
    }

    /**
     * A family's refresh token goes with the last client known to be in the family. Where it stays, the client that
     * leaves uses it no more until it signs in again.
     */
    PartitionEditor dropClient(String clientId) {
        String left = familyOf(clientId);
        appMetadata.removeIf(metadata -> metadata.clientId().equals(clientId));
        accessTokens.removeIf(token -> token.clientId().equals(clientId));
        idTokens.removeIf(token -> token.clientId().equals(clientId));
        refreshTokens.removeIf(token -> token.familyId() == null
                ? token.clientId().equals(clientId)
                : token.familyId().equals(left) && !isFamilyOfAny(token.familyId()));
        if (refreshTokens.stream().anyMatch(token -> token.familyId() != null)) {
            appMetadata.add(new AppMetadata(clientId, null));
        }
        return this;
    }

    private @Nullable String familyOf(String clientId) {
        return appMetadata.stream()
                .filter(metadata -> metadata.clientId().equals(clientId))
                .findFirst()
                .map(AppMetadata::familyId)
                .orElse(null);
    }

    private boolean isFamilyOfAny(String familyId) {
        return appMetadata.stream().anyMatch(metadata -> familyId.equals(metadata.familyId()));
    }

    Partition build() {
        List.of(accessTokens, refreshTokens, idTokens, appMetadata).forEach(PartitionEditor::dropOldest);
        return new Partition(
                linkedAccounts(),
                accessTokens.toArray(AccessTokenEntry[]::new),
                refreshTokens.toArray(RefreshTokenEntry[]::new),
                idTokens.toArray(IdTokenEntry[]::new),
                appMetadata.toArray(AppMetadata[]::new),
                activeAccount,
                blob);
    }

    private static void dropOldest(List<?> entries) {
        if (entries.size() > MOST) {
            entries.subList(0, entries.size() - MOST).clear();
        }
    }

    /** Every account knows all tenant profiles, and shows the newest ID token of its tenant. */
    private List<Account> linkedAccounts() {
        Map<String, TenantProfile> profiles = new LinkedHashMap<>();
        // Those that were linked before share one map, which is walked once.
        Set<Map<String, TenantProfile>> known = Collections.newSetFromMap(new IdentityHashMap<>());
        accounts.stream()
                .map(Account::tenantProfiles)
                .filter(known::add)
                .forEach(
                        each -> each.forEach((tenant, profile) -> profiles.putIfAbsent(LowerCase.of(tenant), profile)));
        accounts.forEach(account -> profiles.put(LowerCase.of(account.tenantId()), account.profile()));
        if (profiles.size() > MOST) {
            // Home comes first, and stays.
            List<String> tenants = new ArrayList<>(profiles.keySet());
            tenants.subList(1, 1 + profiles.size() - MOST).forEach(profiles::remove);
        }
        List<Account> linked = new ArrayList<>(profiles.size());
        if (!accounts.isEmpty()) {
            Account any = accounts.get(0).withProfiles(profiles.values()).withBinding(binding());
            Map<String, Secret> newest = new HashMap<>();
            idTokens.forEach(token -> newest.put(LowerCase.of(token.realm()), token.secret()));
            any.tenantProfiles()
                    .keySet()
                    .forEach(tenant -> linked.add(any.inTenant(tenant).withIdToken(newest.get(LowerCase.of(tenant)))));
        }
        return List.copyOf(linked);
    }

    /** All are of one issuer; the entries of other libraries do not say which, or not where it was asked. */
    private @Nullable IssuerBinding binding() {
        IssuerBinding known = null;
        for (Account account : accounts) {
            IssuerBinding binding = account.issuerBinding().orElse(null);
            if (known == null || (binding != null && known.authority() == null)) {
                known = binding;
            }
        }
        return known;
    }

    private void requireSameSubject(IdTokenEntry token) {
        for (IdTokenEntry other : idTokens) {
            if (other.isFor(token.clientId(), token.realm()) && !other.isOfSameSubjectAs(token)) {
                throw new IllegalArgumentException("the partition belongs to another subject");
            }
        }
    }

    private void requireSamePerson(Account account) {
        if (!accounts.isEmpty() && !accounts.get(0).partitionKey().equals(account.partitionKey())) {
            throw new IllegalArgumentException("the partition belongs to another account");
        }
    }
}
