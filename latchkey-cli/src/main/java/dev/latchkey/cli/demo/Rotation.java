package dev.latchkey.cli.demo;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.Futures;
import dev.latchkey.authority.GrantType;
import dev.latchkey.core.Secret;
import java.util.Optional;

/** Renewal on request; each refresh token is used only once. */
final class Rotation implements Step {
    @Override
    public String title() {
        return "Renewal on request";
    }

    @Override
    public String about() {
        return "An API may reject a token that has not expired; the program then requests another. Each refresh token"
                + " can be used only once; a second use would end the session.";
    }

    @Override
    public void play(Stage stage, Story story) {
        Optional<Secret> before = stage.refreshToken();
        story.call("acquireTokenSilent(User.Read, forceRefresh)");
        AuthenticationResult result = Futures.await(stage.app()
                .acquireTokenSilent(stage.silently("User.Read").forceRefresh().build()));
        story.fact("token", result.tokenType() + " for " + result.scopes() + ", until " + result.expiresOn());
        story.promise("the token came from the network", false, result.fromCache());
        story.promise("one token request", 1L, stage.traffic().tokenRequests(GrantType.REFRESH_TOKEN));
        story.promise(
                "the refresh token was used once and replaced",
                before.isPresent() && !before.equals(stage.refreshToken()));
    }
}
