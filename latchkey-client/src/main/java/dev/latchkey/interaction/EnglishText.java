package dev.latchkey.interaction;

import dev.latchkey.interaction.ResultPage.Outcome;

/** The words used when an application brings none of its own. */
final class EnglishText {
    private EnglishText() {}

    static ResultText of(Outcome outcome, String applicationName) {
        return new ResultText("en", applicationName, title(outcome), message(outcome), advice(outcome));
    }

    private static String title(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> "You are signed in";
            case SIGNED_OUT -> "You are signed out";
            case REFUSED -> "Sign-in was cancelled";
            case FAILED -> "Sign-in did not work";
            case ALREADY_USED -> "This sign-in is already done";
            case NOT_EXPECTED -> "Nobody is waiting for this sign-in";
            case ENDED -> "Please look at the application";
        };
    }

    private static String message(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> "The application has what it needs and goes on by itself.";
            case SIGNED_OUT -> "The application has forgotten your account.";
            case REFUSED -> "Access was not granted, so the application received nothing.";
            case FAILED -> "You did your part, but the application could not finish. It received no access.";
            case ALREADY_USED -> "The application took this answer a moment ago. It counts only once.";
            case NOT_EXPECTED ->
                "This page was opened with an answer that does not belong to the sign-in in progress. "
                        + "It may come from an older tab. It was ignored.";
            case ENDED ->
                "The application is no longer waiting here, or needs more time. It knows how this sign-in ended.";
        };
    }

    private static String advice(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS, SIGNED_OUT, ALREADY_USED, ENDED -> "You can close this tab and return to the application.";
            case REFUSED ->
                "If you did not mean this, return to the application and sign in again. " + "You can close this tab.";
            case FAILED ->
                "Return to the application and try again. If it happens again, pass the lines above on to "
                        + "whoever looks after the application.";
            case NOT_EXPECTED -> "Close this tab and go on in the newest one, or start again from the application.";
        };
    }
}
