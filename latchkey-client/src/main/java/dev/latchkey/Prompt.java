package dev.latchkey;

/** The field's values of {@code prompt} (OpenID Connect Core 3.1.2.1); any other string is passed on as well. */
public final class Prompt {
    /** The person signs in anew, whatever session there is. */
    public static final String LOGIN = "login";

    /** The person chooses an account. */
    public static final String SELECT_ACCOUNT = "select_account";

    /** The person is asked for consent again. */
    public static final String CONSENT = "consent";

    /** The person is offered to create an account. */
    public static final String CREATE = "create";

    /** Nobody is asked; fails if somebody would have to be. */
    public static final String NONE = "none";

    private Prompt() {}
}
