package dev.latchkey.authority.problem;

/** A request that gets an error answer. Carries no stack trace: it is an answer, not a fault of the authority. */
public final class OAuthException extends Exception {
    private final Problem problem;

    OAuthException(Problem problem, String reason) {
        super(reason, null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** What a developer reads. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
