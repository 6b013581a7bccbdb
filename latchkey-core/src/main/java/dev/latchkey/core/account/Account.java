package dev.latchkey.core.account;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Secret;
import dev.latchkey.core.json.JsonObject;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person's account, seen in one tenant. Safe to keep, to put into a map and to hand between threads: immutable, and
 * {@link #toString()} shows ids only.
 *
 * <p>Two accounts are equal if home account id, environment, tenant and local account id are; names, hints and claims do
 * not count, for they change from one token to the next. Environment and tenant compare ignoring case.
 */
public final class Account {
    private final PartitionKey key;
    private final AuthorityType authorityType;
    private final TenantProfile profile;
    private final String tenantId;
    private final Map<String, TenantProfile> profiles;
    private final @Nullable Secret idToken;

    private Account(
            PartitionKey key,
            AuthorityType authorityType,
            TenantProfile profile,
            Map<String, TenantProfile> profiles,
            @Nullable Secret idToken) {
        this.key = key;
        this.authorityType = authorityType;
        this.profile = profile;
        this.tenantId = profile.tenantId();
        this.profiles = profiles;
        this.idToken = idToken;
    }

    /**
     * The account that a verified ID token describes.
     *
     * @param environment the authority's cache environment (its preferred host)
     * @param clientInfo what the answer's {@code client_info} said, if it had one
     * @param claims the verified claims
     * @param idToken the verified ID token, or null if it is not to be kept
     * @throws IllegalArgumentException if neither {@code client_info} nor {@code sub} names the account
     */
    public static Account of(
            String environment,
            AuthorityType type,
            @Nullable ClientInfo clientInfo,
            JsonObject claims,
            @Nullable Secret idToken) {
        String homeAccountId = HomeAccountId.of(type, clientInfo, claims);
        String tenant = Tenants.ofClaims(type, clientInfo, claims);
        TenantProfile profile =
                TenantProfile.fromClaims(tenant, Tenants.isHome(type, clientInfo, tenant, claims), claims);
        return of(PartitionKey.user(environment, homeAccountId), type, profile, idToken);
    }

    /** An account with one tenant profile. */
    public static Account of(PartitionKey key, AuthorityType type, TenantProfile profile, @Nullable Secret idToken) {
        if (key.kind() != PartitionKey.Kind.USER) {
            throw new IllegalArgumentException("an account needs the key of a person");
        }
        return new Account(key, type, profile, Map.of(profile.tenantId(), profile), idToken);
    }

    /** The account's id across tenants. */
    public String homeAccountId() {
        return key.id();
    }

    /** The authority's host that names the cache environment, in lower case. */
    public String environment() {
        return key.environment();
    }

    /** Where everything of this account rests in a store. The same object on every call. */
    public PartitionKey partitionKey() {
        return key;
    }

    /** The tenant in which the account is seen; for B2C the policy; empty where the authority has no tenants. */
    public String tenantId() {
        return tenantId;
    }

    /** The account's id within that tenant; empty if no token was ever issued there. */
    public String localAccountId() {
        return profile.localAccountId();
    }

    /** The name for people to recognise the account by, not an identifier; empty if the authority gave none. */
    public String username() {
        String username = profile.username();
        return username == null ? "" : username;
    }

    /** The person's display name. */
    public Optional<String> name() {
        return Optional.ofNullable(profile.name());
    }

    /** The opaque hint that names this account to the authority. */
    public Optional<String> loginHint() {
        return Optional.ofNullable(profile.loginHint());
    }

    /** The id of the session at the authority. */
    public Optional<String> sid() {
        return Optional.ofNullable(profile.sid());
    }

    /** What kind of authority the account comes from. */
    public AuthorityType authorityType() {
        return authorityType;
    }

    /** What the current tenant says about the account. */
    public TenantProfile profile() {
        return profile;
    }

    /** What each tenant says about the account, by tenant id; home first. */
    public Map<String, TenantProfile> tenantProfiles() {
        return profiles;
    }

    /** The ID token last received in this tenant, as text. */
    public Optional<Secret> idToken() {
        return Optional.ofNullable(idToken);
    }

    /** The claims of that ID token, decoded on each call; no claims if there is none. */
    public JsonObject idTokenClaims() {
        return idToken == null ? JsonObject.EMPTY : TokenClaims.ofStored(idToken);
    }

    /**
     * The same account in another tenant. If no token was issued there yet, local id, names and claims are empty: the
     * account is known to be the same person, and nothing more.
     */
    public Account inTenant(String tenantId) {
        if (tenantId.equalsIgnoreCase(tenantId())) {
            return this;
        }
        TenantProfile known = profileOf(tenantId);
        TenantProfile other = known == null ? TenantProfile.of(tenantId, "", false) : known;
        return new Account(key, authorityType, other, profiles, null);
    }

    /** The profile of a tenant, ignoring case, or null. */
    public @Nullable TenantProfile profileOf(String tenantId) {
        TenantProfile exact = profiles.get(tenantId);
        if (exact != null) {
            return exact;
        }
        for (TenantProfile candidate : profiles.values()) {
            if (candidate.tenantId().equalsIgnoreCase(tenantId)) {
                return candidate;
            }
        }
        return null;
    }

    /** The same account knowing these profiles too; of two for one tenant the later counts. */
    public Account withProfiles(Collection<TenantProfile> others) {
        Map<String, TenantProfile> all = new LinkedHashMap<>();
        others.forEach(other -> all.put(other.tenantId().toLowerCase(Locale.ROOT), other));
        all.put(tenantId().toLowerCase(Locale.ROOT), profile);
        Map<String, TenantProfile> byTenant = new LinkedHashMap<>();
        all.values().stream().filter(TenantProfile::isHomeTenant).forEach(p -> byTenant.put(p.tenantId(), p));
        all.values().forEach(p -> byTenant.putIfAbsent(p.tenantId(), p));
        return new Account(
                key,
                authorityType,
                profile,
                byTenant.size() == 1 ? Map.copyOf(byTenant) : Collections.unmodifiableMap(byTenant),
                idToken);
    }

    /** The same account with another ID token, or without one. */
    public Account withIdToken(@Nullable Secret other) {
        return Objects.equals(other, idToken) ? this : new Account(key, authorityType, profile, profiles, other);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Account that
                        && key.equals(that.key)
                        && tenantId().equalsIgnoreCase(that.tenantId())
                        && localAccountId().equals(that.localAccountId()));
    }

    @Override
    public int hashCode() {
        return key.hashCode() * 31 + localAccountId().hashCode();
    }

    @Override
    public String toString() {
        return PrintableText.of(
                "Account[" + homeAccountId() + " in tenant '" + tenantId() + "' of " + environment() + "]");
    }
}
