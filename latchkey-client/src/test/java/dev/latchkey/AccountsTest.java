package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Tenant;
import dev.latchkey.authority.User;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who signed in, in which tenants, who is active, and what signing out leaves. */
@Timeout(60)
class AccountsTest {
    private final Bench bench = Bench.with(
            it -> it.tenant(Tenant.of("contoso"))
                    .tenant(Tenant.of("fabrikam"))
                    .user(User.of(Bench.ALICE, "secret").guestOf("fabrikam"))
                    .user(User.of(Bench.BOB, "secret")),
            it -> it);

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void guestTenant_isAnotherProfileOfTheSameAccount() {
        Account home = bench.signInAs(Bench.ALICE);
        String guestTenant = bench.idp.tenant("fabrikam").id().toString();
        Face.FUTURES.silent(bench.app, silent(home).tenantId(guestTenant).build());

        List<Account> accounts = bench.app.blocking().accounts();

        assertThat(accounts).extracting(Account::tenantId).containsExactly(home.tenantId(), guestTenant);
        assertThat(accounts).extracting(Account::homeAccountId).containsOnly(home.homeAccountId());
        assertThat(accounts).extracting(Account::localAccountId).doesNotHaveDuplicates();
        assertThat(accounts).allSatisfy(account -> assertThat(account.tenantProfiles())
                .containsOnlyKeys(home.tenantId(), guestTenant));
        assertThat(bench.app
                        .blocking()
                        .accounts(AccountFilter.builder().realm(home.tenantId()).build()))
                .as("at home in")
                .hasSize(2);
        assertThat(bench.app
                        .blocking()
                        .accounts(AccountFilter.builder().tenantId(guestTenant).build()))
                .as("seen in")
                .hasSize(1);

        bench.app.blocking().clearCache(accounts.get(1));
        assertThat(bench.app.blocking().accounts())
                .as("one account, whatever tenant it was named by")
                .isEmpty();
    }

    /** What each part means is in the tables of docs/cache.md; here each one is told apart through the application. */
    @Test
    void everyFilter_tellsTwoPeopleApart() {
        Account alice = bench.signInAs(Bench.ALICE);
        Account bob = bench.signInAs(Bench.BOB);

        assertOnly(alice, it -> it.homeAccountId(alice.homeAccountId()));
        assertOnly(alice, it -> it.localAccountId(alice.localAccountId()));
        assertOnly(alice, it -> it.username(alice.username()));
        assertOnly(alice, it -> it.loginHint(alice.loginHint().orElseThrow()));
        assertOnly(alice, it -> it.sid(alice.profile().sid()));
        assertOnly(alice, it -> it.name(alice.name().orElseThrow()));
        assertThat(bench.app
                        .blocking()
                        .accounts(AccountFilter.builder()
                                .tenantId(alice.tenantId())
                                .realm(alice.tenantId())
                                .environment(alice.environment())
                                .authorityType(AuthorityType.MSSTS)
                                .build()))
                .containsExactlyInAnyOrder(alice, bob);
        assertThat(bench.app
                        .blocking()
                        .accounts(AccountFilter.builder()
                                .environment("login.windows.net")
                                .build()))
                .isEmpty();
        assertThat(bench.app
                        .blocking()
                        .accounts(AccountFilter.builder()
                                .authorityType(AuthorityType.ADFS)
                                .build()))
                .isEmpty();
    }

    @Test
    void activeAccount_isKeptWithTheTokens() {
        TokenStore store = MemoryTokenStore.create();
        PublicClientApplication before = bench.application(it -> it.store(store));
        Account alice = bench.signIn(before);
        Account bob = bench.person(Bench.BOB).signIn(before);
        before.blocking().setActiveAccount(bob);

        PublicClientApplication after = bench.application(it -> it.store(store));

        assertThat(after.blocking().activeAccount()).contains(bob);
        assertThat(after.blocking().accounts()).containsExactlyInAnyOrder(alice, bob);
    }

    @Test
    void activeAccount_signedOut_isNobody() {
        Account alice = bench.signInAs(Bench.ALICE);
        assertThat(bench.app.blocking().activeAccount()).contains(alice);

        bench.app.blocking().clearCache(alice);

        assertThat(bench.app.blocking().activeAccount()).isEmpty();
    }

    @Test
    void clearCache_ofOneAccount_leavesTheOthersWhole() {
        Account alice = bench.signInAs(Bench.ALICE);
        Account bob = bench.signInAs(Bench.BOB);

        bench.app.blocking().clearCache(alice);

        assertThat(bench.app.blocking().accounts()).containsExactly(bob);
        assertThat(Face.FUTURES.silent(bench.app, silent(bob).build()).fromCache())
                .isTrue();
        bench.expireAccessTokens();
        assertThat(Face.FUTURES.silent(bench.app, silent(bob).build()).fromCache())
                .isFalse();
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent(alice).build()))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.NO_TOKENS_FOUND));
    }

    @Test
    void clearCache_ofAll_leavesNobody() {
        bench.signInAs(Bench.ALICE);
        bench.signInAs(Bench.BOB);

        bench.app.blocking().clearCache();

        assertThat(bench.app.blocking().accounts()).isEmpty();
        assertThat(bench.app.blocking().activeAccount()).isEmpty();
    }

    @Test
    void account_byFilter_isFound() {
        Account alice = bench.signInAs(Bench.ALICE);
        Account bob = bench.signInAs(Bench.BOB);

        assertThat(bench.app.blocking().account(AccountFilter.username(Bench.BOB)))
                .contains(bob);
        assertThat(bench.app.blocking().account(AccountFilter.homeAccountId(alice.homeAccountId())))
                .contains(alice);
        assertThat(bench.app
                        .blocking()
                        .accounts(AccountFilter.builder()
                                .tenantId(alice.tenantId())
                                .build()))
                .hasSize(2);
        assertThat(bench.app.blocking().account(AccountFilter.EMPTY)).isEmpty();
    }

    private void assertOnly(Account account, UnaryOperator<AccountFilter.Builder> filter) {
        assertThat(bench.app
                        .blocking()
                        .accounts(filter.apply(AccountFilter.builder()).build()))
                .containsExactly(account);
    }

    private static SilentRequest.Builder silent(Account account) {
        return SilentRequest.builder("User.Read").account(account);
    }
}
