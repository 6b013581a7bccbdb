package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.store.MemoryTokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request that is used again: what it remembers is given only while a look-up would give the same. */
@Timeout(60)
class RememberedAnswerTest {
    private final MemoryTokenStore store = MemoryTokenStore.create();
    private final Bench bench = Bench.with(it -> it.store(store));
    private final Account alice = bench.signIn();
    private final SilentRequest request =
            SilentRequest.builder("User.Read").account(alice).build();

    @AfterEach
    void stop() {
        bench.close();
    }

    private AuthenticationResult ask() {
        return bench.app.blocking().acquireTokenSilent(request);
    }

    /** What is asked for once is not remembered. */
    private AuthenticationResult askTwice() {
        ask();
        return ask();
    }

    @Test
    void nothingChanged_sameResult() {
        AuthenticationResult first = askTwice();

        assertThat(ask()).isSameAs(first);
        assertThat(Face.FUTURES.silent(bench.app, request)).isSameAs(first);
    }

    /** Many get the same future, so nobody may change it for the others. */
    @Test
    void future_isEverybodys_andCannotBeChanged() {
        AuthenticationResult first = askTwice();
        CompletableFuture<AuthenticationResult> one = bench.app.acquireTokenSilent(request);

        assertThatThrownBy(() -> one.obtrudeValue(null)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> one.obtrudeException(new IllegalStateException()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(one.cancel(true)).isFalse();
        assertThat(one.completeExceptionally(new IllegalStateException())).isFalse();
        CompletableFuture<String> mine = one.thenApply(AuthenticationResult::accessToken);
        mine.obtrudeValue("mine");

        assertThat(mine).isCompletedWithValue("mine");
        assertThat(bench.app.acquireTokenSilent(request)).isSameAs(one).isCompletedWithValue(first);
    }

    @Test
    void tokenReplaced_newToken() {
        String first = askTwice().accessToken();
        String forced = bench.app
                .blocking()
                .acquireTokenSilent(request.toBuilder().forceRefresh().build())
                .accessToken();

        assertThat(ask().accessToken()).isEqualTo(forced).isNotEqualTo(first);
    }

    @Test
    void signedOut_noToken() {
        askTwice();
        bench.app.blocking().clearCache(alice);

        assertThatThrownBy(this::ask).isInstanceOf(InteractionRequiredAuthException.class);
    }

    @Test
    void tokenExpired_renewed() {
        askTwice();
        bench.expireAccessTokens();

        assertThat(ask().fromCache()).isFalse();
    }

    @Test
    void clockSetBackFar_renewed() {
        askTwice();
        bench.clock.advance(Duration.ofHours(-2));

        assertThat(ask().fromCache()).isFalse();
    }

    @Test
    void anotherApplicationAsks_getsItsOwnToken() {
        PublicClientApplication other = bench.application(it -> it);
        bench.signIn(other);

        String first = askTwice().accessToken();
        String others = other.blocking().acquireTokenSilent(request).accessToken();

        assertThat(others).isNotEqualTo(first);
        assertThat(ask().accessToken()).isEqualTo(first);
    }

    @Test
    void somebodyListens_isTold() {
        askTwice();
        List<EventType> told = new ArrayList<>();
        bench.app.addEventCallback(event -> told.add(event.eventType()));

        ask();

        assertThat(told).containsExactly(EventType.ACQUIRE_TOKEN_START, EventType.ACQUIRE_TOKEN_SUCCESS);
    }
}
