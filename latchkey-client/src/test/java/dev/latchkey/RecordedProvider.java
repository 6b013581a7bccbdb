package dev.latchkey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.authorize.Pkce;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.interaction.UserAgent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A provider as it looks from outside: its documents, answers and tokens have the members that were published or reported,
 * under its own addresses, and nothing is sent there. It is as strict as the real one in what breaks clients: codes and
 * refresh tokens are good for as long as there, PKCE is checked, scopes that it does not know are refused.
 *
 * <p>The shapes are files. A text that begins with {@code $} stands for something made anew: {@code $now}, {@code $client},
 * {@code $nonce}, {@code $access}, {@code $refresh}, {@code $id_token} and so on.
 */
final class RecordedProvider implements HttpTransport, UserAgent {
    static final String CLIENT_SECRET = "0123456789abcdef0123456789abcdef";

    private static final RSAKey KEY = rsaKey();

    final VirtualClock clock = VirtualClock.atPresent();
    final List<HttpMessage> sent = new CopyOnWriteArrayList<>();

    /** The pages that were shown, besides those for signing in. */
    final List<URI> shown = new CopyOnWriteArrayList<>();

    private final Map<String, Object> shape;
    private int serial;
    private Parameters asked = Parameters.NONE;
    private String code = "";
    private String accessToken = "";
    private String refreshToken = "";

    private RecordedProvider(Map<String, Object> shape) {
        this.shape = shape;
    }

    static RecordedProvider of(String name) {
        try (InputStream file = RecordedProvider.class.getResourceAsStream("providers/" + name + ".json")) {
            String text = new String(requireNonNull(file, name).readAllBytes(), UTF_8);
            return new RecordedProvider(
                    new LinkedHashMap<>(Json.parseObject(text).asMap()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonException e) {
            throw new AssertionError(name, e);
        }
    }

    /** Another value of a member of the shape. */
    RecordedProvider with(String member, Object value) {
        shape.put(member, value);
        return this;
    }

    JsonObject shape() {
        return JsonObject.of(shape);
    }

    String clientId() {
        return shape().string("client", "shop");
    }

    String authority() {
        return requireNonNull(shape().string("authority"));
    }

    JsonObject metadata() {
        return requireNonNull(shape().object("metadata"));
    }

    /** Whatever it was: the session of the user is over. */
    synchronized void endSession() {
        refreshToken = "";
    }

    /** What the last authorization request held. */
    synchronized Parameters asked() {
        return asked;
    }

    List<Parameters> tokenRequests(String grantType) {
        return sent.stream()
                .filter(message -> endpoint("token_endpoint").equals(bare(message.uri())))
                .map(message -> requireNonNull(message.form()))
                .filter(form -> grantType.equals(form.get("grant_type")))
                .toList();
    }

    List<HttpMessage> sentTo(String member) {
        return sent.stream()
                .filter(message -> endpoint(member).equals(bare(message.uri())))
                .toList();
    }

    // ---- the front channel

    @Override
    public void open(URI page) {
        if (!bare(page).equals(bare(URI.create(endpoint("authorization_endpoint"))))) {
            shown.add(page);
            return;
        }
        Thread browser = new Thread(() -> deliver(page), "browser");
        browser.setDaemon(true);
        browser.start();
    }

    /** What the user brings back from a sign-in page. */
    synchronized Parameters answer(URI page) {
        asked = Parameters.decode(page.getRawQuery());
        Parameters.Builder answer = Parameters.builder().set("state", asked.get("state"));
        List<String> scopes = scopesAsked();
        if (scopes.stream().anyMatch(strings("refused_scopes")::contains)) {
            return answer.set("error", "invalid_scope").build();
        }
        if (scopes.stream().anyMatch(strings("posted_scopes")::contains)
                && !"form_post".equals(asked.get("response_mode"))) {
            return answer.set("error", "invalid_request").build();
        }
        code = "code-" + ++serial;
        JsonObject extras = shape().object("answer");
        if (extras != null) {
            extras.asMap().forEach((name, value) -> answer.set(name, String.valueOf(made(value))));
        }
        return answer.set("code", code).build();
    }

    private void deliver(URI page) {
        Parameters answer = answer(page);
        String redirectUri = requireNonNull(asked().get("redirect_uri"));
        boolean isPost = "form_post".equals(asked().get("response_mode"));
        HttpRequest.Builder request = isPost
                ? HttpRequest.newBuilder(URI.create(redirectUri))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(answer.encode()))
                : HttpRequest.newBuilder(URI.create(redirectUri + "?" + answer.encode()));
        HttpClient browser = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        try {
            browser.send(request.build(), BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the back channel

    @Override
    public synchronized HttpAnswer send(HttpMessage message, Duration timeout) {
        sent.add(message);
        String place = bare(message.uri());
        if (place.equals(shape().string("published", authority() + "/.well-known/openid-configuration"))) {
            return json(200, metadata().asMap());
        }
        if (place.equals(endpoint("jwks_uri"))) {
            return json(200, keys());
        }
        if (place.equals(endpoint("token_endpoint"))) {
            return token(requireNonNull(message.form()));
        }
        if (place.equals(endpoint("userinfo_endpoint"))) {
            boolean isGood = ("Bearer " + accessToken).equals(message.headers().get("Authorization"));
            return isGood ? json(200, object("user_info")) : json(401, Map.of("error", "invalid_token"));
        }
        if (place.equals(endpoint("revocation_endpoint"))) {
            endSession();
            return new HttpAnswer(200, Map.of(), "");
        }
        return json(404, Map.of("error", "nothing is recorded of " + place));
    }

    private HttpAnswer token(Parameters form) {
        if ("refused".equals(shape().string("pkce")) && form.get("code_verifier") != null) {
            return json(401, Map.of("error", "invalid_client", "error_description", "Client authentication failed"));
        }
        return "refresh_token".equals(form.get("grant_type")) ? renewed(form) : redeemed(form);
    }

    private HttpAnswer redeemed(Parameters form) {
        String verifier = form.get("code_verifier");
        boolean isProved = shape().string("pkce") != null
                || (verifier != null && Pkce.challengeOf(verifier).equals(asked.get("code_challenge")));
        if (!code.equals(form.get("code")) || !isProved) {
            return json(400, Map.of("error", "invalid_grant", "error_description", "the code or its proof is wrong"));
        }
        code = "spent";
        Map<String, Object> answer = issue("token");
        if ("required".equals(shape().string("offline_access"))
                && !scopesAsked().contains("offline_access")) {
            answer.remove("refresh_token");
            refreshToken = "";
        }
        return json(200, answer);
    }

    private HttpAnswer renewed(Parameters form) {
        if (refreshToken.isEmpty() || !refreshToken.equals(form.get("refresh_token"))) {
            JsonObject spent = requireNonNull(shape().object("spent"));
            return json(
                    requireNonNull(spent.number("status")).intValue(),
                    requireNonNull(spent.object("body")).asMap());
        }
        return json(200, issue("renewed_token"));
    }

    @SuppressWarnings("unchecked") // an object stays one
    private Map<String, Object> issue(String member) {
        accessToken = "access-" + ++serial;
        return (Map<String, Object>) requireNonNull(made(object(member)));
    }

    private Map<String, ?> keys() {
        JsonObject document = shape().object("key_document");
        if (document != null) {
            return document.asMap();
        }
        Map<String, Object> own = new LinkedHashMap<>(KEY.toPublicJWK().toJSONObject());
        own.put("kid", shape.getOrDefault("kid", "key-1"));
        own.put("use", "sig");
        JsonObject extras = shape().object("key");
        own.putAll(extras == null ? Map.of() : extras.asMap());
        List<Object> all = new ArrayList<>();
        shape().objects("keys").forEach(other -> all.add(other.asMap()));
        all.add(own);
        return Map.of("keys", all);
    }

    // ---- what is made anew

    private Object made(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((name, member) -> {
                Object made = made(member);
                if (made != null) {
                    all.put((String) name, made);
                }
            });
            return all;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::made).filter(Objects::nonNull).collect(Collectors.toList());
        }
        return value instanceof String text && text.startsWith("$") ? made(text) : value;
    }

    private Object made(String name) {
        if (name.startsWith("$now")) {
            String shift = name.substring("$now".length());
            return clock.instant().getEpochSecond() + (shift.isEmpty() ? 0 : Long.parseLong(shift));
        }
        return switch (name) {
            case "$client" -> clientId();
            case "$nonce" -> asked.get("nonce");
            case "$access" -> accessToken;
            case "$refresh" -> refreshToken = "refresh-" + ++serial;
            case "$same_refresh" -> refreshToken;
            case "$at_hash" -> hash(accessToken);
            case "$id_token", "$renewed_id_token" -> signed(made(object(name.substring(1))));
            default -> throw new AssertionError(name);
        };
    }

    @SuppressWarnings("unchecked") // made from an object
    private String signed(Object claims) {
        String algorithm = shape().string("algorithm", "RS256");
        JsonObject header = shape().object("header");
        Map<String, Object> all = new LinkedHashMap<>(header == null ? Map.of("typ", "JWT") : header.asMap());
        all.put("alg", algorithm);
        Object kid = shape.getOrDefault("kid", "key-1");
        if (kid != null) {
            all.put("kid", kid);
        }
        try {
            JWSObject token = new JWSObject(
                    JWSHeader.parse(all), new Payload(Json.write((Map<String, ?>) requireNonNull(claims))));
            token.sign(algorithm.startsWith("HS") ? new MACSigner(CLIENT_SECRET) : new RSASSASigner(KEY));
            return token.serialize();
        } catch (JOSEException | ParseException e) {
            throw new AssertionError(e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> scopesAsked() {
        return List.of(requireNonNull(asked.get("scope")).split(" "));
    }

    private List<String> strings(String member) {
        return shape().strings(member);
    }

    private Map<String, ?> object(String member) {
        return requireNonNull(shape().object(member), member).asMap();
    }

    private String endpoint(String member) {
        return metadata().string(member, "none");
    }

    private static String bare(URI address) {
        String text = address.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    private static HttpAnswer json(int status, Map<String, ?> body) {
        return new HttpAnswer(status, Map.of("Content-Type", List.of("application/json")), Json.write(body));
    }

    private static RSAKey rsaKey() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
