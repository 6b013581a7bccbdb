package dev.latchkey.authority.authorize;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.claims.ClaimsRequest;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Personality;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.scope.ScopeResolver;
import dev.latchkey.authority.scope.ScopeSet;
import dev.latchkey.authority.token.ClientSignatures;
import dev.latchkey.authority.token.SigningKeys;
import dev.latchkey.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads authorization requests and says what is wrong with them. */
final class AuthorizeReader {
    private static final int MAX_AGE_DIGITS = 9;
    private static final String SHA_256 = "[A-Za-z0-9_-]{43}";

    private final Site site;
    private final ScopeResolver scopes;
    private final ClientSignatures signatures;

    AuthorizeReader(Site site, SigningKeys keys) {
        this.site = site;
        this.scopes = new ScopeResolver(site.directory().apis());
        this.signatures = new ClientSignatures(keys, site.directory()::client);
    }

    /** Client and redirect URI. What is wrong here is told to the person, never to the address that came in. */
    ReplyAddress address(Realm realm, Params params) throws OAuthException {
        Client client = client(realm, once(params, "client_id"));
        String redirectUri = redirectUri(client, params);
        ResponseMode mode =
                params.get("response_mode").flatMap(ResponseMode::of).orElse(ResponseMode.QUERY);
        Optional<String> state = params.all("state").size() == 1 ? params.get("state") : Optional.empty();
        return new ReplyAddress(realm, client, redirectUri, mode, state);
    }

    /** Everything else. What is wrong here is told to the client at its address. */
    AuthorizeRequest request(ReplyAddress address, Params params, String correlationId) throws OAuthException {
        for (String name : params.names()) {
            if (params.all(name).size() > 1 && !name.equals("resource")) {
                throw Problem.REPEATED_PARAMETER.because("the parameter " + name + " is given more than once");
            }
        }
        checkRequestObject(params);
        checkResponse(params);
        for (String resource : address.realm().personality().isEntra() ? List.<String>of() : params.all("resource")) {
            if (site.directory().apiOf(resource).isEmpty()) {
                throw Problem.TARGET_UNKNOWN.because("the resource " + resource + " is not registered");
            }
        }
        ClaimsRequest claims = claims(address.realm(), params);
        return new AuthorizeRequest(
                address, authentication(params, claims.subject()), tokens(address, params, claims), correlationId);
    }

    private Client client(Realm realm, String clientId) throws OAuthException {
        Client client = site.directory()
                .client(clientId)
                .orElseThrow(() -> Problem.UNKNOWN_CLIENT.because("the client " + clientId
                        + " is not registered; registered: "
                        + site.directory().clients().stream()
                                .map(Client::clientId)
                                .collect(Collectors.joining(", "))));
        boolean admitted = client.tenant().isEmpty()
                || realm.admission().tenant().stream()
                        .anyMatch(tenant -> tenant.answersTo(client.tenant().get()));
        if (!admitted) {
            throw Problem.CLIENT_IN_OTHER_TENANT.because("the client " + clientId + " is registered for the tenant "
                    + client.tenant().get() + " only; use the authority of that tenant");
        }
        return client;
    }

    private static String redirectUri(Client client, Params params) throws OAuthException {
        if (params.get("redirect_uri").isEmpty() && client.redirectUris().size() == 1) {
            return client.redirectUris().get(0).toString();
        }
        String asked = once(params, "redirect_uri");
        if (!RedirectUris.matchesAny(client.redirectUris(), asked)) {
            throw Problem.REDIRECT_URI_NOT_REGISTERED.because("redirect_uri " + asked + " is not registered for client "
                    + client.clientId() + "; registered: " + client.redirectUris());
        }
        return asked;
    }

    /** OpenID Connect Core section 3.1.2.6. What was pushed has taken the place of its {@code request_uri} before. */
    private static void checkRequestObject(Params params) throws OAuthException {
        if (params.get("request").isPresent()) {
            throw Problem.REQUEST_UNSUPPORTED.because(
                    "request objects are not supported; give the parameters themselves");
        }
        if (params.get("request_uri").isPresent()) {
            throw Problem.REQUEST_URI_UNSUPPORTED.because(
                    "a request_uri that was not pushed here is not supported; give the parameters themselves");
        }
    }

    private static void checkResponse(Params params) throws OAuthException {
        String type = required(params, "response_type");
        if (!type.equals("code")) {
            throw Problem.RESPONSE_TYPE_UNSUPPORTED.because(
                    "response_type " + type + " is not supported; use code (the authorization code flow with PKCE)");
        }
        Optional<String> mode = params.get("response_mode");
        if (mode.isPresent() && ResponseMode.of(mode.get()).isEmpty()) {
            throw Problem.UNSUPPORTED_VALUE.because(
                    "response_mode " + mode.get() + " is not supported; use query, fragment or form_post");
        }
    }

    /** Microsoft's know the parameter for access tokens only, which the token endpoint reads. */
    private static ClaimsRequest claims(Realm realm, Params params) throws OAuthException {
        ClaimsRequest claims = ClaimsRequest.parse(params.get("claims"));
        if (realm.personality() != Personality.OIDC) {
            return ClaimsRequest.parse(Optional.empty());
        }
        claims.checkContext();
        return claims;
    }

    private AuthenticationParameters authentication(Params params, Optional<String> subject) throws OAuthException {
        Optional<String> hint = params.get("login_hint");
        if (params.get("id_token_hint").isPresent()) {
            hint = Optional.of(subjectOf(params.get("id_token_hint").get()));
        }
        return new AuthenticationParameters(
                prompts(params.get("prompt").orElse("")),
                hint,
                params.get("domain_hint"),
                params.get("sid"),
                subject,
                maxAge(params));
    }

    private String subjectOf(String idToken) throws OAuthException {
        JsonObject claims = signatures
                .verify(idToken)
                .orElseThrow(() -> Problem.MALFORMED_REQUEST.because("id_token_hint was not issued by this authority"));
        return claims.string("login_hint", claims.string("sub", ""));
    }

    private static Set<Prompt> prompts(String value) throws OAuthException {
        Set<Prompt> prompts = EnumSet.noneOf(Prompt.class);
        for (String word : value.isBlank() ? new String[0] : value.strip().split("\\s+", -1)) {
            prompts.add(Prompt.of(word)
                    .orElseThrow(() -> Problem.UNSUPPORTED_VALUE.because("prompt " + word
                            + " is not supported; use none, login, select_account, consent or create")));
        }
        if (prompts.contains(Prompt.NONE) && prompts.size() > 1) {
            throw Problem.UNSUPPORTED_VALUE.because("prompt none cannot be combined with another: " + value);
        }
        return prompts;
    }

    private static Optional<Duration> maxAge(Params params) throws OAuthException {
        Optional<String> value = params.get("max_age");
        if (value.isPresent() && (!value.get().matches("[0-9]+") || value.get().length() > MAX_AGE_DIGITS)) {
            throw Problem.UNSUPPORTED_VALUE.because("max_age is a number of seconds, not " + value.get());
        }
        return value.map(Long::parseLong).map(Duration::ofSeconds);
    }

    private RequestedTokens tokens(ReplyAddress address, Params params, ClaimsRequest claims) throws OAuthException {
        ScopeSet wanted = scopes.resolve(params.get("scope").orElse(""));
        if (wanted.consentKeys().isEmpty()) {
            throw Problem.MISSING_PARAMETER.because("the parameter scope is missing; ask for openid at least");
        }
        if (address.realm().personality().isEntra()) {
            ScopeResolver.requireSame(params.all("resource"), wanted);
        }
        return new RequestedTokens(
                wanted,
                claims.requested(),
                params.get("nonce"),
                codeChallenge(address.client(), params),
                keyThumbprint(address.realm(), params),
                params.get("client_info").filter("1"::equals).isPresent());
    }

    private static Optional<String> codeChallenge(Client client, Params params) throws OAuthException {
        Optional<String> challenge = params.get("code_challenge");
        if (challenge.isEmpty()) {
            if (client.isConfidential() && params.get("code_challenge_method").isEmpty()) {
                return challenge;
            }
            throw Problem.PKCE_REQUIRED.because(
                    "code_challenge is missing: a public client needs PKCE (RFC 7636) with code_challenge_method=S256");
        }
        if (!params.get("code_challenge_method").orElse("plain").equals("S256")) {
            throw Problem.PKCE_METHOD.because("code_challenge_method must be S256");
        }
        if (!challenge.get().matches(SHA_256)) {
            throw Problem.PKCE_METHOD.because("code_challenge is not the base64url SHA-256 of a code_verifier");
        }
        return challenge;
    }

    /** Entra ID and B2C know no DPoP; what they do not know they ignore. */
    private static Optional<String> keyThumbprint(Realm realm, Params params) throws OAuthException {
        Optional<String> thumbprint = params.get("dpop_jkt").filter(given -> realm.knowsDpop());
        if (thumbprint.isPresent() && !thumbprint.get().matches(SHA_256)) {
            throw Problem.MALFORMED_REQUEST.because("dpop_jkt is not the base64url SHA-256 thumbprint of a key");
        }
        return thumbprint;
    }

    private static String once(Params params, String name) throws OAuthException {
        if (params.all(name).size() > 1) {
            throw Problem.REPEATED_PARAMETER.because("the parameter " + name + " is given more than once");
        }
        return required(params, name);
    }

    private static String required(Params params, String name) throws OAuthException {
        return params.get(name)
                .orElseThrow(() -> Problem.MISSING_PARAMETER.because("the parameter " + name + " is missing"));
    }
}
