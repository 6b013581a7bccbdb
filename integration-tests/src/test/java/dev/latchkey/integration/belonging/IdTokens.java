package dev.latchkey.integration.belonging;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Creates ID tokens. Each owner of issuers has keys that are created once per JVM. */
final class IdTokens {
    private static final Map<String, Signer> SIGNERS = new ConcurrentHashMap<>();

    private IdTokens() {}

    private record Signer(ECKey key, ECDSASigner signer) {}

    static Map<String, Object> keys(Issuer issuer) {
        return Map.of("keys", List.of(signer(issuer).key.toPublicJWK().toJSONObject()));
    }

    static String sign(Issuer issuer, Map<String, Object> claims) {
        try {
            Signer signer = signer(issuer);
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .keyID(signer.key.getKeyID())
                    .build();
            JWSObject token = new JWSObject(header, new Payload(Json.write(claims)));
            token.sign(signer.signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The claims about a user in every ID token of an issuer. */
    static Map<String, Object> claims(Issuer issuer, Person person, Habits habits, Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer.name());
        claims.put("sub", subject(issuer, person));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plusSeconds(3600).getEpochSecond());
        claims.put("auth_time", now.getEpochSecond());
        claims.put("preferred_username", person.username());
        if (habits.givesHints()) {
            claims.put("login_hint", person.loginHint());
            claims.put("sid", person.sid());
        }
        if (issuer.is(AuthorityKind.ENTRA)) {
            claims.put("tid", issuer.tenant());
            claims.put("oid", person.localId(issuer));
        }
        if (issuer.is(AuthorityKind.B2C) && habits.namesPolicy()) {
            claims.put("tfp", issuer.tenant());
        }
        return claims;
    }

    /** B2C's subject is the object id. */
    static String subject(Issuer issuer, Person person) {
        return issuer.is(AuthorityKind.B2C) ? person.localId(issuer) : person.subject();
    }

    private static Signer signer(Issuer issuer) {
        return SIGNERS.computeIfAbsent(issuer.owner(), IdTokens::newSigner);
    }

    private static Signer newSigner(String owner) {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256).keyID(owner).generate();
            return new Signer(key, new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
