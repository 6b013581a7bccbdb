package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.Tenant;
import dev.latchkey.authority.User;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.http.HttpAnswer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a silent call looks, and for whom. */
@Timeout(60)
class SilentLookupTest {
    private Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    /** Column by column: policy, whether the cached token is good, what comes of it. */
    @ParameterizedTest
    @CsvSource({
        "DEFAULT, good, cache",
        "DEFAULT, stale, network",
        "ACCESS_TOKEN, good, cache",
        "ACCESS_TOKEN, stale, token_refresh_required",
        "ACCESS_TOKEN_AND_REFRESH_TOKEN, good, cache",
        "ACCESS_TOKEN_AND_REFRESH_TOKEN, stale, network",
        "REFRESH_TOKEN, good, network",
        "REFRESH_TOKEN, stale, network",
        "REFRESH_TOKEN_AND_NETWORK, good, network",
        "REFRESH_TOKEN_AND_NETWORK, stale, network",
        "SKIP, good, silent_sso_unavailable",
        "SKIP, stale, silent_sso_unavailable",
    })
    void policy_cachedToken_decidesWhereTheTokenComesFrom(CacheLookupPolicy policy, String token, String expected) {
        Account account = bench.signIn();
        if (token.equals("stale")) {
            bench.expireAccessTokens();
        }
        SilentRequest request = silent(account).cacheLookupPolicy(policy).build();
        for (Face face : Face.values()) {
            assertThat(outcome(face, request)).as(face.name()).isEqualTo(cacheAfterNetwork(face, policy, expected));
        }
    }

    /** What the first face fetched, the second finds, if the policy looks there. */
    private static String cacheAfterNetwork(Face face, CacheLookupPolicy policy, String expected) {
        boolean found = face == Face.BLOCKING && expected.equals("network") && policy.usesAccessToken();
        return found ? "cache" : expected;
    }

    private String outcome(Face face, SilentRequest request) {
        try {
            return face.silent(bench.app, request).fromCache() ? "cache" : "network";
        } catch (AuthException e) {
            return e.errorCode();
        }
    }

    @Test
    void policyAccessToken_nothingCached_doesNotAskForThePerson() {
        Account account = bench.signIn();
        SilentRequest request = SilentRequest.builder("Mail.Read")
                .account(account)
                .cacheLookupPolicy(CacheLookupPolicy.ACCESS_TOKEN)
                .build();

        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, request)).isInstanceOf(ClientAuthException.class);
        assertThat(bench.wire.sent()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void forceRefresh_goodTokenCached_neverGetsIt(Face face) {
        Account account = bench.signIn();
        String cached = face.silent(bench.app, silent(account).build()).accessToken();

        AuthenticationResult forced =
                face.silent(bench.app, silent(account).forceRefresh().build());

        assertThat(forced.fromCache()).isFalse();
        assertThat(forced.accessToken()).isNotEqualTo(cached);
        assertThat(face.silent(bench.app, silent(account).build()).accessToken())
                .isEqualTo(forced.accessToken());
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void hit_asksNobody(Face face) {
        Account account = bench.signIn();

        AuthenticationResult hit =
                face.silent(bench.app, silent(account).state("mine").build());

        assertThat(hit.fromCache()).isTrue();
        assertThat(hit.state()).contains("mine");
        assertThat(hit.account()).contains(account);
        assertThat(bench.wire.sent()).isEmpty();
    }

    @Test
    void hit_completesBeforeTheCallReturns() {
        Account account = bench.signIn();
        assertThat(bench.app.acquireTokenSilent(silent(account).build())).isCompleted();
    }

    @Test
    void broaderToken_servesANarrowerRequest_notTheOtherWayRound() {
        Account account = bench.signIn("User.Read", "Mail.Read");
        assertThat(Face.FUTURES.silent(bench.app, silent(account).build()).fromCache())
                .isTrue();

        SilentRequest broader = SilentRequest.builder("User.Read", "Mail.Read", "Mail.Send")
                .account(account)
                .build();
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, broader))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> assertThat(e.subError())
                        .contains(ErrorCodes.CONSENT_REQUIRED));
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void noAccount_noneActive_failsWithoutAskingAnybody(Face face) {
        bench.signIn();
        bench.app.blocking().setActiveAccount(null);
        bench.wire.forget();

        assertThatThrownBy(() -> face.silent(bench.app, SilentRequest.of("User.Read")))
                .isInstanceOfSatisfying(BrowserAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.NO_ACCOUNT_ERROR));
        assertThat(bench.wire.sent()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void noAccount_oneActive_isForThat(Face face) {
        bench.signInAs(Bench.ALICE);
        Account bob = bench.signInAs(Bench.BOB);
        bench.app.blocking().setActiveAccount(bob);

        assertThat(face.silent(bench.app, SilentRequest.of("User.Read")).account())
                .contains(bob);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void guestTenant_firstToken_comesByTheTenantIndependentRefreshToken(Face face) {
        guestBench();
        Account home = bench.signIn();
        String guestTenant = bench.idp.tenant("fabrikam").id().toString();
        SilentRequest request = silent(home).tenantId(guestTenant).build();

        AuthenticationResult first = face.silent(bench.app, request);
        AuthenticationResult second = face.silent(bench.app, request);

        assertThat(first.fromCache()).isFalse();
        assertThat(first.tenantId()).isEqualTo(guestTenant);
        assertThat(first.account().orElseThrow().homeAccountId()).isEqualTo(home.homeAccountId());
        assertThat(second.fromCache()).isTrue();
        assertThat(second.accessToken()).isEqualTo(first.accessToken());
        assertThat(bench.refreshes()).isEqualTo(1);
        assertThat(bench.app.blocking().accounts())
                .extracting(Account::tenantId)
                .containsExactly(home.tenantId(), guestTenant);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void guestTenant_byName_isServedFromTheCacheFromThenOn(Face face) {
        guestBench();
        Account home = bench.signIn();
        SilentRequest request = silent(home).tenantId("fabrikam.example").build();

        AuthenticationResult first = face.silent(bench.app, request);
        AuthenticationResult second = face.silent(bench.app, request);

        assertThat(first.fromCache()).isFalse();
        assertThat(second.fromCache()).isTrue();
        assertThat(bench.refreshes()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void requestAuthority_ofAnotherTenant_decidesTheTenant(Face face) {
        guestBench();
        Account home = bench.signIn();
        SilentRequest request = silent(home)
                .authority(bench.idp.entraAuthority("fabrikam").toString())
                .build();

        AuthenticationResult first = face.silent(bench.app, request);

        assertThat(first.tenantId()).isEqualTo(bench.idp.tenant("fabrikam").id().toString());
        assertThat(face.silent(bench.app, request).fromCache()).isTrue();
        assertThat(face.silent(bench.app, silent(home).build()).tenantId()).isEqualTo(home.tenantId());
    }

    @Test
    void requestAuthority_ofAnotherCloud_getsNothingFromTheCache() {
        Account account = bench.signIn();
        SilentRequest request =
                silent(account).authority("https://127.0.0.1:1/contoso").build();

        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, request)).isInstanceOf(AuthException.class);
    }

    @Test
    void requestAuthority_whereTheAccountIsUnknown_isAMismatch() {
        Account account = bench.signIn();
        SilentRequest request =
                silent(account).authority(bench.idp.oidcIssuer().toString()).build();
        try (Bench other = Bench.start()) {
            SilentRequest elsewhere = request.toBuilder()
                    .authority(other.idp.oidcIssuer().toString())
                    .build();
            assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, elsewhere))
                    .isInstanceOfSatisfying(ClientConfigurationException.class, e -> {
                        assertThat(e.errorCode()).isEqualTo(ErrorCodes.AUTHORITY_MISMATCH);
                        assertThat(e.endpoint()).isPresent();
                        assertThat(e.correlationId()).isPresent();
                    });
        }
    }

    @Test
    void claims_goodTokenCached_goToTheNetwork_andWhatTheyGiveServesNoOthers() {
        Account account = bench.signIn();
        String claims = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}";
        AuthenticationResult before =
                Face.FUTURES.silent(bench.app, silent(account).build());

        AuthenticationResult answered =
                Face.FUTURES.silent(bench.app, silent(account).claims(claims).build());
        AuthenticationResult plain =
                Face.FUTURES.silent(bench.app, silent(account).build());

        assertThat(answered.fromCache()).isFalse();
        assertThat(plain.accessToken()).isNotIn(before.accessToken(), answered.accessToken());
        assertThat(Face.FUTURES
                        .silent(bench.app, silent(account).claims(claims).build())
                        .fromCache())
                .as("whoever brings a challenge was refused what is cached")
                .isFalse();
    }

    @Test
    void claims_cacheOnly_areServedATokenOfTheSameClaims() {
        Account account = bench.signIn();
        String claims = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}";
        String sameClaims = "{ \"access_token\": {\"nbf\":{\"value\":\"1\", \"essential\":true} } }";
        AuthenticationResult answered =
                Face.FUTURES.silent(bench.app, silent(account).claims(claims).build());
        SilentRequest.Builder cacheOnly = silent(account).cacheLookupPolicy(CacheLookupPolicy.ACCESS_TOKEN);

        assertThat(Face.FUTURES
                        .silent(bench.app, cacheOnly.claims(sameClaims).build())
                        .accessToken())
                .isEqualTo(answered.accessToken());
        assertThatThrownBy(() -> Face.FUTURES.silent(
                        bench.app,
                        cacheOnly.claims(claims.replace("\"1\"", "\"2\"")).build()))
                .isInstanceOfSatisfying(ClientAuthException.class, error -> assertThat(error.errorCode())
                        .isEqualTo(ErrorCodes.TOKEN_REFRESH_REQUIRED));
    }

    @Test
    void extraParameters_ofOneRequest_areNotServedToAnother() {
        Account account = Face.FUTURES
                .popup(
                        bench.app,
                        PopupRequest.builder("User.Read")
                                .extraQueryParameters(Map.of("audience", "api1", "ui_locales", "de"))
                                .build())
                .account()
                .orElseThrow();

        AuthenticationResult ofApi1 = Face.FUTURES.silent(bench.app, audience(account, "api1"));
        AuthenticationResult ofApi2 = Face.FUTURES.silent(bench.app, audience(account, "api2"));
        AuthenticationResult plain =
                Face.FUTURES.silent(bench.app, silent(account).build());

        assertThat(ofApi1.fromCache()).isTrue();
        assertThat(ofApi2.fromCache()).isFalse();
        assertThat(plain.fromCache()).isFalse();
        assertThat(Face.FUTURES.silent(bench.app, audience(account, "api2")).accessToken())
                .isEqualTo(ofApi2.accessToken());
        assertThat(Face.FUTURES.silent(bench.app, audience(account, "api1")).accessToken())
                .isEqualTo(ofApi1.accessToken());
    }

    private SilentRequest audience(Account account, String audience) {
        return silent(account).extraParameters(Map.of("audience", audience)).build();
    }

    /** RFC 6749 section 5.1: an answer without scope grants what was sent, the scopes of every request included. */
    @ParameterizedTest
    @ValueSource(strings = {"openid profile offline_access", "openid", "openid offline_access", "openid email"})
    void answerWithoutScope_requestWithoutScopes_threeCallsAreThreeHits(String defaults) {
        bench.wire.script((message, real) -> {
            if (!message.uri().getPath().endsWith("/token")) {
                return null;
            }
            HttpAnswer answer = real.send(message, Duration.ofSeconds(30));
            return new HttpAnswer(answer.status(), Map.of(), answer.body().replace("\"scope\":", "\"scope_of_old\":"));
        });
        PublicClientApplication app = bench.application(it -> it.defaultScopes(defaults.split(" ")));
        Account account = Face.FUTURES
                .popup(app, PopupRequest.builder().build())
                .account()
                .orElseThrow();
        SilentRequest request = SilentRequest.builder().account(account).build();
        bench.wire.forget();

        for (int call = 0; call < 3; call++) {
            assertThat(Face.FUTURES.silent(app, request).fromCache()).isTrue();
        }
        assertThat(bench.wire.sent()).isEmpty();
    }

    @Test
    void storeInCache_withoutAccessToken_keepsOnlyTheRest() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        SilentRequest request = silent(account)
                .storeInCache(new StoreInCache(false, true, true))
                .build();

        AuthenticationResult first = Face.FUTURES.silent(bench.app, request);
        AuthenticationResult second = Face.FUTURES.silent(bench.app, request);

        assertThat(first.accessToken()).isNotEqualTo(second.accessToken());
        assertThat(second.fromCache()).isFalse();
    }

    @Test
    void storeInCache_withoutRefreshToken_stillKeepsTheSuccessorOfTheOneItSpent() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        Face.FUTURES.silent(
                bench.app,
                silent(account)
                        .storeInCache(new StoreInCache(true, true, false))
                        .build());

        AuthenticationResult next =
                Face.FUTURES.silent(bench.app, silent(account).forceRefresh().build());

        assertThat(next.fromCache()).isFalse();
    }

    @Test
    void storeInCache_signInWithoutRefreshToken_cannotBeRenewed() {
        Account account = Face.FUTURES
                .popup(
                        bench.app,
                        PopupRequest.builder("User.Read")
                                .storeInCache(new StoreInCache(true, true, false))
                                .build())
                .account()
                .orElseThrow();

        assertThat(Face.FUTURES.silent(bench.app, silent(account).build()).fromCache())
                .isTrue();
        bench.expireAccessTokens();
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent(account).build()))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.NO_TOKENS_FOUND));
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void severalResources_inOneRequest_saysHowToSplit(Face face) {
        Account account = bench.signIn();
        SilentRequest request = SilentRequest.builder(
                        "https://graph.microsoft.com/User.Read", "https://vault.azure.net/.default")
                .account(account)
                .build();

        assertThatThrownBy(() -> face.silent(bench.app, request))
                .isInstanceOfSatisfying(ClientConfigurationException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(ErrorCodes.MULTIPLE_RESOURCES);
                    assertThat(e)
                            .hasMessageContaining("https://graph.microsoft.com/User.Read")
                            .hasMessageContaining("https://vault.azure.net/.default")
                            .hasMessageContaining("extraScopesToConsent");
                });
        assertThat(bench.wire.sent()).isEmpty();
    }

    @Test
    void severalResources_inAnInteractiveRequest_askNobody() {
        PopupRequest request = PopupRequest.of("https://graph.microsoft.com/User.Read", "api://other/read");
        assertThatThrownBy(() -> Face.FUTURES.popup(bench.app, request))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.MULTIPLE_RESOURCES));
        assertThat(bench.app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
        assertThat(bench.wire.sent()).isEmpty();
    }

    @Test
    void resource_otherThanThatOfTheScopes_isRefused() {
        Account account = bench.signIn();
        SilentRequest request = SilentRequest.builder("https://graph.microsoft.com/User.Read")
                .account(account)
                .resource("https://vault.azure.net/")
                .build();
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, request))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.MULTIPLE_RESOURCES));
    }

    @Test
    void resource_amongTheExtraParameters_isRefused() {
        Account account = bench.signIn();
        SilentRequest request = SilentRequest.builder("Mail.Read")
                .account(account)
                .extraParameters(Map.of("resource", "https://vault.azure.net"))
                .build();
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, request))
                .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.MISPLACED_RESOURCE_PARAMETER));
    }

    @Test
    void extraScopesToConsent_areHadSilentlyLater() {
        Account account = Face.FUTURES
                .popup(
                        bench.app,
                        PopupRequest.builder("User.Read")
                                .extraScopesToConsent(Scopes.of("Mail.Read"))
                                .build())
                .account()
                .orElseThrow();

        AuthenticationResult mail = Face.FUTURES.silent(
                bench.app, SilentRequest.builder("Mail.Read").account(account).build());

        assertThat(mail.fromCache()).isFalse();
        assertThat(mail.scopes().contains("Mail.Read")).isTrue();
    }

    @Test
    void ssoSilent_oneAccountInTwoTenants_isThatAccount() {
        guestBench();
        Account home = bench.signIn();
        Face.FUTURES.silent(
                bench.app,
                silent(home)
                        .tenantId(bench.idp.tenant("fabrikam").id().toString())
                        .build());

        AuthenticationResult result = Face.join(bench.app.ssoSilent(SsoSilentRequest.of("User.Read")));

        assertThat(result.account()).contains(home);
    }

    @Test
    void ssoSilent_severalAccounts_takesTheHint() {
        bench.signInAs(Bench.ALICE);
        Account bob = bench.signInAs(Bench.BOB);

        assertThat(Face.join(bench.app.ssoSilent(SsoSilentRequest.builder("User.Read")
                                .loginHint(Bench.BOB)
                                .build()))
                        .account())
                .contains(bob);
        assertThatThrownBy(() -> Face.join(bench.app.ssoSilent(SsoSilentRequest.of("User.Read"))))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.SILENT_SSO_UNAVAILABLE));
    }

    @Test
    void pluggedInStore_throwsSomethingOfItsOwn_isAFailureOfTheCall() {
        PublicClientApplication app = bench.application(it -> it.store(new BrokenStore()));
        assertThatThrownBy(() -> Face.FUTURES.silent(app, SilentRequest.of("User.Read")))
                .isInstanceOfSatisfying(AuthException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(ErrorCodes.UNEXPECTED_ERROR);
                    assertThat(e).hasCauseInstanceOf(IllegalStateException.class);
                });
    }

    @Test
    void startUp_asksNobody() {
        assertThat(bench.wire.sent()).isEmpty();
        assertThat(bench.idp.requests().tokenRequests(GrantType.REFRESH_TOKEN)).isEmpty();
    }

    private void guestBench() {
        bench.close();
        bench = Bench.with(
                it -> it.tenant(Tenant.of("contoso"))
                        .tenant(Tenant.of("fabrikam"))
                        .user(User.of(Bench.ALICE, "secret").guestOf("fabrikam"))
                        .accessTokenLifetime(Duration.ofHours(1)),
                it -> it);
    }

    private static SilentRequest.Builder silent(Account account) {
        return SilentRequest.builder("User.Read").account(account);
    }
}
