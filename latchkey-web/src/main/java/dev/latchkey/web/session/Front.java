package dev.latchkey.web.session;

import dev.latchkey.core.account.PartitionKey;

/**
 * What one front calls its blobs in a store. Fronts of one application share the list of an account's sessions: they
 * share its tokens too, and none may remove what another one uses.
 *
 * @param application tells the fronts of one client id from those of another
 * @param name tells a front from all others in the same store; without hyphen
 */
public record Front(String application, String name) {
    private static final String SESSION = "web-session-";

    /** The front of an application, by its authority, under a path. */
    public static Front of(String clientId, String authority, String pathPrefix) {
        return new Front(SessionId.shortDigest(clientId), SessionId.shortDigest(clientId, authority, pathPrefix));
    }

    /** A session of this front as the list of its accounts' sessions names it. */
    String nameOf(SessionId id) {
        return name + "-" + id.digest();
    }

    PartitionKey keyOf(SessionId id) {
        return keyOf(nameOf(id));
    }

    /** Of a session of any front, by the name that the list has. */
    static PartitionKey keyOf(String session) {
        return PartitionKey.blob(SESSION + session);
    }

    PartitionKey sessionsOf(AccountRef account) {
        return PartitionKey.blob("web-account-" + application + "-"
                + SessionId.digest(account.key().value()));
    }

    /** Where the key is by which this front seals what browsers keep for it. */
    PartitionKey keyOfKey() {
        return PartitionKey.blob("web-key-" + name);
    }

    /** Where sign-ins are noted that were answered, apart for people who were signed in when they began. */
    PartitionKey keyOfClaims(boolean ofMembers, int slot) {
        return PartitionKey.blob("web-claims-" + name + (ofMembers ? "-member-" : "-stranger-") + slot);
    }

    /** What the keys of this front's sessions begin with; their digest follows. */
    String prefix() {
        return SESSION + name + "-";
    }
}
