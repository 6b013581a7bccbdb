package dev.latchkey;

import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.internal.Engine;
import dev.latchkey.internal.environment.Settings;
import java.time.Duration;

/** Builds a {@link ConfidentialClientApplication}. */
public final class ConfidentialClientApplicationBuilder
        extends ClientApplicationBuilder<ConfidentialClientApplicationBuilder> {
    private final ClientAuthentication authentication;

    ConfidentialClientApplicationBuilder(String clientId, ClientAuthentication authentication) {
        super(clientId);
        this.authentication = authentication;
    }

    /** Builds the application. Sends no request. */
    public ConfidentialClientApplication build() {
        Settings.Interaction nobody = new Settings.Interaction(
                page -> {
                    throw new BrowserAuthException(
                            ErrorCodes.NO_BROWSER, "a server has no browser of its own; redirect the person's");
                },
                LoopbackOptions.defaults());
        return new ConfidentialClientApplication(new Engine(settings(authentication, nobody, Duration.ofMinutes(5))));
    }

    @Override
    boolean isConfidential() {
        return true;
    }

    @Override
    ConfidentialClientApplicationBuilder self() {
        return this;
    }
}
