package dev.latchkey;

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

    PublicClientApplicationBuilder(String clientId) {
        super(clientId);
    }

    /** The user agent that shows pages to the user. Default: the system browser. */
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

    /** Builds the application. Sends no request. */
    public PublicClientApplication build() {
        UserAgent shower = userAgent == null ? SystemBrowser.create() : userAgent;
        Settings.Interaction interaction = new Settings.Interaction(shower, loopback);
        return new PublicClientApplication(
                new Engine(settings(ClientAuthentication.none(), interaction, interactionTimeout)));
    }

    @Override
    PublicClientApplicationBuilder self() {
        return this;
    }
}
