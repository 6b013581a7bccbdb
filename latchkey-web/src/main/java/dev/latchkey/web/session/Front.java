package dev.latchkey.web.session;

import dev.latchkey.core.account.PartitionKey;

/**
 * The names of a front's blobs in a store. The fronts of one application share the list of each account's sessions,
 * because they share its tokens and must not remove tokens that another front uses.
 *
 * @param application distinguishes the fronts of one client id
 * @param name distinguishes a front from all others in the same store; contains no hyphen
 */
public record Front(String application, String name) {
    private static final String SESSION = "web-session-";

    /** The front of an application with an authority at a path. */
    public static Front of(String clientId, String authority, String pathPrefix) {
        return new Front(SessionId.shortDigest(clientId), SessionId.shortDigest(clientId, authority, pathPrefix));
    }

    /** The name of this front's session in the list of its accounts' sessions. */
    String nameOf(SessionId id) {
        return name + "-" + id.digest();
    }

    PartitionKey keyOf(SessionId id) {
        return keyOf(nameOf(id));
    }

    /** The key of any front's session by its name in that list. */
    static PartitionKey keyOf(String session) {
        return PartitionKey.blob(SESSION + session);
    }

    PartitionKey sessionsOf(AccountRef account) {
        return PartitionKey.blob("web-account-" + application + "-"
                + SessionId.digest(account.key().value()));
    }

    /** The key of the blob with the secret that seals this front's cookies. */
    PartitionKey keyOfKey() {
        return PartitionKey.blob("web-key-" + name);
    }

    /** The key of a slot of claims; sign-ins that members started have slots of their own. */
    PartitionKey keyOfClaims(boolean ofMembers, int slot) {
        return PartitionKey.blob("web-claims-" + name + (ofMembers ? "-member-" : "-stranger-") + slot);
    }

    /** The prefix of the keys of this front's sessions; a digest follows. */
    String prefix() {
        return SESSION + name + "-";
    }
}
