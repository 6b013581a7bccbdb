package dev.latchkey.integration.belonging;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A registered user. The same subject at two issuers is two users.
 *
 * @param owner where the user is registered
 * @param subject the {@code sub}
 * @param localIds the local ids by tenant; empty if there are no tenants
 * @param uid Entra's id across tenants
 * @param utid Entra's home tenant
 */
record Person(String owner, String subject, Map<String, String> localIds, String uid, String utid) {
    /** A user of an issuer without tenants. */
    static Person of(String owner, String subject) {
        return new Person(owner, subject, Map.of(), "", "");
    }

    /** The {@code oid}, otherwise the {@code sub}. */
    String localId(Issuer issuer) {
        return localIds.getOrDefault(issuer.tenant(), subject);
    }

    boolean isIn(Issuer issuer) {
        return localIds.isEmpty() || issuer.isShared() || localIds.containsKey(issuer.tenant());
    }

    String username() {
        return subject + uid + "@" + tag();
    }

    String loginHint() {
        return "hint-" + subject + uid + "-" + tag();
    }

    /** Whether a hint identifies this user. */
    boolean isCalled(@Nullable String hint) {
        return username().equals(hint) || loginHint().equals(hint);
    }

    String sid() {
        return "sid-" + subject + uid + "-" + tag();
    }

    private String tag() {
        return owner.replaceAll("[^a-z0-9]+", ".");
    }

    @Override
    public String toString() {
        return subject + " of " + (utid.isEmpty() ? owner : utid + " (" + uid + ")");
    }
}
