package dev.latchkey;

import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.internal.Engine;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * A confidential client (RFC 6749 section 2.1): a server that holds a secret of its own and signs people in by redirect.
 * It has no active account, for it serves many people: every request names one. Make one per server and keep it; it is
 * thread-safe and asks nothing of the network until a call needs it. Threads and failures are those of {@link
 * PublicClientApplication}.
 */
public final class ConfidentialClientApplication implements ClientApplication {
    private final Engine engine;

    ConfidentialClientApplication(Engine engine) {
        this.engine = engine;
    }

    /** Starts an application that shows its secret in the form ({@code client_secret_post}). */
    public static ConfidentialClientApplicationBuilder builder(String clientId, String clientSecret) {
        return builder(clientId, ClientAuthentication.secretPost(Secret.of(clientSecret)));
    }

    /** Starts an application that shows who it is in a way of its own. */
    public static ConfidentialClientApplicationBuilder builder(String clientId, ClientAuthentication authentication) {
        return new ConfidentialClientApplicationBuilder(clientId, authentication);
    }

    @Override
    public CompletableFuture<AuthenticationResult> acquireTokenSilent(SilentRequest request) {
        return engine.silent().acquire(request);
    }

    @Override
    public CompletableFuture<RedirectSignIn> acquireTokenRedirect(RedirectRequest request) {
        return engine.redirect(request);
    }

    @Override
    public CompletableFuture<AuthenticationResult> handleRedirect(Secret signIn, Parameters answer) {
        return engine.handleRedirect(signIn, answer);
    }

    @Override
    public CompletableFuture<JsonObject> userInfo(AuthenticationResult result) {
        return engine.userInfo().about(result);
    }

    @Override
    public List<Account> accounts(AccountFilter filter) {
        return engine.accounts().accounts(filter);
    }

    @Override
    public List<Account> accounts(PartitionKey key) {
        return engine.accounts().accounts(key);
    }

    @Override
    public Optional<Account> account(AccountFilter filter) {
        return engine.accounts().account(filter);
    }

    @Override
    public CompletableFuture<URI> logout(LogoutRequest request) {
        return engine.logout(request);
    }

    @Override
    public CompletableFuture<Optional<URI>> endSessionUri(LogoutRequest request) {
        return engine.endSessionUri(request);
    }

    @Override
    public void clearCache(Account account) {
        engine.clear(account);
    }

    @Override
    public String addEventCallback(Consumer<EventMessage> callback, EventType... types) {
        return engine.events().add(callback, types);
    }

    @Override
    public void removeEventCallback(String id) {
        engine.events().remove(id);
    }

    @Override
    public Flow.Publisher<EventMessage> events() {
        return engine.events().publisher();
    }

    @Override
    public String clientId() {
        return engine.settings().identity().clientId();
    }

    @Override
    public String authority() {
        return engine.settings().identity().authority().toString();
    }

    @Override
    public void close() {
        engine.close();
    }
}
