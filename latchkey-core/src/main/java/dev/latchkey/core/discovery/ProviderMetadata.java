package dev.latchkey.core.discovery;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The verified metadata of an authority (OpenID Connect Discovery section 3, RFC 8414): its issuer matches the
 * authority, and every endpoint is https, or http on loopback if the authority itself is accessed that way. Optional
 * members that cannot be used count as absent; {@link #whyAbsent} tells who needs one.
 *
 * @param issuer the {@code iss} of its tokens
 * @param authorizationEndpoint where the user is sent
 * @param tokenEndpoint where codes and refresh tokens are redeemed
 * @param keysEndpoint where its signing keys are published ({@code jwks_uri}); empty only if it issues no ID tokens
 * @param deviceAuthorizationEndpoint RFC 8628
 * @param endSessionEndpoint OpenID Connect RP-Initiated Logout
 * @param userInfoEndpoint OpenID Connect Core 5.3
 * @param revocationEndpoint RFC 7009
 * @param issuerInResponse whether authorization responses carry {@code iss} (RFC 9207)
 * @param responseModes those of the response modes query, fragment and form_post that it lists; the first two if it
 *     lists none
 * @param offersOfflineAccess whether {@code scopes_supported} has {@code offline_access}, or lists nothing; true for
 *     Entra ID, B2C and External ID, because B2C does not list it but needs it for a refresh token
 * @param unusable why an optional endpoint that the document has cannot be used, by the name of its member
 */
public record ProviderMetadata(
        IssuerRule issuer,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        Optional<URI> keysEndpoint,
        Optional<URI> deviceAuthorizationEndpoint,
        Optional<URI> endSessionEndpoint,
        Optional<URI> userInfoEndpoint,
        Optional<URI> revocationEndpoint,
        boolean issuerInResponse,
        Set<String> responseModes,
        boolean offersOfflineAccess,
        Map<String, String> unusable) {
    /** The member for {@link #deviceAuthorizationEndpoint}. */
    public static final String DEVICE_AUTHORIZATION_ENDPOINT = "device_authorization_endpoint";

    /** The member for {@link #endSessionEndpoint}. */
    public static final String END_SESSION_ENDPOINT = "end_session_endpoint";

    /** The member for {@link #userInfoEndpoint}. */
    public static final String USERINFO_ENDPOINT = "userinfo_endpoint";

    /** The member for {@link #revocationEndpoint}. */
    public static final String REVOCATION_ENDPOINT = "revocation_endpoint";

    private static final List<String> OPTIONAL =
            List.of(DEVICE_AUTHORIZATION_ENDPOINT, END_SESSION_ENDPOINT, USERINFO_ENDPOINT, REVOCATION_ENDPOINT);

    private static final String OFFLINE_ACCESS = "offline_access";
    private static final String COGNITO = "https://cognito-idp.";
    private static final int LONGEST_SHOWN = 200;
    private static final Set<String> MODES = Set.of("query", "fragment", "form_post");

    /** Why there is no such endpoint: a sentence for whoever needs it, such as one about {@link #USERINFO_ENDPOINT}. */
    public String whyAbsent(String member) {
        return unusable.containsKey(member)
                ? "the metadata's " + member + " " + unusable.get(member)
                : "the metadata has no " + member;
    }

    /**
     * The parameter of the end-session endpoint that says where the user goes afterwards (OpenID Connect RP-Initiated Logout
     * section 2); Amazon Cognito has a name of its own for it.
     */
    public String postLogoutParameter() {
        String stated = issuer.stated();
        int path = stated.indexOf('/', COGNITO.length());
        boolean isCognito = path > 0
                && stated.startsWith(COGNITO)
                && stated.substring(0, path).endsWith(".amazonaws.com");
        return isCognito ? "logout_uri" : "post_logout_redirect_uri";
    }

    /** Creates the request for an authority's metadata. */
    public static HttpMessage request(Authority authority) {
        return HttpMessage.get(authority.metadataEndpoint());
    }

    /**
     * Checks the response.
     *
     * @param trustedHosts hosts accepted in the issuer although the authority has another (known authorities)
     * @throws ServerException if the authority did not return 2xx
     * @throws ClientAuthException {@code openid_config_error} if the document is unusable, {@code
     *     issuer_validation_failed} if it belongs to another issuer
     */
    public static ProviderMetadata check(
            HttpAnswer answer, Authority authority, Set<String> trustedHosts, String correlationId) {
        ErrorDetails where = ErrorDetails.of(ErrorCodes.OPENID_CONFIG_ERROR, "")
                .at(authority.metadataEndpoint())
                .correlationId(correlationId)
                .status(answer.status());
        if (!answer.isSuccess()) {
            throw notFound(answer, where);
        }
        try {
            return parse(Json.parseObject(answer.body()), authority, trustedHosts, where);
        } catch (JsonException e) {
            throw broken(where, ErrorCodes.OPENID_CONFIG_ERROR, "the metadata document is unusable: " + e.getMessage());
        }
    }

    /** Parses a document supplied by the application, by the same rules. */
    public static ProviderMetadata parse(String json, Authority authority, Set<String> trustedHosts) {
        return check(new HttpAnswer(200, Map.of(), json), authority, trustedHosts, "");
    }

    private static ProviderMetadata parse(
            JsonObject document, Authority authority, Set<String> trustedHosts, ErrorDetails where) {
        String issuer = document.string("issuer");
        if (issuer == null || issuer.isEmpty()) {
            throw broken(where, ErrorCodes.OPENID_CONFIG_ERROR, lacks(document, "issuer"));
        }
        if (!IssuerPolicy.fits(issuer, authority, trustedHosts)) {
            throw broken(where, ErrorCodes.ISSUER_VALIDATION_FAILED, otherIssuer(issuer, authority));
        }
        List<String> modes = document.strings("response_modes_supported");
        List<String> scopes = document.strings("scopes_supported");
        return new ProviderMetadata(
                new IssuerRule(issuer),
                required(document, "authorization_endpoint", where),
                required(document, "token_endpoint", where),
                authority.kind().issuesIdTokens()
                        ? Optional.of(required(document, "jwks_uri", where))
                        : optional(document, "jwks_uri", where),
                optional(document, DEVICE_AUTHORIZATION_ENDPOINT, where),
                optional(document, END_SESSION_ENDPOINT, where),
                optional(document, USERINFO_ENDPOINT, where),
                optional(document, REVOCATION_ENDPOINT, where),
                document.isTrue("authorization_response_iss_parameter_supported"),
                modes.isEmpty() ? Set.of("query", "fragment") : known(modes),
                authority.kind().isEntraShaped() || scopes.isEmpty() || scopes.contains(OFFLINE_ACCESS),
                unusable(document, where));
    }

    /** The advice is what the reader needs: no name may push it out of the message. */
    private static String otherIssuer(String issuer, Authority authority) {
        return "the metadata document speaks for the issuer " + PrintableText.of(issuer, LONGEST_SHOWN) + ", not for "
                + PrintableText.of(authority.toString(), LONGEST_SHOWN)
                + ". Is that issuer the one you mean? Then name it as the authority, and give its document with"
                + " authorityMetadata if it is not published there. Is this an authority of Entra ID, B2C, External ID or AD"
                + " FS on a host of its own? Then name its kind too: authority(address, kind)";
    }

    /** Those that are asked for: a document may list any number of others. */
    private static Set<String> known(List<String> modes) {
        return MODES.stream().filter(modes::contains).collect(Collectors.toUnmodifiableSet());
    }

    private static URI required(JsonObject document, String member, ErrorDetails where) {
        String address = document.string(member, "");
        if (address.isEmpty()) {
            throw broken(where, ErrorCodes.OPENID_CONFIG_ERROR, lacks(document, member));
        }
        return Addresses.named(address, asked(where))
                .orElseThrow(() -> broken(
                        where,
                        ErrorCodes.OPENID_CONFIG_ERROR,
                        "the metadata's " + member + " " + Addresses.flawOf(address)));
    }

    private static String lacks(JsonObject document, String member) {
        Object value = document.asMap().get(member);
        return value == null || value.equals("")
                ? "the metadata document lacks the member " + member
                : "the metadata's " + member + " is no text";
    }

    /** What cannot be used is as good as not there: the authority does without it. */
    private static Optional<URI> optional(JsonObject document, String member, ErrorDetails where) {
        return Addresses.named(document.string(member, ""), asked(where));
    }

    private static Map<String, String> unusable(JsonObject document, ErrorDetails where) {
        return OPTIONAL.stream()
                .filter(member -> document.asMap().get(member) != null)
                .filter(member -> !"".equals(document.string(member)))
                .filter(member -> optional(document, member, where).isEmpty())
                .collect(Collectors.toUnmodifiableMap(
                        member -> member, member -> Addresses.flawOf(document.string(member, ""))));
    }

    private static URI asked(ErrorDetails where) {
        return Objects.requireNonNull(where.endpoint());
    }

    private static RuntimeException notFound(HttpAnswer answer, ErrorDetails where) {
        if (answer.status() >= 300 && answer.status() < 400) {
            return broken(
                    where,
                    ErrorCodes.UNEXPECTED_REDIRECT,
                    "the metadata address redirects elsewhere, which is not followed; is the authority's address right?");
        }
        ErrorDetails details = ErrorDetails.of(
                        ErrorCodes.OPENID_CONFIG_ERROR,
                        "there is no metadata document (HTTP " + answer.status()
                                + "); is the authority's address right?")
                .at(where.endpoint())
                .correlationId(where.correlationId())
                .status(answer.status());
        return new ServerException(details);
    }

    private static ClientAuthException broken(ErrorDetails where, String code, String message) {
        return new ClientAuthException(ErrorDetails.of(code, message)
                .at(where.endpoint())
                .correlationId(where.correlationId())
                .status(where.status()));
    }

    @Override
    public String toString() {
        return PrintableText.of("ProviderMetadata[" + issuer + "]");
    }
}
