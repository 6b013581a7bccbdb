package dev.latchkey.core.account;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Secret;
import dev.latchkey.core.discovery.IssuerBinding;
import dev.latchkey.core.json.JsonObject;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user's account as seen in one tenant. Immutable and thread-safe; may be kept and used as a map key. {@link
 * #toString()} shows ids only.
 *
 * <p>Two accounts are equal if home account id, environment, tenant and local account id are equal; names, hints and
 * claims do not count because they change from one token to the next. Environment and tenant compare ignoring case.
 */
public final class Account {
    private final PartitionKey key;
    private final AuthorityType authorityType;
    private final TenantProfile profile;
    private final String tenantId;
    private final Map<String, TenantProfile> profiles;
    private final @Nullable Secret idToken;
    private final @Nullable IssuerBinding binding;

    private Account(
            Origin origin, TenantProfile profile, Map<String, TenantProfile> profiles, @Nullable Secret idToken) {
        this.key = origin.key;
        this.authorityType = origin.type;
        this.binding = origin.binding;
        this.profile = profile;
        this.tenantId = profile.tenantId();
        this.profiles = profiles;
        this.idToken = idToken;
    }

    /** What is the same for an account in all its tenants. */
    private record Origin(
            PartitionKey key, AuthorityType type, @Nullable IssuerBinding binding) {}

    /**
     * Creates the account that a verified ID token describes.
     *
     * @param at where the user signed in
     * @param hint the response's {@code client_info}, if it had one; used only as far as the claims agree
     * @param claims the verified claims
     * @param idToken the verified ID token, or null if it is not to be kept
     * @throws IllegalArgumentException if {@code sub} does not name the account
     */
    public static Account of(
            AccountAuthority at, @Nullable ClientInfo hint, JsonObject claims, @Nullable Secret idToken) {
        return of(PartitionKey.user(at.environment(), HomeAccountId.of(at, hint, claims)), at, hint, claims)
                .withIdToken(idToken);
    }

    /** Creates the account that a verified ID token describes, for a known partition key. */
    public static Account of(PartitionKey key, AccountAuthority at, @Nullable ClientInfo hint, JsonObject claims) {
        String tenant = Tenants.of(at, claims);
        ClientInfo believed = hint != null && Tenants.agrees(at, hint, claims) ? hint : null;
        AuthorityType type = AuthorityType.of(at.kind());
        TenantProfile profile = TenantProfile.fromClaims(type, tenant, Tenants.isHome(at, believed, tenant), claims);
        return of(key, type, profile, null).withBinding(at.binding());
    }

    /** The home account id of a plain provider's account, from its issuer and subject. */
    public static String plainId(String issuer, String subject) {
        return HomeAccountId.of(issuer, subject);
    }

    /** Creates an account with one tenant profile and no recorded issuer. */
    public static Account of(PartitionKey key, AuthorityType type, TenantProfile profile, @Nullable Secret idToken) {
        if (key.kind() != PartitionKey.Kind.USER) {
            throw new IllegalArgumentException("an account needs the key of a person");
        }
        return new Account(new Origin(key, type, null), profile, Map.of(profile.tenantId(), profile), idToken);
    }

    /** The account's id across tenants. */
    public String homeAccountId() {
        return key.id();
    }

    /** The authority's host that names the cache environment, in lower case. */
    public String environment() {
        return key.environment();
    }

    /** The key under which a store keeps everything of this account. The same object on every call. */
    public PartitionKey partitionKey() {
        return key;
    }

    /** The tenant in which the account is seen; for B2C the policy; empty if the authority has no tenants. */
    public String tenantId() {
        return tenantId;
    }

    /** The account's id within that tenant; empty if no token was ever issued there. */
    public String localAccountId() {
        return profile.localAccountId();
    }

    /** The name by which users recognise the account, not an identifier; empty if the authority supplied none. */
    public String username() {
        String username = profile.username();
        return username == null ? "" : username;
    }

    /** The user's display name. */
    public Optional<String> name() {
        return Optional.ofNullable(profile.name());
    }

    /** The opaque hint that identifies this account to the authority. */
    public Optional<String> loginHint() {
        return Optional.ofNullable(profile.loginHint());
    }

    /** The id of the session at the authority. */
    public Optional<String> sid() {
        return Optional.ofNullable(profile.sid());
    }

    /** The kind of authority that the account comes from. */
    public AuthorityType authorityType() {
        return authorityType;
    }

    /** The issuer that the account and its tokens are bound to; empty if it was not recorded when they were stored. */
    public Optional<IssuerBinding> issuerBinding() {
        return Optional.ofNullable(binding);
    }

    /** A copy that is bound to an issuer. */
    public Account withBinding(@Nullable IssuerBinding other) {
        return Objects.equals(other, binding)
                ? this
                : new Account(new Origin(key, authorityType, other), profile, profiles, idToken);
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
     * This account in another tenant. If no token was issued there yet, local id, names and claims are empty: nothing
     * is known except that it is the same account.
     */
    public Account inTenant(String tenantId) {
        if (tenantId.equalsIgnoreCase(tenantId())) {
            return this;
        }
        TenantProfile known = profileOf(tenantId);
        TenantProfile other = known == null ? TenantProfile.of(tenantId, "", false) : known;
        return new Account(origin(), other, profiles, null);
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

    /** A copy with these profiles added; of two profiles for one tenant the later one applies. */
    public Account withProfiles(Collection<TenantProfile> others) {
        Map<String, TenantProfile> all = new LinkedHashMap<>();
        others.forEach(other -> all.put(LowerCase.of(other.tenantId()), other));
        all.put(LowerCase.of(tenantId()), profile);
        Map<String, TenantProfile> byTenant = new LinkedHashMap<>();
        all.values().stream().filter(TenantProfile::isHomeTenant).forEach(p -> byTenant.put(p.tenantId(), p));
        all.values().forEach(p -> byTenant.putIfAbsent(p.tenantId(), p));
        return new Account(
                origin(),
                profile,
                byTenant.size() == 1 ? Map.copyOf(byTenant) : Collections.unmodifiableMap(byTenant),
                idToken);
    }

    /** A copy with another ID token, or without one. */
    public Account withIdToken(@Nullable Secret other) {
        return Objects.equals(other, idToken) ? this : new Account(origin(), profile, profiles, other);
    }

    private Origin origin() {
        return new Origin(key, authorityType, binding);
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
