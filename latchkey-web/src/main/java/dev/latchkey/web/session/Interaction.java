package dev.latchkey.web.session;

import dev.latchkey.core.Secret;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in that a page began: under way, being taken in, or ended and waiting to be fetched by the page.
 *
 * @param id the page's name for it
 * @param type how the page shows it
 * @param state the {@code state} that the authority brings back
 * @param saved what the engine needs to take the answer in; null once the answer came
 * @param returnTo where a redirect ends; null for the other types
 * @param expected who alone may come back; null if anybody may
 * @param stepUp what the person is asked to do beyond signing in; null if nothing
 * @param outcome what the page gets, status and JSON; null until it has ended
 * @param expiresOn when it is forgotten
 */
public record Interaction(
        String id,
        Type type,
        String state,
        @Nullable Secret saved,
        @Nullable String returnTo,
        @Nullable AccountRef expected,
        @Nullable StepUp stepUp,
        @Nullable Outcome outcome,
        Instant expiresOn) {
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

    /**
     * How it ended.
     *
     * @param status the HTTP status
     * @param json the body; may hold tokens
     * @param account whose tokens; null if it holds none
     */
    public record Outcome(int status, String json, @Nullable AccountRef account) {
        @Override
        public String toString() {
            return "Outcome[" + status + "]";
        }
    }

    /** Whether the answer may still come. */
    public boolean isWaiting() {
        return saved != null;
    }

    /** The same, with its answer being taken in: no other answer counts any more. */
    Interaction claimed() {
        return new Interaction(id, type, state, null, returnTo, expected, stepUp, null, expiresOn);
    }

    /** The same, ended. */
    Interaction ended(Outcome with, Instant fetchUntil) {
        return new Interaction(id, type, state, null, returnTo, expected, null, with, fetchUntil);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "Interaction[" + type + (isWaiting() ? ", waiting]" : "]");
    }
}
