package dev.latchkey.cli.demo;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.PopupRequest;
import dev.latchkey.authority.GrantType;
import dev.latchkey.core.http.Parameters;
import java.net.URI;
import java.util.Objects;

/** The user signs in, in a browser that the program cannot observe. */
final class SignIn implements Step {
    @Override
    public String title() {
        return "Interactive sign-in";
    }

    @Override
    public String about() {
        return "The program opens the authority's own page and waits for the response on a loopback port.";
    }

    @Override
    public void play(Stage stage, Story story) {
        story.call("acquireTokenPopup(User.Read)");
        AuthenticationResult result = stage.popup(PopupRequest.of("User.Read"));
        stage.signedIn(result);
        URI asked = stage.person().lastAsked();
        Parameters request = Parameters.decode(asked.getRawQuery());
        show(asked, request, story);
        story.fact("signed in", result.account().orElseThrow().username());
        story.fact("token", result.tokenType() + " for " + result.scopes() + ", until " + result.expiresOn());
        story.promise("PKCE is S256 (RFC 7636)", "S256", request.get("code_challenge_method"));
        story.promise(
                "the code came by form post, and was never part of an address",
                "form_post",
                request.get("response_mode"));
        story.promise("one code was redeemed once", 1L, stage.traffic().tokenRequests(GrantType.AUTHORIZATION_CODE));
        story.promise("the token came from the network", false, result.fromCache());
    }

    private static void show(URI asked, Parameters request, Story story) {
        story.fact("endpoint", asked.toString().split("\\?", 2)[0]);
        story.fact("client", value(request, "client_id"));
        story.fact("scopes", value(request, "scope"));
        story.fact("response goes to", value(request, "redirect_uri") + " by " + value(request, "response_mode"));
        story.fact("PKCE", value(request, "code_challenge_method") + "; the verifier stays in the program");
        story.fact("state", drawn(request, "state"));
        story.fact("nonce", drawn(request, "nonce"));
    }

    private static String drawn(Parameters request, String name) {
        return value(request, name).length() + " characters, random for each request";
    }

    private static String value(Parameters request, String name) {
        return Objects.requireNonNullElse(request.get(name), "");
    }
}
