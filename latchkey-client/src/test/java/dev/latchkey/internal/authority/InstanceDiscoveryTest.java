package dev.latchkey.internal.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.OfflineAccess;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is asked about hosts that nobody knows, and what is made of the answer. */
class InstanceDiscoveryTest {
    private static final String PUBLIC = "login.microsoftonline.com";

    private final List<URI> asked = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int status = 200;
    private String body = cloud("a.example", "b.example", "c.example");
    private final InstanceDiscovery instances = discovery(null);

    @Test
    void cloud_isLearnedUnderEachOfItsNames() {
        Clouds clouds = cloudsOf("a.example");

        for (String name : List.of("a.example", "b.example", "c.example")) {
            assertThat(cloudsOf(name)).isSameAs(clouds);
            assertThat(instances.known(entra(name))).isSameAs(clouds);
        }
        assertThat(asked).hasSize(1);
        assertThat(clouds.areAliases("a.example", "c.example")).isTrue();
    }

    /** Else a cloud that somebody runs could speak for Microsoft's hosts. */
    @Test
    void cloud_thatNamesAHostKnownAlready_changesNothingForThat() {
        body = cloud("a.example", PUBLIC, PUBLIC);

        cloudsOf("a.example");

        assertThat(instances.known(entra(PUBLIC))).isSameAs(Clouds.BUILT_IN);
        assertThat(cloudsOf(PUBLIC)).isSameAs(Clouds.BUILT_IN);
    }

    @Test
    void host_vouchedForWithoutACloud_isAskedAboutOnce() {
        cloudsOf("elsewhere.example");
        cloudsOf("elsewhere.example");

        assertThat(asked).hasSize(1);
    }

    @Test
    void answer_isKeptForADay() {
        cloudsOf("a.example");
        now = now.plus(Duration.ofHours(24)).minusSeconds(1);
        cloudsOf("a.example");
        assertThat(asked).hasSize(1);

        now = now.plusSeconds(1);
        cloudsOf("a.example");
        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"500, true", "503, true", "429, true", "400, false", "404, false", "302, false"})
    void hostKnownSoFar_staysSoOnlyWhileNobodyCanTell(int failure, boolean staysKnown) {
        Clouds clouds = cloudsOf("a.example");
        now = now.plus(Duration.ofHours(25));
        status = failure;

        if (staysKnown) {
            assertThat(cloudsOf("a.example")).isSameAs(clouds);
        } else {
            failsWith(ErrorCodes.UNTRUSTED_AUTHORITY);
            assertThat(instances.known(entra("a.example"))).isSameAs(Clouds.BUILT_IN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500, endpoints_resolution_error",
        "499, untrusted_authority",
        "429, endpoints_resolution_error",
        "400, untrusted_authority"
    })
    void hostNeverSeen_isNotBelievedWithoutAnAnswer(int failure, String code) {
        status = failure;

        failsWith(code);
    }

    @Test
    void answerThatCannotBeRead_isNoAnswer() {
        body = "[]";

        failsWith(ErrorCodes.ENDPOINTS_RESOLUTION_ERROR);
    }

    @Test
    void strangers_areLookedUpAtThePublicCloud_andLocalOnesAtThemselves() {
        cloudsOf("a.example");
        instances.cloudsOf(Authority.of("https://localhost:8443/tenant", AuthorityKind.ENTRA), "c");

        assertThat(asked.get(0))
                .hasHost(PUBLIC)
                .hasPath("/common/discovery/instance")
                .hasParameter("authorization_endpoint", "https://a.example/tenant/oauth2/v2.0/authorize");
        assertThat(asked.get(1)).hasAuthority("localhost:8443").hasPath("/common/discovery/instance");
    }

    @Test
    void placeToAsk_namedByTheApplication_hasToBeSecure() {
        discovery("https://discovery.example/instance").cloudsOf(entra("a.example"), "c");
        assertThat(asked.get(0)).hasHost("discovery.example");

        assertThatThrownBy(() -> discovery("http://discovery.example/instance").cloudsOf(entra("a.example"), "c"))
                .hasMessageStartingWith(ErrorCodes.AUTHORITY_URI_INSECURE);
        assertThat(asked).hasSize(1);
    }

    /** A tenant named by its domain has an id, which its issuer tells. */
    @Test
    void realm_ofADomain_isTheIdOnceTheIssuerIsKnown() {
        Authorities authorities = new Authorities(identity(null), network(), () -> now);
        Authority byName = Authority.of("https://" + PUBLIC + "/contoso.example", AuthorityKind.ENTRA);
        assertThat(authorities.realmOf(byName)).isEqualTo("contoso.example");
        body = """
                {"issuer":"https://login.microsoftonline.com/1234/v2.0",
                "authorization_endpoint":"https://login.microsoftonline.com/1234/authorize",
                "token_endpoint":"https://login.microsoftonline.com/1234/token",
                "jwks_uri":"https://login.microsoftonline.com/1234/keys"}""";

        ResolvedAuthority resolved = authorities.resolve(byName, "c");

        assertThat(authorities.realmOf(byName)).isEqualTo("1234");
        assertThat(resolved.metadata().tokenEndpoint()).hasPath("/1234/token");
        assertThat(authorities.resolve(byName, "c")).as("known").isSameAs(resolved);
        assertThat(asked).hasSize(1);
        assertThat(authorities.realmOf(Authority.of("https://" + PUBLIC + "/common", AuthorityKind.ENTRA)))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.microsoftonline.com/1234, 1234",
        "https://login.microsoftonline.com/1234/v2.0, 1234",
        "https://login.microsoftonline.com/, contoso.example",
        "https://login.microsoftonline.com, contoso.example"
    })
    void realm_isTheFirstPartOfTheIssuersPath(String issuer, String realm) {
        Authorities authorities = new Authorities(identity(null), network(), () -> now);
        Authority byName = Authority.of("https://" + PUBLIC + "/contoso.example", AuthorityKind.ENTRA);
        body = """
                {"issuer":"%s","authorization_endpoint":"https://login.microsoftonline.com/authorize",
                "token_endpoint":"https://login.microsoftonline.com/token",
                "jwks_uri":"https://login.microsoftonline.com/keys"}""".formatted(issuer);

        authorities.resolve(byName, "c");

        assertThat(authorities.realmOf(byName)).isEqualTo(realm);
    }

    private Clouds cloudsOf(String host) {
        return instances.cloudsOf(entra(host), "c");
    }

    private void failsWith(String code) {
        assertThatThrownBy(() -> cloudsOf("a.example")).isInstanceOfSatisfying(AuthException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(code);
            assertThat(e.correlationId()).contains("c");
        });
    }

    private InstanceDiscovery discovery(String place) {
        return new InstanceDiscovery(identity(place), network(), () -> now);
    }

    private Network network() {
        return new Network(this::answer, Duration.ofSeconds(30));
    }

    private HttpAnswer answer(HttpMessage message, Duration timeout) {
        asked.add(message.uri());
        return new HttpAnswer(status, Map.of(), body);
    }

    private static Authority entra(String host) {
        return Authority.of("https://" + host + "/tenant", AuthorityKind.ENTRA);
    }

    private static String cloud(String alias, String network, String cache) {
        return "{\"metadata\":[{\"preferred_network\":\"%s\",\"preferred_cache\":\"%s\",\"aliases\":[\"%s\",\"%s\"]}]}"
                .formatted(network, cache, alias, cache);
    }

    private static Settings.Identity identity(String place) {
        return new Settings.Identity(
                "client",
                ClientAuthentication.none(),
                Authority.of("https://own.example"),
                Set.of(),
                Clouds.BUILT_IN,
                Optional.empty(),
                Optional.ofNullable(place).map(URI::create),
                List.of(),
                Scopes.DEFAULTS,
                OfflineAccess.AUTO,
                Settings.Answers.DEFAULT);
    }
}
