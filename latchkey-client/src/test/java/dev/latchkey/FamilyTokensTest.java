package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.LocalAuthorityBuilder;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.AppMetadata;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients of one maker that share a cache and one refresh token: one of them signs in, all get tokens. */
@Timeout(60)
class FamilyTokensTest {
    private final TokenStore store = MemoryTokenStore.create();
    private final Bench bench = Bench.with(FamilyTokensTest::clients, it -> it.store(store));
    private final PublicClientApplication member = application("member");
    private final PublicClientApplication outsider = application("outsider");
    private Account account;

    @BeforeEach
    void signIn() {
        account = bench.signIn();
    }

    @AfterEach
    void stop() {
        outsider.close();
        member.close();
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void memberThatNeverSignedIn_getsItsFirstTokenSilently(Face face) {
        Account seen = member.blocking().accounts().get(0);

        AuthenticationResult result = face.silent(member, silent(seen));

        assertThat(seen).isEqualTo(account);
        assertThat(result.fromCache()).isFalse();
        assertThat(result.account()).contains(account);
        assertThat(bench.idp.requests().tokenRequests(GrantType.REFRESH_TOKEN))
                .singleElement()
                .satisfies(request -> assertThat(request.clientId()).contains("member"));
        assertThat(face.silent(member, silent(seen)).fromCache()).isTrue();
    }

    @Test
    void members_shareEachSuccessor_thoughTheAuthorityRotatesStrictly() {
        for (int i = 0; i < 3; i++) {
            bench.expireAccessTokens();
            assertThat(Face.FUTURES.silent(member, silent(account)).fromCache()).isFalse();
            assertThat(Face.FUTURES.silent(bench.app, silent(account)).fromCache())
                    .isFalse();
        }
        assertThat(held().refreshTokens())
                .singleElement()
                .extracting(RefreshTokenEntry::familyId)
                .isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void outsider_isRefusedOnce_andNeverTriesAgain(Face face) {
        assertThat(outsider.blocking().accounts()).as("before anybody knows").containsExactly(account);

        assertPersonNeeded(face, outsider, ErrorCodes.NO_TOKENS_FOUND);
        assertPersonNeeded(face, outsider, ErrorCodes.NO_TOKENS_FOUND);

        assertThat(bench.refreshes()).isEqualTo(1);
        assertThat(outsider.blocking().accounts()).as("now that it is known").isEmpty();
        bench.expireAccessTokens();
        assertThat(face.silent(bench.app, silent(account)).fromCache())
                .as("the family's token is still good")
                .isFalse();
    }

    @Test
    void outsider_thatSignsInItself_usesItsOwn() {
        assertPersonNeeded(Face.FUTURES, outsider, ErrorCodes.NO_TOKENS_FOUND);
        bench.signIn(outsider);
        bench.expireAccessTokens();

        assertThat(Face.FUTURES.silent(outsider, silent(account)).fromCache()).isFalse();

        assertThat(held().refreshTokens()).hasSize(2);
        assertThat(outsider.blocking().accounts()).containsExactly(account);
    }

    @Test
    void memberNoLonger_fallsBackToItsOwn() {
        bench.signIn(outsider);
        store.write(key(), store.read(key()).version(), claimingMembership(held()), null);
        bench.expireAccessTokens();

        assertThat(Face.FUTURES.silent(outsider, silent(account)).fromCache()).isFalse();

        assertThat(bench.refreshes()).as("the family's, then its own").isEqualTo(2);
        assertThat(held().familyOf("outsider")).isNull();
    }

    @Test
    void refusalForGood_ofAClientNobodyKnows_leavesTheTokenToTheFamily() {
        try (var refusal =
                bench.idp.faults().on(Endpoint.TOKEN).answer(Fault.error(400, "invalid_grant", "not for you"))) {
            assertPersonNeeded(Face.FUTURES, outsider, "invalid_grant");
            assertThat(refusal.timesMet()).isEqualTo(1);
        }

        bench.expireAccessTokens();
        assertThat(Face.FUTURES.silent(bench.app, silent(account)).fromCache()).isFalse();
    }

    @Test
    void memberThatSignsOut_isOut_andTheOthersStayIn() {
        Face.FUTURES.silent(member, silent(account));

        member.blocking().clearCache(account);

        assertThat(member.blocking().accounts()).isEmpty();
        assertPersonNeeded(Face.FUTURES, member, ErrorCodes.NO_TOKENS_FOUND);
        bench.expireAccessTokens();
        assertThat(Face.FUTURES.silent(bench.app, silent(account)).fromCache()).isFalse();

        bench.signIn(member);
        assertThat(member.blocking().accounts()).containsExactly(account);
        bench.expireAccessTokens();
        assertThat(Face.FUTURES.silent(member, silent(account)).fromCache()).isFalse();
    }

    @Test
    void lastMemberThatSignsOut_takesTheTokenAlong() {
        Face.FUTURES.silent(member, silent(account));

        member.blocking().clearCache(account);
        bench.app.blocking().clearCache(account);

        assertThat(held().isEmpty()).isTrue();
    }

    @Test
    void lastMemberThatLogsOut_revokesTheFamilysToken() {
        String revocation = "http://127.0.0.1:9/revoke";
        bench.wire.metadata("revocation_endpoint", revocation).answer("/revoke", 200, "");
        PublicClientApplication fresh = application("demo-app");

        Face.join(fresh.logout(LogoutRequest.of(account)));

        assertThat(bench.wire.sentTo("/revoke")).hasSize(1);
    }

    private void assertPersonNeeded(Face face, PublicClientApplication application, String code) {
        assertThatThrownBy(() -> face.silent(application, silent(account)))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, error -> assertThat(error.errorCode())
                        .isEqualTo(code));
    }

    private Partition held() {
        return store.read(key()).partition();
    }

    private PartitionKey key() {
        return account.partitionKey();
    }

    private PublicClientApplication application(String clientId) {
        return bench.application(clientId, it -> it.store(store));
    }

    private static SilentRequest silent(Account account) {
        return SilentRequest.builder("User.Read").account(account).build();
    }

    private static Partition claimingMembership(Partition partition) {
        return partition.save(new TokenRecord(null, null, null, null, new AppMetadata("outsider", "1")), Instant.EPOCH);
    }

    private static LocalAuthorityBuilder clients(LocalAuthorityBuilder authority) {
        return authority
                .client(client(LocalAuthority.DEFAULT_CLIENT_ID).inFamily())
                .client(client("member").inFamily())
                .client(client("outsider"));
    }

    private static Client client(String id) {
        return Client.publicClient(id)
                .redirectUri("http://localhost")
                .redirectUri("http://127.0.0.1")
                .consentedByAdministrator();
    }
}
