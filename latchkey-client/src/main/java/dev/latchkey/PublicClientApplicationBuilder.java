package dev.latchkey;

import dev.latchkey.core.Secret;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.interaction.SystemBrowser;
import dev.latchkey.interaction.UserAgent;
import dev.latchkey.internal.Engine;
import dev.latchkey.internal.environment.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Builds a {@link PublicClientApplication}; everything but the client id has a default. */
public final class PublicClientApplicationBuilder extends ClientApplicationBuilder<PublicClientApplicationBuilder> {
    private @Nullable UserAgent userAgent;
    private LoopbackOptions loopback = LoopbackOptions.defaults();
    private Duration interactionTimeout = Duration.ofMinutes(5);
    private ClientAuthentication authentication = ClientAuthentication.none();

    PublicClientApplicationBuilder(String clientId) {
        super(clientId);
    }

    /**
     * The user agent that shows pages to the user. Default: the system browser; where there is none, calls fail with {@code
     * no_browser}. {@link UserAgent#orElse} lets them go on.
     */
    public PublicClientApplicationBuilder userAgent(UserAgent value) {
        this.userAgent = value;
        return this;
    }

    /** The loopback listener that receives the response, and the text of the result page that the user then sees. */
    public PublicClientApplicationBuilder loopback(LoopbackOptions value) {
        this.loopback = value;
        return this;
    }

    /** How long the user may take unless a request says otherwise. Default 5 minutes. */
    public PublicClientApplicationBuilder interactionTimeout(Duration value) {
        this.interactionTimeout = positive(value);
        return this;
    }

    /**
     * The client authentication of a registration that has a secret although the program runs on its users' machines, such
     * as a desktop client of Google. A secret that every user has proves nothing (RFC 8252 section 8.5); the authority just
     * wants it. Default: none.
     */
    public PublicClientApplicationBuilder clientAuthentication(ClientAuthentication value) {
        this.authentication = value;
        return this;
    }

    /** The same with a secret in the form body ({@code client_secret_post}). */
    public PublicClientApplicationBuilder clientSecret(String value) {
        return clientAuthentication(ClientAuthentication.secretPost(Secret.of(value)));
    }

    /** Builds the application. Sends no request. */
    public PublicClientApplication build() {
        UserAgent shower = userAgent == null ? SystemBrowser.create() : userAgent;
        Settings.Interaction interaction = new Settings.Interaction(shower, loopback);
        return new PublicClientApplication(new Engine(settings(authentication, interaction, interactionTimeout)));
    }

    @Override
    boolean isConfidential() {
        return false;
    }

    @Override
    PublicClientApplicationBuilder self() {
        return this;
    }
}
