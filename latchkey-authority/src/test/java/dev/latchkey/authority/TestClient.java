package dev.latchkey.authority;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.authority.person.Visit;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A client that speaks the protocol by hand, so that nothing here is checked by our own client. */
final class TestClient {
    static final String REDIRECT_URI = "http://localhost:7777";
    static final String VERIFIER = "a-verifier-that-is-long-enough-for-rfc-7636-43";

    private final HttpClient http;
    final String authorizeUri;
    final String tokenUri;

    private TestClient(HttpClient http, String authorizeUri, String tokenUri) {
        this.http = http;
        this.authorizeUri = authorizeUri;
        this.tokenUri = tokenUri;
    }

    static TestClient entra(LocalAuthority authority, String tenant) {
        String base = authority.entraAuthority(tenant) + "/oauth2/v2.0/";
        return new TestClient(HttpClient.newHttpClient(), base + "authorize", base + "token");
    }

    static TestClient oidc(LocalAuthority authority) {
        return new TestClient(
                HttpClient.newHttpClient(), authority.oidcIssuer() + "/authorize", authority.oidcIssuer() + "/token");
    }

    static TestClient at(String authorizeUri, String tokenUri) {
        return new TestClient(HttpClient.newHttpClient(), authorizeUri, tokenUri);
    }

    static String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** An authorization request with changes given as name, value, name, value; an empty value removes. */
    URI authorize(String... changes) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", "demo-app");
        parameters.put("response_type", "code");
        parameters.put("redirect_uri", REDIRECT_URI);
        parameters.put("scope", "openid profile offline_access User.Read");
        parameters.put("state", "the state");
        parameters.put("nonce", "the-nonce");
        parameters.put("code_challenge", challenge());
        parameters.put("code_challenge_method", "S256");
        change(parameters, changes);
        return URI.create(authorizeUri + "?" + encode(parameters));
    }

    /** The answer to a sign-in by a fresh alice. */
    Visit signIn(LocalAuthority authority, String... changes) {
        return authority.person("alice@contoso.example").visitUpToRedirect(authorize(changes));
    }

    Answer redeem(String code, String... changes) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", "demo-app");
        form.put("code", code);
        form.put("redirect_uri", REDIRECT_URI);
        form.put("code_verifier", VERIFIER);
        form.put("client_info", "1");
        change(form, changes);
        return post(tokenUri, form);
    }

    Answer refresh(String refreshToken, String... changes) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("client_id", "demo-app");
        form.put("refresh_token", refreshToken);
        form.put("client_info", "1");
        change(form, changes);
        return post(tokenUri, form);
    }

    /** Signs in and redeems. */
    Answer tokens(LocalAuthority authority, String... changes) {
        return redeem(signIn(authority, changes).answer().get("code"));
    }

    /** Signs in with someone's browser and redeems. */
    Answer tokens(ScriptedPerson person, String... changes) {
        return redeem(person.visitUpToRedirect(authorize(changes)).answer().get("code"));
    }

    Answer post(String uri, Map<String, String> form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encode(form)));
        return send(request, headers);
    }

    Answer get(String uri, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(uri)), headers);
    }

    Answer send(HttpRequest.Builder request, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static JsonObject json(String text) {
        try {
            return Json.parseObject(text);
        } catch (dev.latchkey.core.json.JsonException e) {
            throw new AssertionError(text, e);
        }
    }

    static Map<String, Object> claims(String jwt) {
        try {
            return SignedJWT.parse(jwt).getJWTClaimsSet().toJSONObject();
        } catch (java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }

    static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(e -> URLEncoder.encode(e.getKey(), UTF_8) + "=" + URLEncoder.encode(e.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static void change(Map<String, String> parameters, String... changes) {
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1].isEmpty()) {
                parameters.remove(changes[i]);
            } else {
                parameters.put(changes[i], changes[i + 1]);
            }
        }
    }

    /** An answer whose body is JSON. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        JsonObject json() {
            try {
                return Json.parseObject(response.body());
            } catch (dev.latchkey.core.json.JsonException e) {
                throw new AssertionError(response.body(), e);
            }
        }

        String text(String member) {
            return String.valueOf(json().string(member));
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }
}
