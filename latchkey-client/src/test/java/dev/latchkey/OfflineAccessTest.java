package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.token.DeviceCodeResponse;
import dev.latchkey.interaction.UserAgent;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a refresh token is asked for by {@code offline_access}: what the authority lists, what the application says. */
@Timeout(60)
class OfflineAccessTest {
    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource({
        // scopes_supported, setting, scopes of the request, sent
        "openid profile offline_access, AUTO, User.Read, true",
        "openid profile, AUTO, User.Read, false",
        "'', AUTO, User.Read, true",
        "openid profile, AUTO, User.Read offline_access, true",
        "openid profile, ALWAYS, User.Read, true",
        "openid profile offline_access, NEVER, User.Read, false",
        "openid profile offline_access, NEVER, User.Read offline_access, true",
    })
    void offlineAccess_byMetadataSettingAndRequest_isSentOrNot(
            String supported, OfflineAccess setting, String asked, boolean isSent) {
        list(supported);
        Scopes scopes = Scopes.parse(asked);
        CompletableFuture<URI> opened = new CompletableFuture<>();
        CompletableFuture<DeviceCodeResponse> told = new CompletableFuture<>();
        try (PublicClientApplication app =
                bench.application(it -> it.authority(bench.idp.oidcIssuer().toString(), AuthorityKind.OIDC)
                        .offlineAccess(setting)
                        .userAgent(watched(opened)))) {
            Account account = Face.join(
                            app.acquireTokenPopup(PopupRequest.builder(scopes).build()))
                    .account()
                    .orElseThrow();
            if (isSent) {
                Face.FUTURES.silent(
                        app,
                        SilentRequest.builder(scopes)
                                .account(account)
                                .forceRefresh()
                                .build());
            }
            var unused = app.acquireTokenByDeviceCode(DeviceCodeRequest.of(scopes, told::complete));
            Face.join(told);

            assertThat(scopesSent("/token")).isNotEmpty().allMatch(sent -> sent.contains("offline_access") == isSent);
            assertThat(scopesSent("/device_authorization"))
                    .isNotEmpty()
                    .allMatch(sent -> sent.contains("offline_access") == isSent);
            assertThat(Face.join(opened).getQuery().contains("offline_access")).isEqualTo(isSent);
        }
    }

    /** Azure AD B2C lists {@code openid} alone, and gives no refresh token without the scope. */
    @ParameterizedTest
    @EnumSource(names = {"ENTRA", "B2C", "CIAM"})
    void offlineAccess_ofMicrosoftsAuthorities_isSentWhateverTheyList(AuthorityKind kind) {
        list("openid");
        URI authority =
                switch (kind) {
                    case B2C -> bench.idp.b2cAuthority("contoso", "B2C_1_susi");
                    case CIAM -> bench.idp.ciamAuthority("contoso");
                    default -> bench.idp.entraAuthority("contoso");
                };
        CompletableFuture<URI> opened = new CompletableFuture<>();
        try (PublicClientApplication app =
                bench.application(it -> it.authority(authority.toString(), kind).userAgent(watched(opened)))) {
            Account account = bench.signIn(app);
            bench.expireAccessTokens();

            assertThat(Face.join(opened).getQuery()).contains("offline_access");
            assertThat(Face.FUTURES
                            .silent(
                                    app,
                                    SilentRequest.builder("User.Read")
                                            .account(account)
                                            .build())
                            .fromCache())
                    .isFalse();
        }
    }

    private UserAgent watched(CompletableFuture<URI> opened) {
        return page -> {
            opened.complete(page);
            bench.browser().open(page);
        };
    }

    private List<String> scopesSent(String path) {
        return bench.wire.sentTo(path).stream()
                .map(message ->
                        Objects.toString(Objects.requireNonNull(message.form()).get("scope")))
                .toList();
    }

    private void list(String scopes) {
        bench.wire.metadata("scopes_supported", scopes.isEmpty() ? List.of() : List.of(scopes.split(" ")));
    }
}
