package dev.latchkey.internal.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.Base64URL;
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
import dev.latchkey.http.HttpTransport;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is remembered of authorities is bounded, and strangers do not push out what is in use. */
@Timeout(120)
class BoundsTest {
    private static final String OWN = "https://own.example";

    private final Map<URI, Integer> asked = new HashMap<>();
    private Instant now = Instant.EPOCH;
    private int cloudStatus = 200;
    private boolean isDown;
    private final InstantSource clock = () -> now;
    private final Network network = new Network(this::answer, Duration.ofSeconds(30));

    @Test
    void keys_ofMoreEndpointsThanFit_areForgotten_butNotThoseInUse() {
        SigningKeyRing ring = new SigningKeyRing(network, clock);
        URI own = URI.create(OWN + "/keys");
        int endpoints = 2 * SigningKeyRing.MOST / 100;
        ring.prepare(keysAt(own), "c");
        for (int i = 0; i < endpoints; i++) {
            ring.prepare(keysAt(URI.create("https://stranger" + i + ".example/keys")), "c");
            ring.prepare(keysAt(own), "c");
        }
        assertThat(asked.get(own)).isEqualTo(1);

        ring.prepare(keysAt(URI.create("https://stranger0.example/keys")), "c");
        assertThat(asked.get(URI.create("https://stranger0.example/keys")))
                .as("was forgotten")
                .isEqualTo(2);
        URI last = URI.create("https://stranger" + (endpoints - 1) + ".example/keys");
        ring.prepare(keysAt(last), "c");
        assertThat(asked.get(last)).as("is known still").isEqualTo(1);
    }

    @Test
    void endpoints_ofMoreAuthoritiesThanFit_areForgotten_butNotThoseInUse() {
        Authorities authorities = new Authorities(identity(Authority.of(OWN)), network, clock);
        authorities.resolve(Authority.of(OWN), "c");
        for (int i = 0; i < 2 * Authorities.MOST; i++) {
            authorities.resolve(Authority.of("https://stranger" + i + ".example"), "c");
            authorities.resolve(Authority.of(OWN), "c");
        }

        assertThat(asked.get(metadata(OWN))).isEqualTo(1);
        authorities.resolve(Authority.of("https://stranger0.example"), "c");
        assertThat(asked.get(metadata("https://stranger0.example"))).isEqualTo(2);
    }

    @Test
    void clouds_ofMoreHostsThanFit_areForgotten_butNotThoseInUse() {
        InstanceDiscovery instances = new InstanceDiscovery(identity(Authority.of(OWN)), network, clock);
        Authority used = entra("used.example");
        instances.cloudsOf(used, "c");
        for (int i = 0; i < 2 * InstanceDiscovery.MOST; i++) {
            instances.cloudsOf(entra("stranger" + i + ".example"), "c");
            instances.cloudsOf(used, "c");
        }

        assertThat(lookups("used.example")).isEqualTo(1);
        instances.cloudsOf(entra("stranger0.example"), "c");
        assertThat(lookups("stranger0.example")).isEqualTo(2);
    }

    @Test
    void host_noLongerVouchedFor_isNotTrustedAnyMore() {
        Authorities authorities = new Authorities(identity(Authority.of(OWN)), network, clock);
        Authority authority = entra("used.example");
        authorities.resolve(authority, "c");
        assertThat(authorities.cloudsOf(authority).knows("used.example")).isTrue();

        now = now.plus(Duration.ofHours(25));
        cloudStatus = 400;

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> authorities.resolve(authority, "c"))
                    .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                            .isEqualTo(ErrorCodes.UNTRUSTED_AUTHORITY));
        }
        assertThat(authorities.cloudsOf(authority).knows("used.example")).isFalse();
    }

    @Test
    void host_thatCannotBeLookedUpForAWhile_staysTrusted() {
        Authorities authorities = new Authorities(identity(Authority.of(OWN)), network, clock);
        Authority authority = entra("used.example");
        authorities.resolve(authority, "c");

        for (int status : new int[] {500, 503, 429}) {
            now = now.plus(Duration.ofHours(25));
            cloudStatus = status;
            assertThat(authorities.resolve(authority, "c").environment()).isEqualTo("used.example");
        }
        isDown = true;
        now = now.plus(Duration.ofHours(25));
        assertThat(authorities.resolve(authority, "c").environment()).isEqualTo("used.example");
        assertThat(authorities.cloudsOf(authority).knows("used.example")).isTrue();
    }

    private HttpAnswer answer(HttpMessage message, Duration timeout) throws HttpTransport.NotSentException {
        if (isDown) {
            throw new HttpTransport.NotSentException(new java.net.ConnectException("down"));
        }
        asked.merge(message.uri(), 1, Integer::sum);
        String path = message.uri().getPath();
        if (path.endsWith("/keys")) {
            return new HttpAnswer(200, Map.of(), "{\"keys\":[" + (KEY + ",").repeat(98) + KEY + "]}");
        }
        if (path.endsWith("/discovery/instance")) {
            String host = URI.create(message.uri().getQuery().replaceAll(".*authorization_endpoint=", ""))
                    .getHost();
            return new HttpAnswer(cloudStatus, Map.of(), CLOUD.formatted(host, host, host));
        }
        String issuer = message.uri().toString().replace("/.well-known/openid-configuration", "");
        return new HttpAnswer(200, Map.of(), METADATA.formatted(issuer));
    }

    private int lookups(String host) {
        return asked.entrySet().stream()
                .filter(entry -> entry.getKey().toString().contains("%2F" + host + "%2F"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static URI metadata(String issuer) {
        return URI.create(issuer + "/.well-known/openid-configuration");
    }

    private static Authority entra(String host) {
        return Authority.of("https://" + host + "/t", AuthorityKind.ENTRA);
    }

    private static Settings.Identity identity(Authority authority) {
        return new Settings.Identity(
                "client",
                ClientAuthentication.none(),
                authority,
                Set.of(),
                Clouds.BUILT_IN,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Scopes.DEFAULTS,
                OfflineAccess.AUTO,
                Settings.Answers.DEFAULT);
    }

    private static KeyEndpoints keysAt(URI shared) {
        return new KeyEndpoints(shared, null);
    }

    private static final String KEY = "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\""
            + Base64URL.encode(new BigInteger(2048, new Random(7)).setBit(2047).setBit(0)) + "\"}";

    private static final String CLOUD =
            "{\"metadata\":[{\"preferred_network\":\"%s\",\"preferred_cache\":\"%s\",\"aliases\":[\"%s\"]}]}";

    private static final String METADATA = """
            {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
            "jwks_uri":"%1$s/keys"}""";
}
