package dev.latchkey.core.challenge;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an API says in {@code WWW-Authenticate} when a bearer token will not do (RFC 6750 section 3), with the claims
 * challenge of continuous access evaluation and the step-up challenge of RFC 9470. Put {@link #claims()} into the next
 * request for a token:
 *
 * <pre>{@code
 * BearerChallenge.parse(response.headers().allValues("WWW-Authenticate"))
 *         .flatMap(BearerChallenge::claims)
 *         .ifPresent(claims -> app.acquireTokenSilent(request.toBuilder().claims(claims).build()));
 * }</pre>
 */
public final class BearerChallenge {
    private static final int LONGEST_CLAIMS = 16_384;

    private final Map<String, String> parameters;

    private BearerChallenge(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /**
     * The bearer challenge of one header value, which may hold challenges of other schemes too; empty if there is none.
     * Of several the one that asks for most: claims before an error, an error before neither; else the first.
     */
    public static Optional<BearerChallenge> parse(String header) {
        return parse(List.of(header));
    }

    /** As {@link #parse(String)}, of all values of the header. */
    public static Optional<BearerChallenge> parse(List<String> headers) {
        return headers.stream()
                .flatMap(header -> ChallengeReader.read(header).stream())
                .filter(challenge -> challenge.scheme().equalsIgnoreCase("Bearer"))
                .map(challenge -> new BearerChallenge(challenge.parameters()))
                .min(Comparator.comparingInt(BearerChallenge::rank));
    }

    private int rank() {
        if (claims().isPresent()) {
            return 0;
        }
        return error().isPresent() ? 1 : 2;
    }

    /** The {@code error}, for example {@code insufficient_claims} or {@code insufficient_user_authentication}. */
    public Optional<String> error() {
        return parameter("error");
    }

    /** The {@code error_description}. */
    public Optional<String> errorDescription() {
        return parameter("error_description");
    }

    /** The {@code realm}. */
    public Optional<String> realm() {
        return parameter("realm");
    }

    /** The {@code scope}s that would do; empty if none are named. */
    public Scopes scopes() {
        return parameter("scope").map(Scopes::parse).orElse(Scopes.NONE);
    }

    /** Where the API describes itself (RFC 9728 section 5.1). */
    public Optional<String> resourceMetadata() {
        return parameter("resource_metadata");
    }

    /** The authentication contexts of which one is needed (RFC 9470 section 3), best first; empty if none are named. */
    public List<String> acrValues() {
        return parameter("acr_values").stream()
                .flatMap(text -> Arrays.stream(text.split("\\s+")))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** How old the sign-in may be (RFC 9470 section 3). */
    public Optional<Duration> maxAge() {
        return parameter("max_age")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /**
     * The claims to ask the authority for, as JSON: those of the challenge, decoded, or made from {@link #acrValues()}.
     * Empty if there are none, or if they are not readable.
     */
    public Optional<String> claims() {
        Optional<String> decoded = parameter("claims").flatMap(BearerChallenge::decode);
        return decoded.isPresent() || acrValues().isEmpty() ? decoded : Optional.of(asClaims(acrValues()));
    }

    /** Any parameter, by its name in any case. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(LowerCase.of(name)));
    }

    /** Names only: the claims are the API's and the caller's business. */
    @Override
    public String toString() {
        return PrintableText.of("BearerChallenge" + parameters.keySet());
    }

    /** OpenID Connect Core 5.5.1.1, of the access token that the API wants. */
    private static String asClaims(List<String> acrValues) {
        Map<String, Object> acr = new LinkedHashMap<>();
        acr.put("essential", true);
        acr.put("values", new ArrayList<>(acrValues));
        return Json.write(Map.of("access_token", Map.of("acr", acr)));
    }

    /** Base64 of either alphabet, padded or not, as services of the field send it; also plain JSON. */
    private static Optional<String> decode(String text) {
        if (text.length() > 2 * LONGEST_CLAIMS) {
            return Optional.empty();
        }
        String json = text.startsWith("{") ? text : fromBase64(text);
        try {
            Json.parseObject(json, LONGEST_CLAIMS);
            return Optional.of(json);
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static String fromBase64(String text) {
        try {
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == '=') {
                end--;
            }
            String urlSafe = text.substring(0, end).replace('+', '-').replace('/', '_');
            return new String(Base64.getUrlDecoder().decode(urlSafe), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
