package dev.latchkey.integration.belonging;

import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The responses of a world's issuers. */
final class Endpoints {
    private final World world;
    private final TokenDesk tokens;

    Endpoints(World world, TokenDesk tokens) {
        this.world = world;
        this.tokens = tokens;
    }

    HttpAnswer answer(Issuer issuer, HttpMessage message) {
        Parameters form = Objects.requireNonNullElse(message.form(), Parameters.NONE);
        return switch (Places.below(issuer, message.uri())) {
            case "/.well-known/openid-configuration", "/v2.0/.well-known/openid-configuration" -> metadata(issuer);
            case "/jwks" -> ok(IdTokens.keys(issuer));
            case "/token" -> isDown() ? down() : tokens.answer(issuer, Caller.of(message), form);
            case "/device" -> device(issuer, Caller.of(message), form);
            case "/revoke" -> tokens.revoke(issuer, form);
            case "/userinfo" -> userInfo(issuer, message);
            default -> new HttpAnswer(404, Map.of(), "");
        };
    }

    TokenDesk tokens() {
        return tokens;
    }

    static HttpAnswer ok(Map<String, ?> body) {
        return new HttpAnswer(200, Map.of(), Json.write(body));
    }

    static HttpAnswer error(String code) {
        return new HttpAnswer(400, Map.of(), Json.write(Map.of("error", code)));
    }

    private boolean isDown() {
        return world.dice().chance(1);
    }

    private static HttpAnswer down() {
        return new HttpAnswer(503, Map.of(), "");
    }

    private HttpAnswer metadata(Issuer issuer) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer.name());
        document.put("authorization_endpoint", issuer.address() + "/authorize");
        document.put("token_endpoint", issuer.address() + "/token");
        document.put("jwks_uri", issuer.address() + "/jwks");
        document.put("device_authorization_endpoint", issuer.address() + "/device");
        document.put("end_session_endpoint", issuer.address() + "/logout");
        document.put("userinfo_endpoint", issuer.address() + "/userinfo");
        document.put("revocation_endpoint", issuer.address() + "/revoke");
        Habits habits = world.habits(issuer);
        document.put("authorization_response_iss_parameter_supported", habits.sendsIssuer());
        document.put("response_modes_supported", habits.formPost() ? List.of("query", "form_post") : List.of("query"));
        return ok(document);
    }

    /** The user signs in at once, on whatever device. */
    private HttpAnswer device(Issuer issuer, Caller caller, Parameters form) {
        Person person = world.dice().one(world.people(issuer));
        String code = world.ledger().issue(Fact.of(Kind.DEVICE_CODE, issuer, person, caller.clientId()));
        tokens.expect(code, new Visit(issuer, person, caller.clientId(), "", "", "", Wish.of(form)));
        return ok(Map.of(
                "device_code",
                code,
                "user_code",
                "USER-CODE",
                "verification_uri",
                issuer.address() + "/devices",
                "expires_in",
                900,
                "interval",
                5));
    }

    private HttpAnswer userInfo(Issuer issuer, HttpMessage message) {
        String bearer = message.headers().getOrDefault("Authorization", "").replaceFirst("^Bearer ", "");
        Fact token = world.ledger().find(bearer, Kind.ACCESS_TOKEN);
        boolean known = token != null && token.issuer().house().equals(issuer.house());
        return known
                ? ok(Map.of("sub", IdTokens.subject(token.issuer(), Objects.requireNonNull(token.person()))))
                : new HttpAnswer(401, Map.of(), Json.write(Map.of("error", "invalid_token")));
    }
}
