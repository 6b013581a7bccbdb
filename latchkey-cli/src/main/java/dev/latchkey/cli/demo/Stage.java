package dev.latchkey.cli.demo;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.Futures;
import dev.latchkey.PopupRequest;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.SilentRequest;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.http.JdkHttpTransport;
import dev.latchkey.interaction.UserAgent;
import dev.latchkey.store.MemoryTokenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The participants of the demo: an authority, an API, a program, a user, and a clock that all of them share. */
final class Stage implements AutoCloseable {
    static final String CLIENT_ID = LocalAuthority.DEFAULT_CLIENT_ID;
    static final String USER = "alice@contoso.example";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final VirtualClock clock = VirtualClock.atPresent();
    private final LocalAuthority authority =
            LocalAuthority.builder().clock(clock).start();
    private final MemoryTokenStore store =
            MemoryTokenStore.builder().clock(clock).build();
    private final JdkHttpTransport network = JdkHttpTransport.create();
    private final Traffic traffic = new Traffic(authority);
    private final Person person;
    private final PublicClientApplication app;
    private @Nullable AuthenticationResult signedIn;

    Stage(Optional<UserAgent> browser, Story story) {
        this.person = new Person(browser, authority.person(USER), story);
        this.app = PublicClientApplication.builder(CLIENT_ID)
                .authority(authority.oidcIssuer().toString())
                .clock(clock)
                .store(store)
                .userAgent(person)
                .build();
    }

    LocalAuthority authority() {
        return authority;
    }

    PublicClientApplication app() {
        return app;
    }

    VirtualClock clock() {
        return clock;
    }

    Person person() {
        return person;
    }

    Traffic traffic() {
        return traffic;
    }

    /** The result of the first sign-in. */
    AuthenticationResult signedIn() {
        if (signedIn == null) {
            throw new IllegalStateException("nobody has signed in yet");
        }
        return signedIn;
    }

    void signedIn(AuthenticationResult result) {
        signedIn = result;
    }

    Account account() {
        return signedIn().account().orElseThrow();
    }

    /** A silent request for the signed-in account. */
    SilentRequest.Builder silently(String scope) {
        return SilentRequest.builder(scope).account(account());
    }

    /** The refresh token in the store, used only for comparison and to show that it is no longer valid. */
    Optional<Secret> refreshToken() {
        return Optional.ofNullable(
                        store.read(account().partitionKey()).partition().refreshToken(CLIENT_ID))
                .map(RefreshTokenEntry::secret);
    }

    /** Runs an interaction and waits for its end. */
    AuthenticationResult popup(PopupRequest request) {
        CompletableFuture<AuthenticationResult> future = app.acquireTokenPopup(request);
        person.ifStuck(() -> future.cancel(true));
        try {
            return Futures.await(future);
        } catch (CancellationException e) {
            throw new BrokenPromiseException(
                    "the scripted user could not continue: " + person.failure().orElse("cancelled"));
        }
    }

    /** Sends a message without the library, as the API's caller or a thief would. */
    HttpAnswer send(HttpMessage message) {
        try {
            return network.send(message, PATIENCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        app.close();
        authority.close();
    }
}
