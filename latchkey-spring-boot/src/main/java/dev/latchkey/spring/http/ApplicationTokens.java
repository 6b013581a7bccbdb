package dev.latchkey.spring.http;

import dev.latchkey.ClientApplication;
import java.util.Map;

/**
 * Tokens of the account that the call names, otherwise of the application's active account; for single-user programs.
 */
public final class ApplicationTokens implements TokenSource {
    private final ClientApplication application;

    /** Creates a source of tokens from this application. */
    public ApplicationTokens(ClientApplication application) {
        this.application = application;
    }

    @Override
    public Caller caller(Map<String, Object> attributes) {
        return CallerAttributes.accountOf(attributes)
                .<Caller>map(account -> request -> application.acquireTokenSilent(
                        request.toBuilder().account(account).build()))
                .orElse(application::acquireTokenSilent);
    }
}
