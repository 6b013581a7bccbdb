package dev.latchkey.web.session;

import dev.latchkey.core.Secret;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in that a page began and that is under way.
 *
 * @param id the page's name for it
 * @param type how the page shows it
 * @param state the {@code state} that the authority brings back
 * @param saved what the engine needs to take the answer in
 * @param returnTo where a redirect ends; null for the other types
 * @param expected who alone may come back; null if anybody may
 * @param stepUp what the person is asked to do beyond signing in; null if nothing
 * @param isOfMember whether it was begun in a session through which somebody had signed in
 * @param expiresOn when it has taken too long
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

        /** The type that the page calls by this name. */
        public static Optional<Type> named(String name) {
            return switch (name) {
                case "popup" -> Optional.of(POPUP);
                case "redirect" -> Optional.of(REDIRECT);
                case "frame" -> Optional.of(FRAME);
                default -> Optional.empty();
            };
        }
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "Interaction[" + type + "]";
    }
}
