package dev.latchkey.cli.demo;

import dev.latchkey.LogoutRequest;
import dev.latchkey.PopupRequest;
import dev.latchkey.Prompt;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import java.net.URI;

/** Ends the local session and that at the authority. */
final class SignOut implements Step {
    @Override
    public String title() {
        return "Sign-out";
    }

    @Override
    public String about() {
        return "The refresh token is revoked, the local tokens are removed, and the session at the authority ends.";
    }

    @Override
    public void play(Stage stage, Story story) {
        Account account = stage.account();
        Secret copy = stage.refreshToken().orElseThrow();
        story.call("logout(" + account.username() + ")");
        URI page = stage.app().blocking().logout(LogoutRequest.of(account));
        story.fact("session ends at", page.toString().split("\\?", 2)[0]);
        stage.person().goTo(page);

        nothingIsLeftHere(stage, story, account);
        if (stage.person().isScripted()) {
            sessionIsOver(stage, story);
        }
        HttpAnswer answer = stage.send(redemption(stage, copy));
        story.promise("a copy of the refresh token is rejected: invalid_grant", "invalid_grant", errorOf(answer));
    }

    private static void nothingIsLeftHere(Stage stage, Story story, Account account) {
        story.promise("no account is left", 0, stage.app().blocking().accounts().size());
        SilentRequest request =
                SilentRequest.builder("User.Read").account(account).build();
        AuthException error = Failures.of(stage.app().acquireTokenSilent(request));
        story.promise(
                "no token can be acquired silently: no_tokens_found", ErrorCodes.NO_TOKENS_FOUND, error.errorCode());
    }

    /** Requests a sign-in without user interaction, which succeeds only while a session exists. */
    private static void sessionIsOver(Stage stage, Story story) {
        PopupRequest unseen =
                PopupRequest.builder("User.Read").prompt(Prompt.NONE).build();
        AuthException error = Failures.of(stage.app().acquireTokenPopup(unseen));
        story.promise(
                "the session at the authority has ended: login_required", ErrorCodes.LOGIN_REQUIRED, error.errorCode());
    }

    /** The request that a thief with a copy of the token would send. */
    private static HttpMessage redemption(Stage stage, Secret refreshToken) {
        return HttpMessage.post(
                URI.create(stage.authority().oidcIssuer() + "/token"),
                Parameters.builder()
                        .set("grant_type", "refresh_token")
                        .set("client_id", Stage.CLIENT_ID)
                        .set("refresh_token", refreshToken.reveal())
                        .build());
    }

    private static String errorOf(HttpAnswer answer) {
        try {
            return Json.parseObject(answer.body()).string("error", "none");
        } catch (JsonException e) {
            return "no JSON";
        }
    }
}
