package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two issuers on one host, as Keycloak's realms are: what one gave is neither served for the other nor sent to it. */
class BelongingTest {
    private final TokenStore store = MemoryTokenStore.create();
    private final Bench bench = Bench.start();
    private final String a = bench.idp.oidcIssuer().toString();
    private final String b = bench.idp.adfsAuthority().toString();
    private final PublicClientApplication app = at(a);

    @AfterEach
    void stop() {
        app.close();
        bench.close();
    }

    private PublicClientApplication at(String authority) {
        return bench.application(it -> it.store(store).authority(authority));
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void accountOfOneIssuer_askedForAtAnother_isRefusedBeforeAnybodyIsAsked(Face face) {
        Account account = bench.signIn(app);

        for (CacheLookupPolicy policy :
                List.of(CacheLookupPolicy.DEFAULT, CacheLookupPolicy.REFRESH_TOKEN_AND_NETWORK)) {
            assertMismatch(() -> face.silent(
                    app, silent(account).authority(b).cacheLookupPolicy(policy).build()));
        }
        assertThat(bench.wire.sent()).isEmpty();
        assertThat(face.silent(app, silent(account).build()).fromCache()).isTrue();
    }

    @Test
    void accountOfAnIssuerThatARequestNamed_isAskedForByThatNameOnly() {
        AuthenticationResult signedIn = signInAtB();
        Account account = signedIn.account().orElseThrow();
        bench.wire.forget();

        assertThat(signedIn.authority()).isEqualTo(b);
        assertMismatch(() -> Face.FUTURES.silent(app, silent(account).build()));
        assertMismatch(
                () -> Face.FUTURES.silent(app, silent(account).forceRefresh().build()));
        assertThat(Face.FUTURES
                        .silent(app, silent(account).authority(b).build())
                        .accessToken())
                .isEqualTo(signedIn.accessToken());
        assertThat(bench.wire.sent()).isEmpty();
        assertThat(Face.FUTURES
                        .silent(app, silent(account).authority(b).forceRefresh().build())
                        .authority())
                .isEqualTo(b);
        assertThat(app.blocking().activeAccount()).isEmpty();
        assertThat(app.blocking().accounts()).isEmpty();
        assertThat(app.blocking().accounts(account.partitionKey())).isEmpty();
        assertThat(app.blocking().accounts(AccountFilter.builder().authority(b).build()))
                .containsExactly(account);
        assertMismatch(() -> app.blocking().setActiveAccount(account));
    }

    @Test
    void signOut_ofAnAccountOfAnotherIssuer_goesToThatIssuer() {
        Account account = signInAtB().account().orElseThrow();
        bench.wire.forget();

        URI page = Face.join(app.logout(LogoutRequest.of(account)));

        assertThat(page.toString()).startsWith(b + "/");
        assertThat(bench.wire.sent())
                .noneMatch(message -> message.uri().toString().startsWith(a));
        assertThat(app.blocking().accounts(AccountFilter.builder().authority(b).build()))
                .isEmpty();
    }

    @Test
    void signOut_atAnIssuerThatTheAccountIsNotOf_removesTheTokensAndSendsNothing() {
        Account account = bench.signIn(app);

        assertMismatch(() ->
                Face.join(app.logout(LogoutRequest.builder(account).authority(b).build())));

        assertThat(bench.wire.sent()).isEmpty();
        assertThat(app.blocking().accounts()).isEmpty();
        assertMismatch(() -> Face.join(
                app.endSessionUri(LogoutRequest.builder(account).authority(b).build())));
    }

    @Test
    void userInfo_ofAResultOfOneIssuer_isNotAskedOfAnother() {
        AuthenticationResult signedIn = Face.FUTURES.popup(app, PopupRequest.of("User.Read"));
        AuthenticationResult relabelled = relabelled(signedIn, b);
        bench.wire.forget();

        assertThat(Face.join(app.userInfo(signedIn)).string("sub"))
                .isEqualTo(signedIn.idTokenClaims().string("sub"));
        bench.wire.forget();
        assertMismatch(() -> Face.join(app.userInfo(relabelled)));
        assertThat(bench.wire.sent()).extracting(HttpMessage::uri).allMatch(uri -> uri.getPath()
                .endsWith("/openid-configuration"));
    }

    @Test
    void twoApplicationsOfOneClientId_differentIssuers_shareNothing() {
        PublicClientApplication other = at(b);
        Account account = bench.signIn(app);

        assertThat(app.blocking().activeAccount()).contains(account);
        assertThat(other.blocking().activeAccount()).isEmpty();
        assertThat(other.blocking().accounts()).isEmpty();
        assertThatThrownBy(() -> Face.FUTURES.silent(other, SilentRequest.of("User.Read")))
                .isInstanceOf(BrowserAuthException.class);
        assertMismatch(() -> Face.FUTURES.silent(other, silent(account).build()));
        assertThatThrownBy(() -> Face.join(other.ssoSilent(SsoSilentRequest.of("User.Read"))))
                .isInstanceOf(InteractionRequiredAuthException.class);
        other.blocking().clearCache();
        assertThat(Face.FUTURES.silent(app, silent(account).build()).fromCache())
                .isTrue();
        other.close();
    }

    @Test
    void loginHint_ofAnAccountOfAnotherIssuer_isNotTold() {
        Account account = bench.signIn(app);

        URI page = Face.join(
                        app.acquireTokenRedirect(RedirectRequest.builder(URI.create("http://127.0.0.1/b"), "User.Read")
                                .account(account)
                                .authority(b)
                                .build()))
                .authorizationUri();

        assertThat(page.toString()).startsWith(b);
        assertThat(Parameters.decode(page.getRawQuery()).asMap()).doesNotContainKey("login_hint");
    }

    @Test
    void credentials_goToTheirOwnIssuerOnly() {
        var server = ConfidentialClientApplication.builder("demo-app", "THE-SECRET")
                .authority(a)
                .transport(bench.wire)
                .build();
        var request = RedirectRequest.builder(URI.create("http://127.0.0.1/callback"), "User.Read")
                .authority(b)
                .build();

        assertMismatch(() -> Face.join(server.acquireTokenRedirect(request)));

        assertThat(bench.wire.sent()).allMatch(message -> message.form() == null);
        server.close();
    }

    @Test
    void redirectToOneIssuer_answerTakenInForAnother_isRefusedAndNothingIsSent() {
        bench.wire.metadata("authorization_response_iss_parameter_supported", "false");
        PublicClientApplication other = at(b);
        RedirectSignIn begun = Face.join(
                app.acquireTokenRedirect(RedirectRequest.of(URI.create("http://127.0.0.1/callback"), "User.Read")));

        assertThatThrownBy(() -> Face.join(
                        other.handleRedirect(begun.saved(), Parameters.decode("code=c&state=" + begun.state()))))
                .isInstanceOfSatisfying(AuthException.class, error -> assertThat(error.errorCode())
                        .isEqualTo(ErrorCodes.ISSUER_MISMATCH));

        assertThat(bench.wire.sent()).allMatch(message -> message.form() == null);
        other.close();
    }

    @Test
    void severalIssuers_oneSaysNotWhoItIs_needsARedirectUriOfItsOwn() {
        bench.wire.metadata("authorization_response_iss_parameter_supported", "false");
        PopupRequest atB = PopupRequest.builder("User.Read").authority(b).build();

        assertThatThrownBy(() -> Face.FUTURES.popup(app, atB))
                .isInstanceOfSatisfying(ClientConfigurationException.class, error -> {
                    assertThat(error.errorCode()).isEqualTo(ErrorCodes.ISSUER_NOT_IDENTIFIED);
                    assertThat(error).hasMessageContaining("redirectPath");
                });
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
    }

    @Test
    void severalIssuers_oneSaysNotWhoItIs_isAskedWithARedirectUriOfItsOwn() {
        bench.wire.metadata("authorization_response_iss_parameter_supported", "false");
        CompletableFuture<URI> shown = new CompletableFuture<>();
        PublicClientApplication other = bench.application(it -> it.authority(a).userAgent(shown::complete));

        var signIn = other.acquireTokenPopup(PopupRequest.builder("User.Read")
                .authority(b)
                .redirectPath("/b")
                .build());

        assertThat(URI.create(Parameters.decode(Face.join(shown).getRawQuery()).get("redirect_uri")))
                .hasPath("/b");
        signIn.cancel(true);
        other.close();
    }

    @Test
    void severalIssuers_answerOfARedirect_mustComeToItsOwnAddress() {
        bench.wire.metadata("authorization_response_iss_parameter_supported", "false");
        PublicClientApplication other = at(a);
        RedirectSignIn begun = Face.join(
                other.acquireTokenRedirect(RedirectRequest.builder(URI.create("http://127.0.0.1/b"), "User.Read")
                        .authority(b)
                        .build()));
        Parameters answer = Parameters.decode("code=c&state=" + begun.state());

        assertNotIdentified(() -> Face.join(other.handleRedirect(begun.saved(), answer)));
        assertNotIdentified(() -> Face.join(
                other.handleRedirect(begun.saved(), URI.create("http://127.0.0.1/a?code=c&state=" + begun.state()))));
        assertThat(bench.wire.sent()).allMatch(message -> message.form() == null);
        other.close();
    }

    /** Strangers can make up host names: what is not remembered counts as another's, and what is stays good. */
    @Test
    void severalIssuers_moreRedirectUrisThanAreRemembered_areRefusedToOthers() {
        bench.wire.metadata("authorization_response_iss_parameter_supported", "false");
        PublicClientApplication other = at(a);
        begin(other, b, "http://b.example/");
        for (int i = 0; i < 1_100; i++) {
            begin(other, a, "http://host" + i + ".example/");
        }

        begin(other, a, "http://new.example/");
        begin(other, b, "http://b.example/");
        assertNotIdentified(() -> begin(other, a, "http://b.example/"));
        assertNotIdentified(() -> begin(other, b, "http://host0.example/"));
        assertNotIdentified(() -> begin(other, b, "http://host1099.example/"));
        assertNotIdentified(() -> begin(other, b, "http://b2.example/"));
        other.close();
    }

    private static void begin(PublicClientApplication application, String authority, String redirectUri) {
        assertThat(Face.join(
                        application.acquireTokenRedirect(RedirectRequest.builder(URI.create(redirectUri), "User.Read")
                                .authority(authority)
                                .build())))
                .isNotNull();
    }

    private AuthenticationResult signInAtB() {
        return Face.FUTURES.popup(
                app, PopupRequest.builder("User.Read").authority(b).build());
    }

    /** As a caller could make one up. */
    private AuthenticationResult relabelled(AuthenticationResult result, String authority) {
        Partition partition =
                store.read(result.account().orElseThrow().partitionKey()).partition();
        return AuthenticationResult.of(
                partition.accessTokens().get(0),
                partition,
                new AuthenticationResult.Origin(authority, true),
                null,
                null);
    }

    private static SilentRequest.Builder silent(Account account) {
        return SilentRequest.builder("User.Read").account(account);
    }

    private static void assertMismatch(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(ClientConfigurationException.class, error -> assertThat(error.errorCode())
                        .isEqualTo(ErrorCodes.AUTHORITY_MISMATCH));
    }

    private static void assertNotIdentified(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(ClientConfigurationException.class, error -> assertThat(error.errorCode())
                        .isEqualTo(ErrorCodes.ISSUER_NOT_IDENTIFIED));
    }
}
