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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The verified metadata of an authority (OpenID Connect Discovery section 3, RFC 8414): its issuer matches the
 * authority, and every endpoint is https, or http on loopback if the authority itself is accessed that way. Unusable
 * optional endpoints count as absent.
 *
 * @param issuer the {@code iss} of its tokens
 * @param authorizationEndpoint where the user is sent
 * @param tokenEndpoint where codes and refresh tokens are redeemed
 * @param keysEndpoint where its signing keys are published ({@code jwks_uri})
 * @param deviceAuthorizationEndpoint RFC 8628
 * @param endSessionEndpoint OpenID Connect RP-Initiated Logout
 * @param userInfoEndpoint OpenID Connect Core 5.3
 * @param revocationEndpoint RFC 7009
 * @param issuerInResponse whether authorization responses carry {@code iss} (RFC 9207)
 * @param responseModes those of the response modes query, fragment and form_post that it lists; the first two if it
 *     lists none
 */
public record ProviderMetadata(
        IssuerRule issuer,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        URI keysEndpoint,
        Optional<URI> deviceAuthorizationEndpoint,
        Optional<URI> endSessionEndpoint,
        Optional<URI> userInfoEndpoint,
        Optional<URI> revocationEndpoint,
        boolean issuerInResponse,
        Set<String> responseModes) {
    private static final Set<String> MODES = Set.of("query", "fragment", "form_post");

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
        return check(new HttpAnswer(200, java.util.Map.of(), json), authority, trustedHosts, "");
    }

    private static ProviderMetadata parse(
            JsonObject document, Authority authority, Set<String> trustedHosts, ErrorDetails where) {
        String issuer = document.string("issuer");
        if (issuer == null || issuer.isEmpty()) {
            throw broken(where, ErrorCodes.OPENID_CONFIG_ERROR, "the metadata document lacks the member issuer");
        }
        if (!IssuerPolicy.fits(issuer, authority, trustedHosts)) {
            throw broken(
                    where,
                    ErrorCodes.ISSUER_VALIDATION_FAILED,
                    "the metadata document speaks for the issuer " + issuer + ", not for " + authority);
        }
        List<String> modes = document.strings("response_modes_supported");
        return new ProviderMetadata(
                new IssuerRule(issuer),
                required(document, "authorization_endpoint", where),
                required(document, "token_endpoint", where),
                required(document, "jwks_uri", where),
                optional(document, "device_authorization_endpoint", where),
                optional(document, "end_session_endpoint", where),
                optional(document, "userinfo_endpoint", where),
                optional(document, "revocation_endpoint", where),
                document.isTrue("authorization_response_iss_parameter_supported"),
                modes.isEmpty() ? Set.of("query", "fragment") : known(modes));
    }

    /** Those that are asked for: a document may list any number of others. */
    private static Set<String> known(List<String> modes) {
        return MODES.stream().filter(modes::contains).collect(Collectors.toUnmodifiableSet());
    }

    private static URI required(JsonObject document, String member, ErrorDetails where) {
        String address = document.string(member, "");
        if (address.isEmpty()) {
            throw broken(where, ErrorCodes.OPENID_CONFIG_ERROR, "the metadata document lacks the member " + member);
        }
        return Addresses.named(address, asked(where))
                .orElseThrow(() -> broken(
                        where,
                        ErrorCodes.OPENID_CONFIG_ERROR,
                        "the member " + member + " of the metadata document is not an https address (http is for a"
                                + " loopback authority that is itself asked over http)"));
    }

    /** What cannot be used is as good as not there: the authority does without it. */
    private static Optional<URI> optional(JsonObject document, String member, ErrorDetails where) {
        return Addresses.named(document.string(member, ""), asked(where));
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
