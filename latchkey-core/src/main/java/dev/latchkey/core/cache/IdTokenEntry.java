package dev.latchkey.core.cache;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.TokenClaims;
import dev.latchkey.core.json.JsonObject;

/**
 * A cached ID token, verified before it was stored.
 *
 * @param clientId the client it was issued to
 * @param realm the tenant it speaks for; empty where the authority has none
 * @param secret the token
 */
public record IdTokenEntry(String clientId, String realm, Secret secret) {
    /** The claims, decoded on each call: keep the result if you need it twice. */
    public JsonObject claims() {
        return TokenClaims.ofStored(secret);
    }

    /** Whether both are about one subject; a text that is no ID token is about nobody in particular. */
    boolean isOfSameSubjectAs(IdTokenEntry other) {
        String subject = claims().string("sub");
        String otherSubject = other.claims().string("sub");
        return subject == null || otherSubject == null || subject.equals(otherSubject);
    }

    /** Whether one takes the other's place. */
    boolean isFor(String client, String tenant) {
        return clientId.equals(client) && realm.equalsIgnoreCase(tenant);
    }

    @Override
    public String toString() {
        return PrintableText.of("IdTokenEntry[" + clientId + " in '" + realm + "']");
    }
}
