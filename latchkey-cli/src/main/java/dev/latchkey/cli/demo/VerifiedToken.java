package dev.latchkey.cli.demo;

import dev.latchkey.core.Secret;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.idtoken.IdTokenExpectations;
import dev.latchkey.core.idtoken.IdTokenVerifier;
import dev.latchkey.core.idtoken.RawIdToken;
import dev.latchkey.core.idtoken.SigningKeys;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/** Repeats visibly what the library checked before it accepted the sign-in. */
final class VerifiedToken implements Step {
    private static final String CALL = "demo";
    private static final Set<String> TIMES = Set.of("iat", "nbf", "exp", "auth_time");

    @Override
    public String title() {
        return "The identity is verified";
    }

    @Override
    public String about() {
        return "The library accepted the ID token only after these checks (OpenID Connect Core 3.1.3.7). They are"
                + " repeated here; the claims are shown, the token never is.";
    }

    @Override
    public void play(Stage stage, Story story) {
        String token = stage.signedIn().idToken().orElseThrow();
        JsonObject header = decoded(token.split("\\.", -1)[0]);
        JsonObject claims = stage.signedIn().idTokenClaims();
        String nonce =
                Parameters.decode(stage.person().lastAsked().getRawQuery()).get("nonce");

        story.fact("signed with", header.string("alg", "") + ", key " + header.string("kid", ""));
        for (String name : claims.names()) {
            story.fact(name, shown(name, claims));
        }
        story.promise(
                "iss is the authority of the request",
                stage.authority().oidcIssuer().toString(),
                claims.string("iss"));
        story.promise("aud is this program", Stage.CLIENT_ID, claims.string("aud"));
        story.promise("nonce is the one that was sent", nonce, claims.string("nonce"));
        story.promise("a key that the authority publishes verifies the signature", isSigned(stage, token));
    }

    /** The same verification as in the library; throws if the token fails it. */
    private static boolean isSigned(Stage stage, String token) {
        Authority authority = Authority.of(stage.authority().oidcIssuer().toString());
        ProviderMetadata metadata =
                ProviderMetadata.check(stage.send(ProviderMetadata.request(authority)), authority, Set.of(), CALL);
        URI published = metadata.keysEndpoint().orElseThrow();
        SigningKeys keys = SigningKeys.check(stage.send(SigningKeys.request(published)), published, CALL);
        IdTokenExpectations expected = IdTokenExpectations.builder(metadata.issuer(), Stage.CLIENT_ID, CALL)
                .endpoint(metadata.tokenEndpoint())
                .build();
        return IdTokenVerifier.verify(
                        new RawIdToken(Secret.of(token)),
                        keys,
                        expected,
                        stage.clock().instant())
                .subject()
                .equals(stage.signedIn().idTokenClaims().string("sub"));
    }

    private static String shown(String name, JsonObject claims) {
        Long seconds = TIMES.contains(name) ? claims.number(name) : null;
        return seconds == null
                ? String.valueOf(claims.asMap().get(name))
                : Instant.ofEpochSecond(seconds).toString();
    }

    private static JsonObject decoded(String part) {
        try {
            return Json.parseObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new IllegalStateException(e);
        }
    }
}
