package dev.latchkey;

/** Common values of {@code prompt} (OpenID Connect Core 3.1.2.1); any other string is passed on unchanged. */
public final class Prompt {
    /** The user signs in again, even if there is a session. */
    public static final String LOGIN = "login";

    /** The user chooses an account. */
    public static final String SELECT_ACCOUNT = "select_account";

    /** The user is asked for consent again. */
    public static final String CONSENT = "consent";

    /** The user is offered to create an account. */
    public static final String CREATE = "create";

    /** No interaction; fails if interaction is required. */
    public static final String NONE = "none";

    private Prompt() {}
}
