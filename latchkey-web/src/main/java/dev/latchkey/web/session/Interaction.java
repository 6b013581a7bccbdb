package dev.latchkey.web.session;

import dev.latchkey.core.Secret;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in in progress that a page started.
 *
 * @param id the page's id for it
 * @param type how the page shows it
 * @param state the {@code state} that the authority returns
 * @param saved what the engine needs to process the response
 * @param returnTo where a redirect ends; null for the other types
 * @param expected the only account that may sign in; null for any
 * @param stepUp what is required of the user beyond signing in; null if nothing
 * @param isOfMember whether it was started in a session with a signed-in user
 * @param expiresOn when it expires
 */
public record Interaction(
        String id,
        Type type,
        String state,
        Secret saved,
        @Nullable String returnTo,
        @Nullable AccountRef expected,
        @Nullable StepUp stepUp,
        boolean isOfMember,
        Instant expiresOn)
        implements Kept {
    /** How the page shows it. */
    public enum Type {
        POPUP,
        REDIRECT,
        FRAME;

        /** The type with the name that the page uses. */
        public static Optional<Type> named(String name) {
            return switch (name) {
                case "popup" -> Optional.of(POPUP);
                case "redirect" -> Optional.of(REDIRECT);
                case "frame" -> Optional.of(FRAME);
                default -> Optional.empty();
            };
        }
    }

    /** Omits secrets. */
    @Override
    public String toString() {
        return "Interaction[" + type + "]";
    }
}
