package dev.latchkey.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.error.ClientConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorityTest {
    @ParameterizedTest
    @CsvSource({
        "https://login.microsoftonline.com/common, ENTRA, https://login.microsoftonline.com/common",
        "https://LOGIN.MicrosoftOnline.com/Contoso.com/, ENTRA, https://login.microsoftonline.com/Contoso.com",
        "https://login.microsoftonline.com, ENTRA, https://login.microsoftonline.com/common",
        "https://login.microsoftonline.com/t/v2.0, ENTRA, https://login.microsoftonline.com/t",
        "https://login.microsoftonline.us/t, ENTRA, https://login.microsoftonline.us/t",
        "https://c.b2clogin.com/c.onmicrosoft.com/B2C_1_in, B2C, https://c.b2clogin.com/c.onmicrosoft.com/B2C_1_in",
        "https://login.example/tfp/t/policy, B2C, https://login.example/tfp/t/policy",
        "https://c.ciamlogin.com/, CIAM, https://c.ciamlogin.com/c.onmicrosoft.com",
        "https://fs.example/adfs, ADFS, https://fs.example/adfs",
        "https://fs.example/ADFS/, ADFS, https://fs.example/ADFS",
        "https://accounts.example, OIDC, https://accounts.example",
        "https://accounts.example:443/a, OIDC, https://accounts.example/a",
        "https://accounts.example:8443/a//, OIDC, https://accounts.example:8443/a",
        "https://accounts.example/realms/x?q=1#f, OIDC, https://accounts.example/realms/x",
        "http://localhost:1234/x, OIDC, http://localhost:1234/x",
        "http://127.0.0.1:1234/x, OIDC, http://127.0.0.1:1234/x",
        "http://[::1]:1234/x, OIDC, http://[::1]:1234/x",
        "https://evil.example/login.microsoftonline.com, OIDC, https://evil.example/login.microsoftonline.com",
        "https://login.microsoftonline.com.evil.example/t, OIDC, https://login.microsoftonline.com.evil.example/t",
        "https://ciamlogin.com/t, OIDC, https://ciamlogin.com/t",
    })
    void of_address_tellsKindAndCanonicalForm(String address, AuthorityKind kind, String canonical) {
        Authority authority = Authority.of(address);

        assertThat(authority.kind()).isEqualTo(kind);
        assertThat(authority.uri()).hasToString(canonical);
        assertThat(Authority.of(canonical)).isEqualTo(authority).hasSameHashCodeAs(authority);
    }

    @ParameterizedTest
    @CsvSource({
        "https://sso.example.test:443/x, https://sso.example.test:443/x, true",
        "https://sso.example.test:443/x, https://sso.example.test/x, true",
        "https://sso.example.test:443/x, https://sso.example.test:443/x/, true",
        "https://sso.example.test:443/x/, https://sso.example.test:443/x, true",
        "HTTPS://SSO.example.test/X, HTTPS://SSO.example.test/X, true",
        "HTTPS://SSO.example.test/X, https://sso.example.test/X, true",
        "https://sso.example.test/x, https://sso.example.test:443/x, false",
        "https://sso.example.test/x, https://sso.example.test/X, false",
        "https://sso.example.test/x, https://SSO.example.test/x, false",
        "https://sso.example.test/x, https://sso.example.test/x//, false",
        "https://sso.example.test/x, https://sso.example.test/x/y, false",
        "https://sso.example.test/x, http://sso.example.test/x, false",
        "https://sso.example.test/x?tenant=a, https://sso.example.test/x?tenant=a, false",
    })
    void isAddress_asGivenOrCanonical_isComparedExactly(String given, String issuer, boolean same) {
        assertThat(Authority.of(given).isAddress(issuer)).isEqualTo(same);
    }

    @Test
    void toString_ofAnIssuer_isAsItWasGiven() {
        assertThat(Authority.of("https://SSO.example.test:443/x/")).hasToString("https://SSO.example.test:443/x");
        assertThat(Authority.of("https://LOGIN.microsoftonline.com:443/common"))
                .hasToString("https://login.microsoftonline.com/common");
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty_url_error",
        "' ', empty_url_error",
        "login.example, url_parse_error",
        "'https://', url_parse_error",
        "'https:///path', url_parse_error",
        "'https://a b', url_parse_error",
        "mailto:a@b, url_parse_error",
        "http://login.example/t, authority_uri_insecure",
        "http://localhost.example/t, authority_uri_insecure",
        "http://127.0.0.1.example/t, authority_uri_insecure",
        "http://10.0.0.1/t, authority_uri_insecure",
        "ftp://login.example/t, authority_uri_insecure",
        "https://user:MARKER@login.example/t, url_parse_error",
        "'https://user:MARKER@login .example/t', url_parse_error",
    })
    void of_emptyMalformedOrInsecure_isRefused(String address, String code) {
        assertThatThrownBy(() -> Authority.of(address))
                .isInstanceOfSatisfying(ClientConfigurationException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(code);
                    assertThat(e).hasMessageNotContaining("MARKER");
                });
    }

    /** {@link java.net.URI} takes it for the authority of a registry; the JDK's HTTP client does not take it at all. */
    @ParameterizedTest
    @CsvSource({
        "https://my_op.example/t",
        "https://my_op.example:8443/t",
        "https://user:MARKER@my_op.example/t",
        "https://op-.example_/t",
        "https://a_b@my_op.example/t"
    })
    void of_hostWithAnUnderscore_saysWhatIsWrong(String address) {
        assertThatThrownBy(() -> Authority.of(address))
                .isInstanceOfSatisfying(ClientConfigurationException.class, e -> assertThat(e.errorCode())
                        .isEqualTo("url_parse_error"))
                .hasMessageContaining("a host with '_' in its name")
                .hasMessageContaining("give the host another name")
                .hasMessageNotContaining("MARKER");
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.microsoftonline.com/t, https://login.microsoftonline.com/t/v2.0/.well-known/openid-configuration",
        "https://c.b2clogin.com/t/p, https://c.b2clogin.com/t/p/v2.0/.well-known/openid-configuration",
        "https://fs.example/adfs, https://fs.example/adfs/.well-known/openid-configuration",
        "https://op.example/realms/r, https://op.example/realms/r/.well-known/openid-configuration",
    })
    void metadataEndpoint_ofEachKind(String address, String expected) {
        assertThat(Authority.of(address).metadataEndpoint()).hasToString(expected);
    }

    @Test
    void realm_sharedTenantAndGenericProvider_isNotKnownBefore() {
        assertThat(Authority.of("https://login.microsoftonline.com/common").realm())
                .isNull();
        assertThat(Authority.of("https://login.microsoftonline.com/Organizations")
                        .realm())
                .isNull();
        assertThat(Authority.of("https://login.microsoftonline.com/t1").realm()).isEqualTo("t1");
        assertThat(Authority.of("https://c.b2clogin.com/t/B2C_1_in").realm()).isEqualTo("B2C_1_in");
        assertThat(Authority.of("https://op.example/x").realm()).isNull();
    }

    @Test
    void withRealm_changesTenantOrPolicyOnly() {
        assertThat(Authority.of("https://login.microsoftonline.com/common").withRealm("t2"))
                .hasToString("https://login.microsoftonline.com/t2");
        assertThat(Authority.of("https://c.b2clogin.com/t/B2C_1_in").withRealm("B2C_1_edit"))
                .hasToString("https://c.b2clogin.com/t/B2C_1_edit");
        Authority generic = Authority.of("https://op.example/x");
        assertThat(generic.withRealm("t2")).isSameAs(generic);
    }

    @Test
    void like_sameHost_takesTheOthersKind() {
        Authority local = Authority.of("http://localhost:1/t1", AuthorityKind.ENTRA);

        assertThat(Authority.like("http://localhost:1/t2", local).kind()).isEqualTo(AuthorityKind.ENTRA);
        assertThat(Authority.like("http://localhost:2/t2", local).kind()).isEqualTo(AuthorityKind.OIDC);
    }

    @Test
    void clouds_aliases_areOneEnvironment() {
        Clouds clouds = Clouds.BUILT_IN;

        assertThat(clouds.environmentOf("LOGIN.microsoftonline.com")).isEqualTo("login.windows.net");
        assertThat(clouds.areAliases("sts.windows.net", "login.microsoft.com")).isTrue();
        assertThat(clouds.areAliases("login.microsoftonline.us", "login.microsoftonline.com"))
                .isFalse();
        assertThat(clouds.environmentOf("Op.Example")).isEqualTo("op.example");
        assertThat(clouds.knows("evil.example")).isFalse();
    }

    @Test
    void clouds_parse_skipsIncompleteEntriesAndWinsOverBuiltIn() {
        Clouds own = Clouds.parse("{\"metadata\":[{\"preferred_network\":\"a\"},7,{\"preferred_network\":\"n.example\","
                + "\"preferred_cache\":\"c.example\",\"aliases\":[\"N.example\",\"login.windows.net\"]}]}");

        assertThat(own.environmentOf("n.EXAMPLE")).isEqualTo("c.example");
        assertThat(Clouds.BUILT_IN.precededBy(own).environmentOf("login.windows.net"))
                .isEqualTo("c.example");
        assertThatThrownBy(() -> Clouds.parse("<html>")).isInstanceOf(ClientConfigurationException.class);
    }
}
