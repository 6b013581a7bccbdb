package dev.latchkey.core.token;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.discovery.Addresses;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the person has to type where (RFC 8628 section 3.2).
 *
 * @param deviceCode what the program polls with; never shown
 * @param userCode what the person types; printable
 * @param verificationUri where the person types it: https, or http on loopback if the endpoint is
 * @param verificationUriComplete the same with the code filled in; empty if the authority gave none that can be used
 * @param expiresIn how long both codes live
 * @param interval the shortest pause between two polls
 * @param message the authority's own words for the person, made printable
 */
public record DeviceCodeResponse(
        Secret deviceCode,
        String userCode,
        URI verificationUri,
        Optional<URI> verificationUriComplete,
        Duration expiresIn,
        Duration interval,
        Optional<String> message) {
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);
    private static final long LONGEST_INTERVAL_SECONDS = 600;
    private static final int LONGEST_USER_CODE = 100;

    /** The request (RFC 8628 section 3.1); the client authentication is still missing. */
    public static HttpMessage.Builder request(URI endpoint, Scopes scopes, @Nullable String claims) {
        HttpMessage.Builder request = HttpMessage.builder(endpoint);
        request.form().set("scope", scopes.toString()).set("claims", claims);
        return request;
    }

    /** Checks the answer; failures as at the token endpoint. */
    public static DeviceCodeResponse check(HttpAnswer answer, URI endpoint, String correlationId, Instant now) {
        ErrorDetails where = ErrorDetails.of("", "").at(endpoint).correlationId(correlationId);
        if (!answer.isSuccess()) {
            throw ErrorAnswer.toException(answer, where, now);
        }
        try {
            return parse(Json.parseObject(answer.body()), endpoint);
        } catch (JsonException | IllegalArgumentException e) {
            throw new ClientAuthException(
                    ErrorDetails.of(ErrorCodes.FAILED_TO_PARSE_RESPONSE, "the device authorization answer is unusable")
                            .at(endpoint)
                            .correlationId(correlationId)
                            .status(answer.status()));
        }
    }

    /** An address that a person opens: never a file or a script. */
    private static URI shown(String address, URI endpoint) {
        return Addresses.named(address, endpoint)
                .orElseThrow(() -> new IllegalArgumentException("not an https address"));
    }

    /** The codes are for the person, not for logs. */
    @Override
    public String toString() {
        return PrintableText.of("DeviceCodeResponse[" + verificationUri + " for " + expiresIn + "]");
    }

    private static DeviceCodeResponse parse(JsonObject body, URI endpoint) {
        Long interval = body.number("interval");
        Long expiresIn = body.number("expires_in");
        String complete = body.string("verification_uri_complete", "");
        // Entra once wrote verification_url; RFC 8628 says uri.
        String uri = body.string("verification_uri", body.string("verification_url", ""));
        String userCode = body.string("user_code", "");
        if (uri.isEmpty() || userCode.isEmpty() || expiresIn == null) {
            throw new IllegalArgumentException("a required member is missing");
        }
        if (!PrintableText.isPrintable(userCode) || userCode.length() > LONGEST_USER_CODE) {
            throw new IllegalArgumentException("the user code is too long, or holds characters that cannot be typed");
        }
        return new DeviceCodeResponse(
                Secret.of(body.string("device_code", "")),
                userCode,
                shown(uri, endpoint),
                Addresses.named(complete, endpoint),
                Duration.ofSeconds(Math.min(Math.max(expiresIn, 1), 86_400)),
                interval == null
                        ? DEFAULT_INTERVAL
                        : Duration.ofSeconds(Math.min(Math.max(interval, 1), LONGEST_INTERVAL_SECONDS)),
                Optional.ofNullable(body.string("message")).map(PrintableText::of));
    }
}
