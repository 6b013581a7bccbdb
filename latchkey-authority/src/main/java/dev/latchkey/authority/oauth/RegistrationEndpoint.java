package dev.latchkey.authority.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.SigningAlgorithm;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Dynamic client registration (RFC 7591), open to everybody. */
public final class RegistrationEndpoint {
    private static final int MAX_REDIRECT_URIS = 20;
    private static final Set<String> METHODS =
            Set.of("none", "client_secret_basic", "client_secret_post", "private_key_jwt");
    private static final Set<String> FORBIDDEN_SCHEMES = Set.of("javascript", "data", "file", "vbscript", "about");
    /** Metadata that is given back as it was taken. */
    private static final List<String> TAKEN = List.of(
            "redirect_uris",
            "post_logout_redirect_uris",
            "frontchannel_logout_uri",
            "backchannel_logout_uri",
            "jwks",
            "id_token_signed_response_alg",
            "userinfo_signed_response_alg");

    private final Site site;

    public RegistrationEndpoint(Site site) {
        this.site = site;
    }

    /** Registers a client. */
    public Reply register(Request request) throws OAuthException {
        JsonObject metadata = metadata(request);
        String method = metadata.string("token_endpoint_auth_method", "client_secret_basic");
        if (!METHODS.contains(method)) {
            throw Problem.REGISTRATION_METADATA.because(
                    "token_endpoint_auth_method " + method + " is not supported; use one of " + METHODS);
        }
        String clientId = site.entropy().uuid().toString();
        String secret = site.entropy().token();
        Client plain =
                switch (method) {
                    case "none" -> Client.publicClient(clientId);
                    case "private_key_jwt" -> withKeys(Client.confidentialClient(clientId), metadata);
                    default -> Client.confidentialClient(clientId, secret);
                };
        Client client = withAlgorithms(withUris(plain, metadata), metadata)
                .displayName(metadata.string("client_name", clientId));
        site.directory().register(client);
        return Reply.json(201, answer(client, method, secret, metadata));
    }

    private static JsonObject metadata(Request request) throws OAuthException {
        try {
            return Json.parseObject(request.body());
        } catch (JsonException e) {
            throw Problem.REGISTRATION_METADATA.because("the body must be a JSON object: " + e.getMessage());
        }
    }

    /** RFC 7591 section 2: the keys themselves; their address is not fetched. */
    private static Client withKeys(Client client, JsonObject metadata) throws OAuthException {
        JsonObject jwks = metadata.object("jwks");
        List<JsonObject> keys = jwks == null ? List.of() : jwks.objects("keys");
        if (keys.isEmpty()) {
            throw Problem.REGISTRATION_METADATA.because(
                    "private_key_jwt needs jwks with keys; jwks_uri is not fetched");
        }
        Client more = client;
        for (JsonObject key : keys) {
            try {
                JWK parsed = JWK.parse(Json.write(key.asMap()));
                if (!(parsed instanceof AsymmetricJWK pair) || parsed.isPrivate()) {
                    throw Problem.REGISTRATION_METADATA.because("jwks must have public keys only");
                }
                more = more.publicKey(pair.toPublicKey());
            } catch (ParseException | JOSEException e) {
                throw Problem.REGISTRATION_METADATA.because("jwks has a key that is none: " + e.getMessage());
            }
        }
        return more;
    }

    /** OpenID Connect Dynamic Client Registration section 2. */
    private static Client withAlgorithms(Client client, JsonObject metadata) throws OAuthException {
        Optional<SigningAlgorithm> idToken = algorithm(client, metadata, "id_token_signed_response_alg");
        Optional<SigningAlgorithm> userInfo = algorithm(client, metadata, "userinfo_signed_response_alg");
        Client more = idToken.map(client::idTokenSignedResponseAlg).orElse(client);
        return userInfo.map(more::userInfoSignedResponseAlg).orElse(more);
    }

    private static Optional<SigningAlgorithm> algorithm(Client client, JsonObject metadata, String member)
            throws OAuthException {
        String name = metadata.string(member);
        Optional<SigningAlgorithm> algorithm = Optional.ofNullable(name).flatMap(SigningAlgorithm::of);
        boolean secret = !client.revealSecret().isEmpty();
        if (name != null
                && algorithm
                        .filter(known -> secret || known != SigningAlgorithm.HS256)
                        .isEmpty()) {
            throw Problem.REGISTRATION_METADATA.because(member + " " + name + " is not supported; use one of "
                    + SigningAlgorithm.wireNames() + ", HS256 only with a client_secret");
        }
        return algorithm;
    }

    private static Client withUris(Client client, JsonObject metadata) throws OAuthException {
        List<String> redirectUris = metadata.strings("redirect_uris");
        if (redirectUris.isEmpty() || redirectUris.size() > MAX_REDIRECT_URIS) {
            throw Problem.REGISTRATION_REDIRECT_URI.because(
                    "redirect_uris must have 1 to " + MAX_REDIRECT_URIS + " URIs");
        }
        Client more = client;
        for (String uri : redirectUris) {
            more = with(more, uri, Client::redirectUri);
        }
        List<String> returns = metadata.strings("post_logout_redirect_uris");
        for (String uri : returns.subList(0, Math.min(MAX_REDIRECT_URIS, returns.size()))) {
            more = with(more, uri, Client::postLogoutRedirectUri);
        }
        String frame = metadata.string("frontchannel_logout_uri");
        String notice = metadata.string("backchannel_logout_uri");
        more = frame == null ? more : with(more, frame, Client::frontChannelLogoutUri);
        return notice == null ? more : with(more, notice, Client::backChannelLogoutUri);
    }

    private static Client with(Client client, String uri, BiFunction<Client, String, Client> change)
            throws OAuthException {
        int colon = uri.indexOf(':');
        String scheme = uri.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
        if (FORBIDDEN_SCHEMES.contains(scheme)) {
            throw Problem.REGISTRATION_REDIRECT_URI.because("a URI must not have the scheme " + scheme);
        }
        try {
            return change.apply(client, uri);
        } catch (IllegalArgumentException e) {
            throw Problem.REGISTRATION_REDIRECT_URI.because(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Object> answer(Client client, String method, String secret, JsonObject metadata) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("client_id", client.clientId());
        answer.put("client_id_issued_at", site.now().getEpochSecond());
        if (method.startsWith("client_secret")) {
            answer.put("client_secret", secret);
            answer.put("client_secret_expires_at", 0);
        }
        answer.put("client_name", client.displayName());
        TAKEN.stream()
                .filter(metadata::has)
                .forEach(name -> answer.put(name, metadata.asMap().get(name)));
        answer.put("token_endpoint_auth_method", method);
        answer.put("grant_types", List.of("authorization_code", "refresh_token"));
        answer.put("response_types", List.of("code"));
        return answer;
    }
}
