package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Dynamic client registration (RFC 7591), open to everybody. */
public final class RegistrationEndpoint {
    private static final int MAX_REDIRECT_URIS = 20;
    private static final Set<String> METHODS = Set.of("none", "client_secret_basic", "client_secret_post");
    private static final Set<String> FORBIDDEN_SCHEMES = Set.of("javascript", "data", "file", "vbscript", "about");

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
        List<String> redirectUris = metadata.strings("redirect_uris");
        if (redirectUris.isEmpty() || redirectUris.size() > MAX_REDIRECT_URIS) {
            throw Problem.REGISTRATION_REDIRECT_URI.because(
                    "redirect_uris must have 1 to " + MAX_REDIRECT_URIS + " URIs");
        }
        String clientId = site.entropy().uuid().toString();
        String secret = site.entropy().token();
        Client client =
                method.equals("none") ? Client.publicClient(clientId) : Client.confidentialClient(clientId, secret);
        for (String uri : redirectUris) {
            client = withRedirectUri(client, uri);
        }
        String name = metadata.string("client_name", clientId);
        site.directory().register(client.displayName(name));
        return Reply.json(201, answer(clientId, method, secret, name, redirectUris));
    }

    private static JsonObject metadata(Request request) throws OAuthException {
        try {
            return Json.parseObject(request.body());
        } catch (JsonException e) {
            throw Problem.REGISTRATION_METADATA.because("the body must be a JSON object: " + e.getMessage());
        }
    }

    private static Client withRedirectUri(Client client, String uri) throws OAuthException {
        try {
            Client more = client.redirectUri(uri);
            String scheme =
                    more.redirectUris().get(more.redirectUris().size() - 1).getScheme();
            if (FORBIDDEN_SCHEMES.contains(scheme.toLowerCase(java.util.Locale.ROOT))) {
                throw Problem.REGISTRATION_REDIRECT_URI.because("redirect_uri must not have the scheme " + scheme);
            }
            return more;
        } catch (IllegalArgumentException e) {
            throw Problem.REGISTRATION_REDIRECT_URI.because(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Object> answer(
            String clientId, String method, String secret, String name, List<String> redirectUris) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("client_id", clientId);
        answer.put("client_id_issued_at", site.now().getEpochSecond());
        if (!method.equals("none")) {
            answer.put("client_secret", secret);
            answer.put("client_secret_expires_at", 0);
        }
        answer.put("client_name", name);
        answer.put("redirect_uris", redirectUris);
        answer.put("token_endpoint_auth_method", method);
        answer.put("grant_types", List.of("authorization_code", "refresh_token"));
        answer.put("response_types", List.of("code"));
        return answer;
    }
}
