package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.ApiResource;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.RecordedRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that name a resource (RFC 8707): what is sent, and which refresh token serves which resource. */
@Timeout(120)
class ResourcesTest {
    private static final URI CALLBACK = URI.create("http://127.0.0.1:1/callback");
    private static final String ORDERS = "https://orders.example";
    private static final String STOCK = "api://stock";

    private final Bench bench = Bench.with(
            idp -> idp.api(ApiResource.of(ORDERS, "read", "write")).api(ApiResource.of(STOCK, "read")), app -> app);
    private PublicClientApplication oidc;

    @AfterEach
    void stop() {
        if (oidc != null) {
            oidc.close();
        }
        bench.close();
    }

    /** What goes to Microsoft's authorities, where a scope names its resource and a bare one is Graph's. */
    @ParameterizedTest
    @CsvSource({
        "https://orders.example/read, https://orders.example, https://orders.example/read, https://orders.example",
        "read write, https://orders.example, https://orders.example/read https://orders.example/write,",
        "read, api://stock, api://stock/read,",
        "openid, https://orders.example, openid https://orders.example/.default,",
        "'', https://orders.example, https://orders.example/.default,",
        "https://orders.example/read, https://orders.example/, https://orders.example/read,",
        "https://orders.example/read write, https://orders.example,"
                + " https://orders.example/read https://orders.example/write,",
        "read,, read,"
    })
    void request_toEntra_namesTheResourceWhereEntraReadsIt(String scopes, String resource, String sent, String named) {
        var request =
                PopupRequest.builder(Scopes.parse(scopes)).resource(resource).build();

        AuthenticationResult result = Face.join(bench.app.acquireTokenPopup(request));

        Account account = result.account().orElseThrow();
        assertThat(result.resource()).isEqualTo(Optional.ofNullable(resource));
        assertThat(silent(bench.app, account, scopes, resource).fromCache())
                .as("served from the cache as it was asked for")
                .isTrue();
        bench.expireAccessTokens();
        assertThat(silent(bench.app, account, scopes, resource).fromCache()).isFalse();
        assertThat(bench.idp.requests().to(Endpoint.AUTHORIZE)).anySatisfy(it -> assertSent(it, sent, named));
        assertThat(bench.idp.requests().to(Endpoint.TOKEN)).hasSize(2).allSatisfy(it -> assertSent(it, sent, named));
    }

    private static void assertSent(RecordedRequest request, String scopes, String resource) {
        Scopes all = Scopes.parse(scopes).plus(Scopes.DEFAULTS);
        assertThat(Scopes.parse(request.parameters().getOrDefault("scope", ""))).isEqualTo(all);
        assertThat(request.parameters().get("resource")).isEqualTo(resource);
    }

    @Test
    void redirect_followsTheSameRule() {
        RedirectSignIn begun = Face.join(bench.app.acquireTokenRedirect(
                RedirectRequest.builder(CALLBACK, "read").resource(ORDERS).build()));
        assertThat(Parameters.decode(begun.authorizationUri().getRawQuery()).asMap())
                .doesNotContainKey("resource")
                .containsEntry("scope", ORDERS + "/read openid profile offline_access");
    }

    private void openOidc() {
        oidc = bench.application(it -> it.authority(bench.idp.oidcIssuer().toString(), AuthorityKind.OIDC));
    }

    private Account signIn(String resource) {
        AuthenticationResult result = Face.join(oidc.acquireTokenPopup(
                PopupRequest.builder("openid").resource(resource).build()));
        return result.account().orElseThrow();
    }

    private String sentFor(Account account, String resource) {
        bench.wire.forget();
        assertThat(silent(oidc, account, "openid", resource).fromCache()).isFalse();
        assertThat(bench.wire.sentTo("/token")).hasSize(1);
        return Objects.requireNonNull(form(bench.wire.sentTo("/token").get(0)).get("refresh_token"));
    }

    /** Each sign-in's refresh token goes on serving its own resource, through rotations, whatever came after it. */
    @Test
    void refreshToken_grantedForAResource_isNotReplacedByAnother() {
        openOidc();
        Account account = signIn(ORDERS);
        signIn(null);
        signIn(STOCK);
        bench.expireAccessTokens();

        String orders = sentFor(account, ORDERS);
        String none = sentFor(account, null);
        String stock = sentFor(account, STOCK);

        assertThat(List.of(orders, none, stock)).doesNotHaveDuplicates();
        for (String resource : new String[] {ORDERS, null, STOCK}) {
            bench.expireAccessTokens();
            assertThat(List.of(orders, none, stock)).doesNotContain(sentFor(account, resource));
        }
        assertThat(bench.idp.requests().tokenRequests(GrantType.REFRESH_TOKEN))
                .allMatch(it -> it.outcome().status() == 200)
                .hasSize(6);
    }

    /** Not every authority binds refresh tokens: without one for the resource, another is tried. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refreshToken_ofAnotherResource_isTriedWhereThereIsNoOther(boolean bound) {
        openOidc();
        Account account = signIn(bound ? STOCK : null);
        bench.expireAccessTokens();

        assertThat(sentFor(account, ORDERS)).isNotEmpty();
        bench.expireAccessTokens();
        assertThat(sentFor(account, bound ? STOCK : null)).isNotEmpty();
    }

    @Test
    void refreshToken_thatIsDead_givesWayToTheOneForNoResource() {
        openOidc();
        signIn(null);
        Account account = signIn(ORDERS);
        bench.expireAccessTokens();
        refuseOneRefresh();

        assertThat(silent(oidc, account, "openid", ORDERS).fromCache()).isFalse();

        bench.expireAccessTokens();
        bench.wire.forget();
        assertThat(silent(oidc, account, "openid", ORDERS).fromCache()).isFalse();
        assertThat(bench.wire.sentTo("/token")).as("the dead one is gone").hasSize(1);
    }

    /** Its token would be for that resource, and would be served to whatever else is called. */
    @Test
    void refreshToken_grantedForAResource_neverServesARequestWithoutOne() {
        openOidc();
        signIn(null);
        Account account = signIn(ORDERS);
        bench.expireAccessTokens();
        refuseOneRefresh();
        bench.wire.forget();

        assertAsksThePerson(account, null, "invalid_grant");

        assertThat(bench.wire.sentTo("/token")).hasSize(1);
        bench.clock.advance(Duration.ofMinutes(5));
        assertAsksThePerson(account, null, "no_tokens_found");
        assertThat(sentFor(account, ORDERS)).isNotEmpty();
    }

    /** An authority that binds refresh tokens says so with one of these, and means no harm to the token. */
    @ParameterizedTest
    @ValueSource(strings = {"invalid_target", "invalid_scope", "invalid_grant"})
    void refreshToken_refusedForAnotherResource_asksThePersonAndStays(String code) {
        openOidc();
        signIn(STOCK);
        Account account = signIn(ORDERS);
        bench.expireAccessTokens();
        refuseOneRefresh();
        bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .when(it -> ORDERS.equals(it.parameter("resource").orElse("")))
                .answer(Fault.error(400, code, "not for this resource"));

        assertAsksThePerson(account, ORDERS, code);

        assertThat(sentFor(account, STOCK)).as("still good for its own").isNotEmpty();
    }

    private void refuseOneRefresh() {
        bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .once()
                .answer(Fault.error(400, "invalid_grant", "the token is not active"));
    }

    private void assertAsksThePerson(Account account, String resource, String code) {
        assertThatThrownBy(() -> silent(oidc, account, "openid", resource))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(code));
    }

    @Test
    void signOut_revokesAllOfThem() {
        openOidc();
        signIn(ORDERS);
        Account account = signIn(null);

        Face.join(oidc.logout(LogoutRequest.builder(account).build()));

        assertThat(bench.wire.sentTo("/revoke")).hasSize(2);
        assertThatThrownBy(() -> silent(oidc, account, "openid", ORDERS))
                .isInstanceOf(InteractionRequiredAuthException.class);
    }

    private static Parameters form(HttpMessage message) {
        return Objects.requireNonNull(message.form());
    }

    private static AuthenticationResult silent(
            PublicClientApplication app, Account account, String scopes, String resource) {
        return Face.FUTURES.silent(
                app,
                SilentRequest.builder(Scopes.parse(scopes))
                        .account(account)
                        .resource(resource)
                        .build());
    }
}
