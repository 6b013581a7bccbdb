package dev.latchkey.core.account;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account's profile in one tenant, taken from the claims of its newest ID token.
 *
 * @param tenantId the tenant: {@code tid}, for B2C the policy; empty if the authority has no tenants
 * @param localAccountId the account's id within the tenant: at Microsoft's authorities {@code oid}, else {@code sub}
 * @param username {@code preferred_username}, else {@code upn}, else the first of {@code emails}, else {@code email}
 * @param name {@code name}
 * @param isHomeTenant whether the account was created in this tenant
 * @param loginHint {@code login_hint}, opaque; identifies the session's account to the authority
 * @param sid {@code sid}, the session at the authority
 * @param upn {@code upn}
 * @param emails {@code emails} and {@code email}
 */
public record TenantProfile(
        String tenantId,
        String localAccountId,
        @Nullable String username,
        @Nullable String name,
        boolean isHomeTenant,
        @Nullable String loginHint,
        @Nullable String sid,
        @Nullable String upn,
        List<String> emails) {

    /**
     * Copies the list, and shares one copy of the tenant id, which many users have in common and every look-up
     * compares.
     */
    public TenantProfile {
        tenantId = tenantId.intern();
        emails = List.copyOf(emails);
    }

    /** Creates a profile with known ids only. */
    public static TenantProfile of(String tenantId, String localAccountId, boolean isHomeTenant) {
        return new TenantProfile(tenantId, localAccountId, null, null, isHomeTenant, null, null, null, List.of());
    }

    /** Creates the profile that the claims of a verified ID token describe. */
    public static TenantProfile fromClaims(
            AuthorityType type, String tenantId, boolean isHomeTenant, JsonObject claims) {
        List<String> emails = emails(claims);
        String subject = claims.string("sub", "");
        return new TenantProfile(
                tenantId,
                type == AuthorityType.MSSTS ? claims.string("oid", subject) : subject,
                username(claims, emails),
                text(claims, "name"),
                isHomeTenant,
                text(claims, "login_hint"),
                text(claims, "sid"),
                text(claims, "upn"),
                emails);
    }

    /** A copy under another name of the tenant. */
    public TenantProfile inTenant(String other) {
        return new TenantProfile(other, localAccountId, username, name, isHomeTenant, loginHint, sid, upn, emails);
    }

    private static @Nullable String username(JsonObject claims, List<String> emails) {
        String preferred = text(claims, "preferred_username");
        String upn = text(claims, "upn");
        if (preferred != null) {
            return preferred;
        }
        if (upn != null) {
            return upn;
        }
        return emails.isEmpty() ? null : emails.get(0);
    }

    private static List<String> emails(JsonObject claims) {
        List<String> several = claims.strings("emails");
        String one = text(claims, "email");
        return several.isEmpty() && one != null ? List.of(one) : several;
    }

    private static @Nullable String text(JsonObject claims, String name) {
        String value = claims.string(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** Ids only, like {@link Account#toString()}. */
    @Override
    public String toString() {
        return PrintableText.of("TenantProfile[" + localAccountId + " in tenant '" + tenantId + "']");
    }
}
