package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing out wins over a renewal that is under way, and takes along nothing of the other applications on the store. */
@Timeout(60)
class SignOutRaceTest {
    private final FailingStore store = new FailingStore();
    private final Bench bench = Bench.with(
            it -> it.client(client(LocalAuthority.DEFAULT_CLIENT_ID))
                    .client(client("neighbour"))
                    .client(client("brother").inFamily())
                    .client(client("sister").inFamily()),
            it -> it.store(store));
    private final PublicClientApplication app =
            bench.application(it -> it.store(store).executor(Runnable::run));
    private final PublicClientApplication neighbour = bench.application("neighbour", it -> it.store(store));

    @AfterEach
    void stop() {
        store.recover();
        neighbour.close();
        app.close();
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void signedOutWhileARenewalHangs_staysSignedOut(boolean isShared) {
        Account account = bench.signIn();
        if (isShared) {
            bench.signIn(neighbour);
        }
        bench.expireAccessTokens();
        signOutDuringTheNextRedemption(app, account);

        assertThat(silent(app, account).fromCache()).isFalse();

        assertSignedOut(account, isShared);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void signedOutWhileARenewalHangs_unusableAnswer_keepsNoSuccessor(boolean isShared) {
        Account account = bench.signIn();
        if (isShared) {
            bench.signIn(neighbour);
        }
        bench.expireAccessTokens();
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.without("access_token"));
        signOutDuringTheNextRedemption(app, account);

        assertThatThrownBy(() -> silent(app, account)).isInstanceOf(AuthException.class);

        assertSignedOut(account, isShared);
    }

    /** The token that was spent was theirs too. */
    @Test
    void signedOutWhileARenewalHangs_itsFamilyHasTheSuccessor() {
        PublicClientApplication brother =
                bench.application("brother", it -> it.store(store).executor(Runnable::run));
        PublicClientApplication sister = bench.application("sister", it -> it.store(store));
        Account account = bench.signIn(brother);
        silent(sister, account);
        bench.expireAccessTokens();
        signOutDuringTheNextRedemption(brother, account);
        silent(brother, account);

        assertThat(brother.blocking().accounts()).isEmpty();
        assertThatThrownBy(() -> silent(brother, account)).isInstanceOf(InteractionRequiredAuthException.class);
        assertThat(silent(sister, account).fromCache()).isFalse();
        brother.close();
        sister.close();
    }

    @Test
    void signOut_leavesTheNeighboursTokensAndRevokesOnlyItsOwn() {
        Account account = bench.signIn();
        String own = refreshTokens(account).get(0);
        bench.signIn(neighbour);
        bench.wire.metadata("revocation_endpoint", "http://127.0.0.1:9/revoke").answer("/revoke", 200, "");

        Face.join(app.logout(LogoutRequest.of(account)));

        assertThat(bench.wire.sentTo("/revoke"))
                .singleElement()
                .satisfies(message -> assertThat(message.form().get("token")).isEqualTo(own));
        assertThat(refreshTokens(account)).hasSize(1).doesNotContain(own);
        bench.expireAccessTokens();
        assertThat(silent(neighbour, account).fromCache()).isFalse();
    }

    /** Only a lease that is not free is gone without: a store that fails otherwise has not removed anything. */
    @Test
    void signOut_storeCannotBeReached_isAFailure() {
        Account account = bench.signIn();
        store.isAway = true;

        assertThatThrownBy(() -> app.blocking().clearCache(account))
                .isInstanceOfSatisfying(
                        CacheException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.CACHE_UNAVAILABLE));

        store.recover();
        assertThat(silent(app, account).fromCache()).isTrue();
    }

    private void signOutDuringTheNextRedemption(PublicClientApplication leaving, Account account) {
        bench.wire.script((message, real) -> {
            if (message.uri().getPath().endsWith("/token")) {
                bench.wire.unscript();
                store.isBusy = true;
                leaving.blocking().clearCache(account);
                store.isBusy = false;
            }
            return null;
        });
    }

    private void assertSignedOut(Account account, boolean isShared) {
        Partition stored = store.inner.read(account.partitionKey()).partition();
        assertThat(stored.refreshTokenFor(LocalAuthority.DEFAULT_CLIENT_ID)).isNull();
        assertThat(stored.accessTokens()).noneMatch(token -> token.clientId().equals(LocalAuthority.DEFAULT_CLIENT_ID));
        assertThat(stored.isEmpty()).isNotEqualTo(isShared);
        assertThat(app.blocking().accounts()).isEmpty();
        assertThat(bench.refreshes()).isEqualTo(1);
        assertThatThrownBy(() -> silent(app, account)).isInstanceOf(InteractionRequiredAuthException.class);
        if (isShared) {
            assertThat(silent(neighbour, account).fromCache()).isFalse();
        }
    }

    private List<String> refreshTokens(Account account) {
        return store.inner.read(account.partitionKey()).partition().refreshTokens().stream()
                .map(RefreshTokenEntry::secret)
                .map(secret -> secret.reveal())
                .toList();
    }

    private static AuthenticationResult silent(PublicClientApplication application, Account account) {
        return Face.FUTURES.silent(
                application, SilentRequest.builder("User.Read").account(account).build());
    }

    private static Client client(String id) {
        return Client.publicClient(id)
                .redirectUri("http://localhost")
                .redirectUri("http://127.0.0.1")
                .consentedByAdministrator();
    }
}
