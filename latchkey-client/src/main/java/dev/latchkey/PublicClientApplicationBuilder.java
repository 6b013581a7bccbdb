package dev.latchkey;

import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.interaction.SystemBrowser;
import dev.latchkey.interaction.UserAgent;
import dev.latchkey.internal.Engine;
import dev.latchkey.internal.environment.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link PublicClientApplication} is built with; everything but the client id has a default. */
public final class PublicClientApplicationBuilder extends ClientApplicationBuilder<PublicClientApplicationBuilder> {
    private @Nullable UserAgent userAgent;
    private LoopbackOptions loopback = LoopbackOptions.defaults();
    private Duration interactionTimeout = Duration.ofMinutes(5);

    PublicClientApplicationBuilder(String clientId) {
        super(clientId);
    }

    /** What shows pages to the person. Default: the system browser. */
    public PublicClientApplicationBuilder userAgent(UserAgent value) {
        this.userAgent = value;
        return this;
    }

    /** Where the answer comes back, and the words of the page that the person sees then. */
    public PublicClientApplicationBuilder loopback(LoopbackOptions value) {
        this.loopback = value;
        return this;
    }

    /** How long the person may take unless a request says otherwise. Default 5 minutes. */
    public PublicClientApplicationBuilder interactionTimeout(Duration value) {
        this.interactionTimeout = positive(value);
        return this;
    }

    /** The application. Asks nothing of the network. */
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
