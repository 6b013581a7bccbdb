package dev.latchkey.integration.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.integration.browser.ChromiumBrowser;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which of the authority's responses scripts of other pages may read, as decided by Chromium. */
final class CrossOriginTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    /** Custom headers make the browser send a preflight. */
    private static final String REDEEM = """
            uri => fetch(uri, {
              method: 'POST',
              headers: {'content-type': 'application/x-www-form-urlencoded', 'x-client-sku': 'page'},
              body: 'grant_type=refresh_token&client_id=page&refresh_token=any'
            }).then(answer => answer.json()).then(body => body.error, refusal => 'refused')
            """;

    private static final String READ = """
            uri => fetch(uri, {headers: {'authorization': 'Bearer any'}})
              .then(answer => answer.headers.get('www-authenticate') ? 'read' : 'hidden', refusal => 'refused')
            """;

    private static final String METADATA = "uri => fetch(uri).then(answer => answer.status, refusal => 'refused')";

    private CallbackServer registered;
    private CallbackServer stranger;
    private LocalAuthority authority;

    @BeforeEach
    void start() throws IOException {
        registered = CallbackServer.start();
        stranger = CallbackServer.start();
        authority = LocalAuthority.builder()
                .client(Client.singlePageApp("page").redirectUri(registered.uri() + "/"))
                .client(Client.publicClient("program").redirectUri(stranger.uri() + "/"))
                .start();
    }

    @AfterEach
    void stop() {
        authority.close();
        stranger.close();
        registered.close();
    }

    @Test
    void tokenEndpoints_areReadByPagesOfSinglePageRegistrations_andByNoOther() {
        for (String endpoint : List.of(
                authority.oidcIssuer() + "/token",
                authority.entraAuthority("contoso") + "/oauth2/v2.0/token",
                authority.ciamAuthority("contoso") + "/oauth2/v2.0/token",
                authority.b2cAuthority("contoso", "B2C_1_susi") + "/oauth2/v2.0/token")) {
            assertThat(on(registered).evaluate(REDEEM, endpoint)).as(endpoint).isEqualTo("invalid_grant");
            assertThat(on(stranger).evaluate(REDEEM, endpoint)).as(endpoint).isEqualTo("refused");
        }
    }

    @Test
    void apiAndUserInfo_areCalledByPagesOfSinglePageRegistrations_andByNoOther() {
        for (String endpoint : List.of(authority.apiUri() + "/me", authority.oidcIssuer() + "/userinfo")) {
            assertThat(on(registered).evaluate(READ, endpoint)).as(endpoint).isEqualTo("read");
            assertThat(on(stranger).evaluate(READ, endpoint)).as(endpoint).isEqualTo("refused");
        }
    }

    @Test
    void metadataAndKeys_areReadByEverybody() {
        for (String path : List.of("/.well-known/openid-configuration", "/jwks")) {
            assertThat(on(registered).evaluate(METADATA, authority.oidcIssuer() + path))
                    .isEqualTo(200);
            assertThat(on(stranger).evaluate(METADATA, authority.oidcIssuer() + path))
                    .isEqualTo(200);
        }
    }

    private static Page on(CallbackServer server) {
        Page page = CHROMIUM.newPage();
        page.navigate(server.uri() + "/page");
        return page;
    }
}
