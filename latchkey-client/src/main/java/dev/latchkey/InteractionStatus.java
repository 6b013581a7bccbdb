package dev.latchkey;

/** What the application is asking the person right now. One interaction runs at a time. */
public enum InteractionStatus {
    /** Nothing: an interactive call may start. */
    NONE,
    /** A token, or a sign-in. */
    ACQUIRE_TOKEN,
    /** The answer to a redirect is being taken in. */
    HANDLE_REDIRECT,
    /** A sign-out. */
    LOGOUT;

    /**
     * The status after an event: the state machine that a user interface follows when it only sees events.
     *
     * @param event what happened
     * @return the new status, or this one if the event changes nothing
     */
    public InteractionStatus after(EventMessage event) {
        boolean interactive = event.interactionType()
                .filter(type -> type != InteractionType.SILENT)
                .isPresent();
        return switch (event.eventType()) {
            case ACQUIRE_TOKEN_START -> interactive ? ACQUIRE_TOKEN : this;
            case ACQUIRE_TOKEN_SUCCESS, ACQUIRE_TOKEN_FAILURE -> interactive ? noneIf(ACQUIRE_TOKEN) : this;
            case HANDLE_REDIRECT_START -> HANDLE_REDIRECT;
            case HANDLE_REDIRECT_END -> noneIf(HANDLE_REDIRECT);
            case LOGOUT_START -> LOGOUT;
            case LOGOUT_END -> noneIf(LOGOUT);
            default -> this;
        };
    }

    private InteractionStatus noneIf(InteractionStatus expected) {
        return this == expected ? NONE : this;
    }
}
