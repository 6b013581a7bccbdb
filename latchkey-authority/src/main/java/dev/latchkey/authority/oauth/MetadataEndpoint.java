package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.SigningAlgorithm;
import dev.latchkey.authority.claims.ClaimsRequest;
import dev.latchkey.authority.claims.PersonClaims;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Addresses;
import dev.latchkey.authority.realm.Personality;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.token.SigningKeys;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What clients read before they ask: provider metadata, keys, instance discovery. */
public final class MetadataEndpoint {
    private static final Map<String, Endpoint> ENDPOINTS = endpoints();
    /** Clients take the first they know, so the most usual comes first. */
    private static final List<String> METHODS =
            List.of("client_secret_basic", "client_secret_post", "private_key_jwt", "none");

    private final Site site;
    private final SigningKeys keys;

    public MetadataEndpoint(Site site, SigningKeys keys) {
        this.site = site;
        this.keys = keys;
    }

    /** OpenID Connect Discovery section 4.2, RFC 8414 section 3.2. */
    public Reply metadata(Realm realm, Request request) {
        boolean entra = realm.personality().isEntra();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", realm.advertisedIssuer());
        document.putAll(addresses(realm, request));
        document.put("scopes_supported", scopes());
        document.put("response_types_supported", List.of("code"));
        document.put("response_modes_supported", List.of("query", "fragment", "form_post"));
        document.put("grant_types_supported", grantTypes());
        document.put("subject_types_supported", List.of(entra ? "pairwise" : "public"));
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("prompt_values_supported", List.of("none", "login", "select_account", "consent", "create"));
        document.put("claims_supported", claims(realm.personality()));
        if (realm.personality() == Personality.OIDC) {
            document.put("claims_parameter_supported", true);
            document.put("claim_types_supported", List.of("normal"));
            document.put("acr_values_supported", List.of(ClaimsRequest.PASSWORD));
        }
        document.put("request_parameter_supported", false);
        document.put("request_uri_parameter_supported", false);
        document.put("authorization_response_iss_parameter_supported", realm.hasOneIssuer());
        putAlgorithms(document, realm);
        for (String channel : List.of("frontchannel", "backchannel")) {
            document.put(channel + "_logout_supported", true);
            document.put(channel + "_logout_session_supported", true);
        }
        if (entra) {
            document.put("tenant_region_scope", realm.admission().tenant().isPresent() ? "EU" : null);
            document.put("cloud_instance_name", host(realm));
        }
        return cacheable(document);
    }

    /** Entra has keys of a single app at the address of the keys with its {@code appid}, if the metadata was asked so. */
    private static Map<String, Object> addresses(Realm realm, Request request) {
        Map<String, Object> addresses = new LinkedHashMap<>();
        ENDPOINTS.forEach((name, endpoint) ->
                realm.personality().path(endpoint).ifPresent(path -> addresses.put(name, realm.uri(endpoint))));
        request.query()
                .get("appid")
                .filter(appId -> realm.personality().isEntra())
                .ifPresent(appId -> addresses.put(
                        "jwks_uri", realm.uri(Endpoint.KEYS) + "?" + Params.encode(Map.of("appid", appId))));
        return addresses;
    }

    private static void putAlgorithms(Map<String, Object> document, Realm realm) {
        boolean all = realm.personality().letsClientsChooseAlgorithms();
        document.put("id_token_signing_alg_values_supported", all ? SigningAlgorithm.wireNames() : List.of("RS256"));
        putMethods(document, "token", METHODS);
        if (realm.personality() == Personality.OIDC) {
            putMethods(document, "revocation", METHODS);
            putMethods(document, "introspection", METHODS.subList(0, METHODS.size() - 1));
            document.put("userinfo_signing_alg_values_supported", SigningAlgorithm.wireNames());
            document.put("require_pushed_authorization_requests", false);
        }
        if (realm.knowsDpop()) {
            document.put("dpop_signing_alg_values_supported", List.of("ES256", "ES384", "ES512", "RS256", "PS256"));
        }
    }

    private static void putMethods(Map<String, Object> document, String endpoint, List<String> methods) {
        document.put(endpoint + "_endpoint_auth_methods_supported", methods);
        document.put(endpoint + "_endpoint_auth_signing_alg_values_supported", ClientAssertions.algorithms());
    }

    /** RFC 7517 section 5. */
    public Reply keys(Realm realm) {
        boolean all = realm.personality().letsClientsChooseAlgorithms();
        return cacheable(Map.of("keys", all ? keys.published() : keys.publishedRsa()));
    }

    /** Entra's instance discovery: this server is its own and only cloud. */
    public Reply instanceDiscovery(Realm realm, Request request) throws OAuthException {
        String asked = TokenEndpoint.required(request.query(), "authorization_endpoint");
        Realm found = realmOf(asked);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("tenant_discovery_endpoint", found.uri(Endpoint.METADATA));
        document.put("api-version", request.query().get("api-version").orElse("1.1"));
        document.put(
                "metadata",
                List.of(Map.of(
                        "preferred_network", host(realm),
                        "preferred_cache", host(realm),
                        "aliases", List.of(host(realm)))));
        return cacheable(document);
    }

    private Realm realmOf(String authorizationEndpoint) throws OAuthException {
        try {
            URI uri = new URI(authorizationEndpoint);
            String path = uri.getPath() == null ? "" : uri.getPath();
            String segment = path.startsWith("/") ? path.substring(1).split("/", 2)[0] : path;
            boolean here = host(uri).equals(host(URI.create(site.realms().base())));
            if (here) {
                return site.realms()
                        .entra(segment)
                        .orElseThrow(() -> Problem.TENANT_NOT_FOUND.because("the tenant " + segment + " is not known"));
            }
        } catch (URISyntaxException e) {
            // Reported below: it is no authority of ours either.
        }
        throw Problem.INSTANCE_UNKNOWN.because("authorization_endpoint " + authorizationEndpoint
                + " is not of this authority, " + site.realms().base());
    }

    private static Map<String, Endpoint> endpoints() {
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        endpoints.put("authorization_endpoint", Endpoint.AUTHORIZE);
        endpoints.put("token_endpoint", Endpoint.TOKEN);
        endpoints.put("userinfo_endpoint", Endpoint.USERINFO);
        endpoints.put("device_authorization_endpoint", Endpoint.DEVICE_AUTHORIZATION);
        endpoints.put("end_session_endpoint", Endpoint.LOGOUT);
        endpoints.put("jwks_uri", Endpoint.KEYS);
        endpoints.put("pushed_authorization_request_endpoint", Endpoint.PUSHED_AUTHORIZATION);
        endpoints.put("revocation_endpoint", Endpoint.REVOCATION);
        endpoints.put("introspection_endpoint", Endpoint.INTROSPECTION);
        endpoints.put("registration_endpoint", Endpoint.REGISTRATION);
        return Collections.unmodifiableMap(endpoints);
    }

    private List<String> scopes() {
        List<String> scopes =
                new ArrayList<>(List.of("openid", "profile", "email", "offline_access", "address", "phone"));
        site.directory().apis().forEach(api -> api.scopeNames()
                .forEach(name -> scopes.add(api.identifier() + "/" + name)));
        return scopes;
    }

    private static List<String> grantTypes() {
        return Arrays.stream(GrantType.values()).map(GrantType::wireName).toList();
    }

    private static List<String> claims(Personality personality) {
        List<String> claims = new ArrayList<>(
                List.of("iss", "sub", "aud", "exp", "iat", "nbf", "nonce", "auth_time", "at_hash", "sid"));
        if (personality == Personality.OIDC) {
            claims.add("acr");
            claims.addAll(PersonClaims.names());
        } else {
            claims.addAll(List.of("name", "preferred_username", "email"));
        }
        if (personality.isEntra()) {
            claims.addAll(List.of("oid", "tid", "ver", "login_hint"));
        }
        return claims;
    }

    private static String host(Realm realm) {
        return host(URI.create(realm.base()));
    }

    private static String host(URI uri) {
        return Addresses.authority(uri);
    }

    private static Reply cacheable(Map<String, ?> document) {
        return Reply.publicJson(document);
    }
}
