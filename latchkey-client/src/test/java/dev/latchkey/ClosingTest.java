package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A closed application leaves nothing behind: no thread, no descriptor, no deadline, nobody who waits. */
@Timeout(300)
class ClosingTest {
    private static final int MANY = 100;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void manyApplications_openAtOnceAndClosed_leaveNoThreadsAndDescriptors() {
        bench.signIn();
        int threads = clientThreads();
        int files = openFiles();

        PublicClientApplication[] apps = new PublicClientApplication[MANY];
        for (int i = 0; i < MANY; i++) {
            apps[i] = PublicClientApplication.builder("app " + i)
                    .authority(bench.idp.entraAuthority("contoso").toString(), AuthorityKind.ENTRA)
                    .executor(Runnable::run)
                    .build();
            Face.join(apps[i].acquireTokenRedirect(RedirectRequest.of(URI.create("http://127.0.0.1/"), "openid")));
        }
        assertThat(clientThreads()).as("threads of open ones").isLessThan(threads + MANY / 4);
        for (PublicClientApplication app : apps) {
            app.close();
        }

        settlesAt(ClosingTest::clientThreads, threads + 2);
        settlesAt(ClosingTest::openFiles, files + 8);
    }

    @Test
    void close_whileThePersonIsAsked_endsThatAndFreesThePort() {
        CompletableFuture<URI> shown = new CompletableFuture<>();
        PublicClientApplication app = bench.application(it -> it.userAgent(shown::complete));
        CompletableFuture<AuthenticationResult> popup = app.acquireTokenPopup(PopupRequest.of("User.Read"));
        URI redirect = URI.create(
                dev.latchkey.core.http.Parameters.decode(Face.join(shown).getRawQuery())
                        .get("redirect_uri"));

        app.close();

        assertThatThrownBy(() -> Face.join(popup))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.USER_CANCELLED));
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
        assertThat(bench.scheduler.pending()).isZero();
        awaits(() -> isFree(redirect));
    }

    @Test
    void close_whileADeviceWaits_endsThePolling() {
        CompletableFuture<Object> prompted = new CompletableFuture<>();
        CompletableFuture<AuthenticationResult> call =
                bench.app.acquireTokenByDeviceCode(DeviceCodeRequest.of(Scopes.of("User.Read"), prompted::complete));
        Face.join(prompted);

        bench.app.close();

        assertThatThrownBy(() -> Face.join(call)).isInstanceOf(AuthException.class);
        awaits(() -> bench.scheduler.pending() == 0);
    }

    @Test
    void close_whileATokenIsRenewed_itIsStillDeliveredAndStored() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        SilentRequest request =
                SilentRequest.builder("User.Read").account(account).build();
        try (var barrier = bench.idp.holdTokenEndpoint()) {
            CompletableFuture<AuthenticationResult> call = bench.app.acquireTokenSilent(request);
            barrier.awaitWaiting(1, SOON);

            bench.app.close();
            barrier.release();

            assertThat(Face.join(call).fromCache()).isFalse();
        }
        assertThatThrownBy(() -> bench.app.acquireTokenSilent(request)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void close_twice_doesNothing() {
        bench.app.close();
        bench.app.close();
    }

    private static boolean isFree(URI redirect) {
        try (Socket socket = new Socket("127.0.0.1", redirect.getPort())) {
            return false;
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int clientThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient")
                        || thread.getName().startsWith("latchkey-scheduler"))
                .count();
    }

    /** Descriptors where the system tells; elsewhere always the same. */
    private static int openFiles() {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return (int) files.count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void settlesAt(IntSupplier count, int most) {
        awaits(() -> count.getAsInt() <= most);
        assertThat(count.getAsInt()).isLessThanOrEqualTo(most);
    }

    private static void awaits(BooleanSupplier state) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!state.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(state.getAsBoolean()).isTrue();
    }
}
