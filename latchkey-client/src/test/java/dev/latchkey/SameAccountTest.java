package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.IdTokenFlaw;
import dev.latchkey.authority.Tenant;
import dev.latchkey.authority.User;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.store.MemoryTokenStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose refreshed tokens are, where no ID token of before says it: as the account itself is called. */
@Timeout(60)
class SameAccountTest {
    private static final StoreInCache NO_ID_TOKEN = new StoreInCache(true, false, true);

    private final MemoryTokenStore store = MemoryTokenStore.create();
    private final Bench bench = Bench.with(
            it -> it.tenant(Tenant.of("contoso"))
                    .tenant(Tenant.of("fabrikam"))
                    .user(User.of(Bench.ALICE, "secret").guestOf("fabrikam")),
            it -> it.store(store));
    private final PublicClientApplication plain = bench.application(
            it -> it.store(store).authority(bench.idp.oidcIssuer().toString()));

    @AfterEach
    void stop() {
        plain.close();
        bench.close();
    }

    @Test
    void subjectOfSomebodyElse_noIdTokenStored_isRefused() {
        Account account = signIn(plain);
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.idToken(IdTokenFlaw.WRONG_SUBJECT));

        assertSomebodyElse(plain, silent(account).build());
    }

    @Test
    void objectIdOfSomebodyElse_noIdTokenStored_isRefused() {
        Account account = signIn(bench.app);
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.idTokenClaim("oid", "somebody-else"));

        assertSomebodyElse(bench.app, silent(account).build());
    }

    @Test
    void tenantWhereTheAccountWasNeverSeen_answerNamesAnother_isRefused() {
        Account account = bench.signIn();
        String uid = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"uid\":\"somebody\",\"utid\":\"else\"}".getBytes(StandardCharsets.UTF_8));
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.with("client_info", uid));

        assertSomebodyElse(bench.app, silent(account).tenantId(guestTenant()).build());
    }

    @Test
    void tenantWhereTheAccountWasNeverSeen_answerNamesIt_isStored() {
        Account account = bench.signIn();

        Face.FUTURES.silent(bench.app, silent(account).tenantId(guestTenant()).build());

        assertThat(stored(account).account(guestTenant())).isNotNull();
    }

    private String guestTenant() {
        return bench.idp.tenant("fabrikam").id().toString();
    }

    private Account signIn(PublicClientApplication application) {
        Account account = Face.FUTURES
                .popup(
                        application,
                        PopupRequest.builder("User.Read")
                                .storeInCache(NO_ID_TOKEN)
                                .build())
                .account()
                .orElseThrow();
        assertThat(stored(account).idTokens()).isEmpty();
        bench.expireAccessTokens();
        return account;
    }

    private void assertSomebodyElse(PublicClientApplication application, SilentRequest request) {
        Account account = request.account().orElseThrow();
        Partition before = stored(account);

        assertThatThrownBy(() -> Face.FUTURES.silent(application, request))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(ErrorCodes.ID_TOKEN_SUBJECT_MISMATCH);
                    assertThat(e.correlationId()).isPresent();
                    assertThat(e.endpoint().orElseThrow().getPath()).endsWith("/token");
                });

        assertThat(bench.refreshes()).isEqualTo(1);
        assertThat(stored(account).accounts()).isEqualTo(before.accounts());
        assertThat(stored(account).idTokens()).isEqualTo(before.idTokens());
        assertThat(stored(account).refreshTokens()).isEmpty();
    }

    private Partition stored(Account account) {
        return store.read(account.partitionKey()).partition();
    }

    private static SilentRequest.Builder silent(Account account) {
        return SilentRequest.builder("User.Read").account(account);
    }
}
