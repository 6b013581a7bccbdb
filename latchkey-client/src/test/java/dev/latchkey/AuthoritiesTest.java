package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which authorities are believed, what they are asked and when, and what holds while they are down. */
@Timeout(60)
class AuthoritiesTest {
    private static final String DISCOVERY = "/discovery/instance";
    private static final String METADATA = "/openid-configuration";
    private static final Duration DAY = Duration.ofHours(24);

    private final TokenStore store = MemoryTokenStore.create();
    private final Bench bench = Bench.with(it -> it.store(store));

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(value = AuthorityKind.class, names = "OAUTH", mode = EnumSource.Mode.EXCLUDE)
    void build_ofEveryKind_asksNobody(AuthorityKind kind) {
        PublicClientApplication app = application(kind);

        assertThat(app.blocking().accounts()).isEmpty();
        assertThat(app.blocking().activeAccount()).isEmpty();
        assertThatThrownBy(() -> Face.FUTURES.silent(app, SilentRequest.of("User.Read")))
                .isInstanceOf(AuthException.class);
        assertThat(bench.wire.sent()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = AuthorityKind.class, names = "OAUTH", mode = EnumSource.Mode.EXCLUDE)
    void everyKind_signsInServesFromTheCacheAndRenews(AuthorityKind kind) {
        PublicClientApplication app = application(kind);

        Account account = bench.signIn(app, "User.Read");

        assertThat(account.authorityType())
                .isEqualTo(
                        switch (kind) {
                            case ENTRA, B2C, CIAM -> AuthorityType.MSSTS;
                            case ADFS -> AuthorityType.ADFS;
                            case OIDC, OAUTH -> AuthorityType.GENERIC;
                        });
        assertThat(account.username()).isEqualTo(Bench.ALICE);
        assertThat(Face.FUTURES.silent(app, silent(account)).fromCache()).isTrue();
        bench.expireAccessTokens();
        assertThat(Face.FUTURES.silent(app, silent(account)).fromCache()).isFalse();
        assertThat(app.blocking().accounts()).containsExactly(account);
    }

    @Test
    void manyFirstCalls_askOnce() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        PublicClientApplication fresh = bench.application(it -> it.store(store));
        List<CompletableFuture<AuthenticationResult>> calls = new ArrayList<>();
        for (String scope : List.of("User.Read", "Mail.Read", "Files.Read", "openid")) {
            calls.add(fresh.acquireTokenSilent(
                    SilentRequest.builder(scope).account(account).build()));
        }
        calls.forEach(call -> call.handle((result, error) -> "done").join());

        assertThat(bench.wire.sentTo(DISCOVERY)).hasSize(1);
        assertThat(bench.wire.sentTo(METADATA)).hasSize(1);
    }

    @Test
    void whatWasLearned_isKeptForADay() {
        Account account = bench.signIn();

        bench.clock.advance(DAY.minusMinutes(1));
        renew(account);
        assertThat(bench.wire.sentTo(DISCOVERY)).isEmpty();

        // The account's own tenant was asked about just now, and is for another day.
        bench.wire.forget();
        bench.clock.advance(DAY.plusMinutes(1));
        renew(account);
        renew(account);
        assertThat(bench.wire.sentTo(DISCOVERY)).hasSize(1);
        assertThat(bench.wire.sentTo(METADATA)).hasSize(1);
    }

    @Test
    void authorityDown_afterADay_theLastKnownHolds_andIsAskedAgainAMinuteLater() {
        Account account = bench.signIn();
        renew(account);
        bench.clock.advance(DAY.plusMinutes(1));
        bench.wire.forget();
        bench.wire.fail(AuthoritiesTest::isDiscovery, new HttpTransport.NotSentException(new ConnectException()));

        renew(account);
        int asked = bench.wire.sent().size();
        renew(account);
        assertThat(bench.wire.sent().stream().filter(AuthoritiesTest::isDiscovery))
                .as("not asked with every call")
                .hasSizeLessThan(asked);

        bench.wire.unscript();
        bench.wire.forget();
        bench.clock.advance(Duration.ofSeconds(61));
        renew(account);
        assertThat(bench.wire.sentTo(METADATA)).hasSize(1);
    }

    @Test
    void authorityDown_nothingKnown_isANetworkError() {
        bench.wire.fail(AuthoritiesTest::isDiscovery, new HttpTransport.NotSentException(new ConnectException()));

        assertThatThrownBy(() -> Face.FUTURES.popup(bench.app, PopupRequest.of("User.Read")))
                .isInstanceOfSatisfying(NetworkException.class, error -> assertThat(error.errorCode())
                        .isEqualTo(ErrorCodes.NO_NETWORK_CONNECTIVITY));
    }

    @Test
    void lookUp_overHttpBeyondThisMachine_isRefusedAndNothingSent() {
        PublicClientApplication app =
                bench.application(it -> it.authority("https://login.unknown.example/common", AuthorityKind.ENTRA)
                        .instanceDiscovery(URI.create("http://lookup.example/instance")));

        assertThatThrownBy(() -> Face.FUTURES.popup(app, PopupRequest.of("User.Read")))
                .isInstanceOfSatisfying(ClientConfigurationException.class, error -> assertThat(error.errorCode())
                        .isEqualTo(ErrorCodes.AUTHORITY_URI_INSECURE));
        assertThat(bench.wire.sent()).isEmpty();
    }

    @Test
    void hostNobodyVouchesFor_isUntrusted_andGetsNothing() {
        PublicClientApplication app =
                bench.application(it -> it.authority("https://login.evil.example/common", AuthorityKind.ENTRA)
                        .instanceDiscovery(URI.create(bench.idp.baseUri() + "/common/discovery/instance")));

        assertThatThrownBy(() -> Face.FUTURES.popup(app, PopupRequest.of("User.Read")))
                .isInstanceOfSatisfying(ClientConfigurationException.class, error -> {
                    assertThat(error.errorCode()).isEqualTo(ErrorCodes.UNTRUSTED_AUTHORITY);
                    assertThat(error)
                            .hasMessageContaining("login.evil.example")
                            .hasMessageContaining("knownAuthorities");
                    assertThat(error.correlationId()).isPresent();
                });
        assertThat(bench.wire.sent()).singleElement().satisfies(message -> assertThat(
                        message.uri().getAuthority())
                .isEqualTo(bench.idp.baseUri().getAuthority()));
    }

    @Test
    void unknownHost_isLookedUpAtThePublicCloud() {
        bench.wire.answer(DISCOVERY, 400, "{\"error\":\"invalid_instance\"}");
        PublicClientApplication app =
                bench.application(it -> it.authority("https://login.evil.example/common", AuthorityKind.ENTRA));

        assertThatThrownBy(() -> Face.FUTURES.popup(app, PopupRequest.of("User.Read")))
                .isInstanceOf(ClientConfigurationException.class);
        assertThat(bench.wire.sent())
                .singleElement()
                .extracting(message -> message.uri().getHost())
                .isEqualTo("login.microsoftonline.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "http://%s/contoso", "%S"})
    void knownAuthorities_areTrustedWithoutAsking(String pattern) {
        String host = bench.idp.baseUri().getAuthority();
        PublicClientApplication app = bench.application(it -> it.knownAuthorities(List.of(pattern.formatted(host))));

        bench.signIn(app);

        assertThat(bench.idp.requests().to(Endpoint.INSTANCE_DISCOVERY)).isEmpty();
    }

    @Test
    void cloudDiscoveryMetadata_standsInForAsking_andNamesTheAliases() {
        String host = bench.idp.baseUri().getAuthority();
        PublicClientApplication app = bench.application(it -> it.cloudDiscoveryMetadata(cloud(host)));

        Account account = bench.signIn(app);

        assertThat(account.environment()).isEqualTo("tokens.example");
        assertThat(bench.idp.requests().to(Endpoint.INSTANCE_DISCOVERY)).isEmpty();
        assertThat(Face.FUTURES
                        .silent(
                                app,
                                silent(account).toBuilder()
                                        .authority("https://alias.example/" + account.tenantId())
                                        .build())
                        .fromCache())
                .as("asked for under another name of the cloud")
                .isTrue();
        bench.expireAccessTokens();
        assertThat(Face.FUTURES.silent(app, silent(account)).fromCache()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "no JSON", "{\"metadata\":"})
    void cloudDiscoveryMetadata_unusable_isRefusedWhenItIsGiven(String text) {
        PublicClientApplicationBuilder builder = PublicClientApplication.builder("app");
        assertThatThrownBy(() -> builder.cloudDiscoveryMetadata(text))
                .isInstanceOfSatisfying(ClientConfigurationException.class, error -> assertThat(error.errorCode())
                        .isEqualTo(ErrorCodes.INVALID_CLOUD_DISCOVERY_METADATA));
    }

    @Test
    void authorityMetadata_standsInForFetching_andServesOtherTenants() throws Exception {
        String contoso = bench.idp.tenant("contoso").id().toString();
        String authority = bench.idp.entraAuthority(contoso).toString();
        String document = bench.wire
                .send(HttpMessage.get(URI.create(authority + "/v2.0/.well-known/openid-configuration")), DAY)
                .body();
        bench.wire.forget();
        PublicClientApplication app = bench.application(
                it -> it.store(store).authority(authority, AuthorityKind.ENTRA).authorityMetadata(document));

        Account account = bench.signIn(app);
        bench.expireAccessTokens();
        Face.FUTURES.silent(app, silent(account));

        assertThat(bench.idp.requests().to(Endpoint.METADATA)).hasSize(1);
    }

    @Test
    void authorityMetadata_unusable_isRefusedOnFirstUse() {
        PublicClientApplication app = bench.application(it -> it.authorityMetadata("{}"));

        assertThatThrownBy(() -> Face.FUTURES.popup(app, PopupRequest.of("User.Read")))
                .isInstanceOfSatisfying(ClientConfigurationException.class, error -> assertThat(error.errorCode())
                        .isEqualTo(ErrorCodes.INVALID_AUTHORITY_METADATA));
    }

    @ParameterizedTest
    @EnumSource(value = AuthorityKind.class, names = "OAUTH", mode = EnumSource.Mode.EXCLUDE)
    void documentOfAnotherIssuer_isRefused(AuthorityKind kind) {
        bench.idp.faults().on(Endpoint.METADATA).answer(Fault.with("issuer", "https://login.evil.example/"));

        assertThatThrownBy(() -> Face.FUTURES.popup(application(kind), PopupRequest.of("User.Read")))
                .isInstanceOfSatisfying(AuthException.class, error -> {
                    assertThat(error.errorCode()).isEqualTo(ErrorCodes.ISSUER_VALIDATION_FAILED);
                    assertThat(error).hasMessageContaining("https://login.evil.example/");
                });
    }

    @Test
    void customDomain_whoseIssuerIsDeclared_isBelieved() {
        bench.idp.faults().on(Endpoint.METADATA).answer(Fault.with("issuer", "https://issuer.example/contoso"));
        PublicClientApplication app = bench.application(
                it -> it.knownAuthorities(List.of(bench.idp.baseUri().getAuthority(), "issuer.example")));

        assertThatThrownBy(() -> Face.FUTURES.popup(app, PopupRequest.of("User.Read")))
                .as("the document is, the ID token of another issuer is not")
                .isInstanceOfSatisfying(AuthException.class, error -> assertThat(error.errorCode())
                        .isIn(ErrorCodes.ISSUER_MISMATCH, ErrorCodes.ID_TOKEN_ISSUER_MISMATCH));
    }

    private void renew(Account account) {
        AuthenticationResult result = Face.FUTURES.silent(
                bench.app, silent(account).toBuilder().forceRefresh().build());
        assertThat(result.fromCache()).isFalse();
    }

    private PublicClientApplication application(AuthorityKind kind) {
        LocalAuthority idp = bench.idp;
        URI address =
                switch (kind) {
                    case ENTRA -> idp.entraAuthority("common");
                    case B2C -> idp.b2cAuthority("contoso", "B2C_1_susi");
                    case CIAM -> idp.ciamAuthority("contoso");
                    case ADFS -> idp.adfsAuthority();
                    case OIDC, OAUTH -> idp.oidcIssuer();
                };
        return bench.application(it -> it.authority(address.toString(), kind));
    }

    private static boolean isDiscovery(HttpMessage message) {
        String path = message.uri().getPath();
        return path.endsWith(DISCOVERY) || path.endsWith(METADATA);
    }

    private static String cloud(String host) {
        return """
                {"metadata":[{"preferred_network":"%s","preferred_cache":"tokens.example",
                "aliases":["%s","tokens.example","alias.example"]}]}""".formatted(host, host);
    }

    private static SilentRequest silent(Account account) {
        return SilentRequest.builder("User.Read").account(account).build();
    }
}
