package dev.latchkey;

/** The interaction in progress with the user. One interaction runs at a time. */
public enum InteractionStatus {
    /** None: an interactive call may start. */
    NONE,
    /** A token acquisition or a sign-in. */
    ACQUIRE_TOKEN,
    /** The response to a redirect is being processed. */
    HANDLE_REDIRECT,
    /** A sign-out. */
    LOGOUT;

    /**
     * The status after an event: the state machine for a user interface that sees only events.
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
