package dev.latchkey.core.cache;

import java.time.Instant;

/**
 * What an application keeps beside its tokens, such as a web session: the store protects it as it does tokens, and
 * forgets it when its time is over. Rests in a partition of its own ({@link
 * dev.latchkey.core.account.PartitionKey#blob}).
 *
 * @param text what the application wrote; a secret
 * @param expiresOn when it expires; kept in whole seconds
 */
public record Blob(String text, Instant expiresOn) {
    /** Without the text, which is a secret. */
    @Override
    public String toString() {
        return "Blob[until " + expiresOn + "]";
    }
}
