package dev.latchkey.spring.http;

import dev.latchkey.ClientApplication;
import java.util.Map;

/** Tokens of the account that the call names, else of the application's active account: for programs of one person. */
public final class ApplicationTokens implements TokenSource {
    private final ClientApplication application;

    /** Tokens out of this application. */
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
