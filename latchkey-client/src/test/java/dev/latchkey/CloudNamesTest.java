package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.LocalAuthorityBuilder;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hosts are one cloud, and what keeps clouds apart. The local authority speaks https, as theirs do. */
@Timeout(60)
class CloudNamesTest {
    private final TokenStore store = MemoryTokenStore.create();
    private final Bench bench = Bench.with(LocalAuthorityBuilder::https, it -> it.store(store));

    @AfterEach
    void stop() {
        bench.close();
    }

    /** The names Microsoft documents are built in: nobody is asked, and the tokens are shared between them. */
    @ParameterizedTest
    @CsvSource({
        "login.microsoftonline.com, login.windows.net, login.windows.net",
        "login.microsoft.com, sts.windows.net, login.windows.net",
        "login.microsoftonline.us, login.usgovcloudapi.net, login.microsoftonline.us",
        "login.partner.microsoftonline.cn, login.chinacloudapi.cn, login.partner.microsoftonline.cn",
        "login.microsoftonline.de, login.microsoftonline.de, login.microsoftonline.de",
    })
    void namesOfOneCloud_shareTheirTokens(String name, String alias, String environment) {
        bench.wire.script(this::asMicrosoft);
        Account account = bench.signIn(microsoft(name));

        assertThat(account.environment()).isEqualTo(environment);
        PublicClientApplication other = microsoft(alias);
        assertThat(other.blocking().accounts()).containsExactly(account);
        assertThat(Face.FUTURES.silent(other, silent(account)).fromCache()).isTrue();
        bench.expireAccessTokens();
        assertThat(Face.FUTURES.silent(other, silent(account)).fromCache()).isFalse();
        assertThat(bench.wire.sentTo("/discovery/instance")).isEmpty();
    }

    @Test
    void sovereignCloud_neverGetsAnotherCloudsTokens() {
        bench.wire.script(this::asMicrosoft);
        Account account = bench.signIn(microsoft("login.microsoftonline.com"));
        PublicClientApplication china = microsoft("login.partner.microsoftonline.cn");
        SilentRequest elsewhere = silent(account).toBuilder()
                .authority("https://login.microsoftonline.us/" + account.tenantId())
                .build();

        assertMismatch(china, silent(account));
        assertMismatch(microsoft("login.microsoftonline.com"), elsewhere);
        assertThat(bench.refreshes()).isZero();
    }

    private void assertMismatch(PublicClientApplication app, SilentRequest request) {
        assertThatThrownBy(() -> Face.FUTURES.silent(app, request))
                .isInstanceOfSatisfying(ClientConfigurationException.class, error -> assertThat(error.errorCode())
                        .isEqualTo(ErrorCodes.AUTHORITY_MISMATCH));
    }

    /** An application of a Microsoft host; its documents come from the local authority, see {@link #asMicrosoft}. */
    private PublicClientApplication microsoft(String host) {
        return bench.application(it -> it.store(store)
                .authority("https://" + host + "/contoso")
                .knownAuthorities(List.of(bench.idp.baseUri().getHost())));
    }

    private HttpAnswer asMicrosoft(HttpMessage message, HttpTransport real) throws IOException, InterruptedException {
        return message.uri().getHost().startsWith("login.")
                        || message.uri().getHost().startsWith("sts.")
                ? real.send(
                        HttpMessage.get(
                                URI.create(bench.idp.baseUri() + message.uri().getPath())),
                        Duration.ofSeconds(30))
                : null;
    }

    private static SilentRequest silent(Account account) {
        return SilentRequest.builder("User.Read").account(account).build();
    }
}
