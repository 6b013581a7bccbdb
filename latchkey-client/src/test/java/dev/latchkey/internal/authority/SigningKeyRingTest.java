package dev.latchkey.internal.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.latchkey.core.Secret;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.discovery.IssuerRule;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.idtoken.IdTokenExpectations;
import dev.latchkey.core.idtoken.RawIdToken;
import dev.latchkey.core.idtoken.SignatureRule;
import dev.latchkey.internal.environment.Network;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an issuer's keys are read, read anew, and left as they are. */
class SigningKeyRingTest {
    private static final KeyEndpoints ENDPOINT = new KeyEndpoints(URI.create("https://op.example/keys"), null);
    private static final KeyEndpoints WITH_OWN =
            new KeyEndpoints(URI.create("https://op.example/keys"), URI.create("https://op.example/keys?appid=client"));
    private static final ECKey OLD = key("old");
    private static final ECKey NEW = key("new");
    private static final ECKey NEW_BY_THE_OLD_NAME = key("old");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private JWKSet published = new JWKSet(OLD);
    private JWKSet publishedForUs = new JWKSet();
    private int status = 200;
    private int statusForUs = 200;
    private int reads;
    private int readsForUs;

    private final SigningKeyRing ring = new SigningKeyRing(
            new Network(
                    (message, timeout) -> {
                        if (message.uri().getQuery() != null) {
                            readsForUs++;
                            return new HttpAnswer(statusForUs, Map.of(), publishedForUs.toString());
                        }
                        reads++;
                        return new HttpAnswer(status, Map.of(), published.toString());
                    },
                    Duration.ofSeconds(30)),
            () -> now);

    @Test
    void keys_areReadOnce_andKeptForADay() {
        verify(OLD);
        now = now.plus(Duration.ofHours(23));
        verify(OLD);
        assertThat(reads).isEqualTo(1);

        now = now.plus(Duration.ofHours(2));
        verify(OLD);
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void unknownKey_isLookedForAnew() {
        verify(OLD);
        now = now.plus(SigningKeyRing.PAUSE);
        published = new JWKSet(NEW);

        verify(NEW);

        assertThat(reads).isEqualTo(2);
    }

    /** The keys are read just before a token is asked for: an issuer that changes them in between is no forger. */
    @Test
    void keyThatCameAMomentAfterTheKeysWereRead_isFound() {
        ring.prepare(ENDPOINT, "c");
        published = new JWKSet(NEW);

        verify(NEW);

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void keyThatComesAgainWithinThePause_isFoundAfterIt() {
        verify(OLD);
        published = new JWKSet(NEW);
        verify(NEW);
        published = new JWKSet(NEW_BY_THE_OLD_NAME);
        now = now.plus(SigningKeyRing.PAUSE).minusMillis(1);
        assertThatThrownBy(() -> verify(NEW_BY_THE_OLD_NAME)).hasMessageStartingWith("id_token_key_not_found");
        assertThat(reads).isEqualTo(2);

        now = now.plusMillis(1);
        verify(NEW_BY_THE_OLD_NAME);
        assertThat(reads).isEqualTo(3);
    }

    // ---- keys of one client (Entra ID)

    @Test
    void ownKey_isFoundWhereNoneOfTheSharedFits_andKept() {
        publishedForUs = new JWKSet(NEW);
        verify(OLD, WITH_OWN);
        assertThat(readsForUs).as("not asked for in vain").isZero();

        for (int i = 0; i < 10; i++) {
            verify(NEW, WITH_OWN);
            now = now.plus(Duration.ofHours(1));
        }
        assertThat(readsForUs).isEqualTo(1);
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void ownKey_ofAnAuthorityWithoutSuch_isNotLookedFor() {
        publishedForUs = new JWKSet(NEW);

        assertThatThrownBy(() -> verify(NEW)).hasMessageStartingWith("id_token_key_not_found");
        assertThat(readsForUs).isZero();
    }

    @Test
    void ownKey_thatChanges_isLookedForAnew() {
        publishedForUs = new JWKSet(NEW);
        verify(NEW, WITH_OWN);
        publishedForUs = new JWKSet(NEW_BY_THE_OLD_NAME);

        verify(NEW_BY_THE_OLD_NAME, WITH_OWN);
    }

    @Test
    void sharedKey_thatChanges_isFoundThoughThereAreNoOwnKeys() {
        verify(OLD, WITH_OWN);
        statusForUs = 404;
        published = new JWKSet(NEW);

        verify(NEW, WITH_OWN);
    }

    @Test
    void forgedTokens_whereThereMayBeOwnKeys_makeUsReadNoMoreThanOnceInAPauseEach() {
        for (int refused : new int[] {200, 404}) {
            statusForUs = refused;
            reads = 0;
            readsForUs = 0;
            verify(OLD, WITH_OWN);
            for (int second = 0; second < 600; second++) {
                now = now.plusMillis(100);
                assertThatThrownBy(() -> verify(NEW, WITH_OWN)).hasMessageStartingWith("id_token_key_not_found");
            }
            assertThat(reads).as("in a minute").isLessThanOrEqualTo(3);
            assertThat(readsForUs).as("in a minute").isLessThanOrEqualTo(4);
        }
    }

    /** OpenID Connect Core 10.1: the client secret is the key, so that none is asked for. */
    @Test
    void tokenSignedWithTheSecret_readsNothing() throws JOSEException {
        String secret = "0123456789abcdef".repeat(2);
        JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims(now.plusSeconds(60))));
        token.sign(new MACSigner(secret));
        IdTokenExpectations expected = IdTokenExpectations.builder(new IssuerRule("https://op.example"), "client", "c")
                .signature(SignatureRule.only("HS256", Secret.of(secret)))
                .build();

        RawIdToken raw = new RawIdToken(Secret.of(token.serialize()));
        assertThat(ring.verify(raw, WITH_OWN, expected).subject()).isEqualTo("ada");
        assertThatThrownBy(() -> ring.verify(signed(OLD, now.plusSeconds(60)), WITH_OWN, expected))
                .hasMessageStartingWith("id_token_algorithm_rejected");
        assertThat(reads + readsForUs).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "https://op.example/t, ENTRA, https://op.example/keys, https://op.example/keys?appid=a%26b",
        "https://op.example/t, ENTRA, https://op.example/keys?x=1, https://op.example/keys?x=1&appid=a%26b",
        "https://op.example/t, ENTRA, https://op.example/keys?appid=client, ",
        "https://op.example/t, ENTRA, https://op.example/keys#x, ",
        "https://op.example/t/p, B2C, https://op.example/keys, ",
        "https://op.example/t, CIAM, https://op.example/keys, ",
        "https://op.example/adfs, ADFS, https://op.example/keys, ",
        "https://op.example, OIDC, https://op.example/keys, ",
    })
    void ownKeys_areAtTheSharedAddressOfAnEntraAuthorityForThisClient(
            String address, AuthorityKind kind, String jwksUri, String own) {
        Authority authority = Authority.of(address, kind);
        String document = "{\"issuer\":\"" + address + "\",\"authorization_endpoint\":\"https://op.example/a\","
                + "\"token_endpoint\":\"https://op.example/t\",\"jwks_uri\":\"" + jwksUri + "\"}";
        ResolvedAuthority resolved = new ResolvedAuthority(
                authority, ProviderMetadata.parse(document, authority, Set.of()), "op.example", Clouds.BUILT_IN);

        KeyEndpoints endpoints = KeyEndpoints.of(resolved, "a&b");
        assertThat(endpoints.shared()).hasToString(jwksUri);
        assertThat(endpoints.own()).isEqualTo(own == null ? null : URI.create(own));
    }

    @Test
    void keyThatTookTheOldOnesName_isLookedForAnew() {
        verify(OLD);
        now = now.plus(SigningKeyRing.PAUSE);
        published = new JWKSet(NEW_BY_THE_OLD_NAME);

        verify(NEW_BY_THE_OLD_NAME);

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void forgedTokens_makeUsReadNoMoreThanOnceInAPause() {
        verify(OLD);
        for (int second = 0; second < 60; second++) {
            now = now.plusSeconds(1);
            assertThatThrownBy(() -> verify(NEW)).hasMessageStartingWith("id_token_key_not_found");
        }

        assertThat(reads).isEqualTo(3);
    }

    /** What another key would not cure is not looked for. */
    @Test
    void tokenThatIsRefusedForItsClaims_readsNothing() {
        verify(OLD);
        now = now.plus(Duration.ofHours(2));

        assertThatThrownBy(() -> ring.verify(signed(OLD, now.minus(Duration.ofHours(1))), ENDPOINT, expected()))
                .hasMessageStartingWith("id_token_expired");

        assertThat(reads).isEqualTo(1);
    }

    @Test
    void outage_leavesThoseKnownGood_andIsNotAskedAboutWithEveryToken() {
        verify(OLD);
        now = now.plus(Duration.ofHours(25));
        status = 503;

        for (int i = 0; i < 10; i++) {
            verify(OLD);
        }
        assertThat(reads).isEqualTo(2);

        now = now.plus(SigningKeyRing.PAUSE);
        status = 200;
        published = new JWKSet(NEW);
        verify(NEW);
        assertThat(reads).isEqualTo(3);
    }

    @Test
    void outage_beforeAnyKeyIsKnown_isTold() {
        status = 503;

        assertThatThrownBy(() -> ring.prepare(ENDPOINT, "c")).isInstanceOf(AuthException.class);
        status = 200;
        verify(OLD);
    }

    private void verify(ECKey key) {
        verify(key, ENDPOINT);
    }

    private void verify(ECKey key, KeyEndpoints endpoints) {
        assertThat(ring.verify(signed(key, now.plusSeconds(3600)), endpoints, expected())
                        .subject())
                .isEqualTo("ada");
    }

    private static IdTokenExpectations expected() {
        return IdTokenExpectations.builder(new IssuerRule("https://op.example"), "client", "c")
                .build();
    }

    private RawIdToken signed(ECKey key, Instant expiry) {
        try {
            JWSObject token = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    new Payload(claims(expiry)));
            token.sign(new ECDSASigner(key));
            return new RawIdToken(Secret.of(token.serialize()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String claims(Instant expiry) {
        return "{\"iss\":\"https://op.example\",\"aud\":\"client\",\"sub\":\"ada\",\"iat\":"
                + now.minus(Duration.ofHours(3)).getEpochSecond() + ",\"exp\":" + expiry.getEpochSecond() + "}";
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
