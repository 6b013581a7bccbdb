package dev.latchkey.internal.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.latchkey.core.Secret;
import dev.latchkey.core.discovery.IssuerRule;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.idtoken.IdTokenExpectations;
import dev.latchkey.core.idtoken.RawIdToken;
import dev.latchkey.internal.environment.Network;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When an issuer's keys are read, read anew, and left as they are. */
class SigningKeyRingTest {
    private static final URI ENDPOINT = URI.create("https://op.example/keys");
    private static final ECKey OLD = key("old");
    private static final ECKey NEW = key("new");
    private static final ECKey NEW_BY_THE_OLD_NAME = key("old");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private JWKSet published = new JWKSet(OLD);
    private int status = 200;
    private int reads;

    private final SigningKeyRing ring = new SigningKeyRing(
            new Network(
                    (message, timeout) -> {
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
        assertThat(ring.verify(signed(key, now.plusSeconds(3600)), ENDPOINT, expected())
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
                    new Payload("{\"iss\":\"https://op.example\",\"aud\":\"client\",\"sub\":\"ada\",\"iat\":"
                            + now.minus(Duration.ofHours(3)).getEpochSecond() + ",\"exp\":" + expiry.getEpochSecond()
                            + "}"));
            token.sign(new ECDSASigner(key));
            return new RawIdToken(Secret.of(token.serialize()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
