package dev.latchkey.core.token;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.challenge.BearerChallenge;
import dev.latchkey.core.error.OAuthError;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * What an unsuccessful answer says: as RFC 6749 section 5.2 or RFC 6750 section 3 has it, or in one of the forms that APIs
 * and gateways use instead.
 *
 * @param error as OAuth knows it; null if the body has no code
 * @param words what it says in words; empty if it says nothing that can be shown
 */
record ErrorBody(@Nullable OAuthError error, String words) {
    private static final ErrorBody SILENT = new ErrorBody(null, "");

    /** In this order: OAuth, Okta, others. */
    private static final List<String> CODES = List.of("error", "errorCode", "error_code", "code", "status", "type");

    /** Entra ID, Google. */
    private static final List<String> SUBERRORS = List.of("suberror", "error_subtype");

    private static final List<String> WORDS = List.of("errorSummary", "message", "error_message", "detail", "title");

    private static final int LONGEST = 300;

    /** A word that is longer may be a token that somebody quotes. */
    private static final int LONGEST_WORD = 60;

    static ErrorBody of(HttpAnswer answer) {
        ErrorBody body = inBody(answer);
        OAuthError challenge = body.error == null ? inHeader(answer) : null;
        return challenge == null ? body : new ErrorBody(challenge, body.words);
    }

    private static ErrorBody inBody(HttpAnswer answer) {
        try {
            return of(Json.parseObject(answer.body()));
        } catch (JsonException e) {
            return isProse(answer) ? new ErrorBody(null, shown(answer.body())) : SILENT;
        }
    }

    /** RFC 6750 section 3: where a token was sent, such as to the user info endpoint (OpenID Connect Core 5.3.3). */
    private static @Nullable OAuthError inHeader(HttpAnswer answer) {
        String header = answer.header("WWW-Authenticate");
        BearerChallenge challenge =
                header == null ? null : BearerChallenge.parse(header).orElse(null);
        String error = challenge == null ? "" : challenge.error().orElse("");
        return challenge == null || error.isBlank()
                ? null
                : new OAuthError(
                        error,
                        challenge.errorDescription().orElse(null),
                        null,
                        challenge.claims().orElse(null));
    }

    /** Whether a body is an error, whatever the status. */
    static boolean isError(JsonObject body) {
        return body.string("error") != null || body.object("error") != null || body.string("errorCode") != null;
    }

    /** Some put an object where OAuth has a code. */
    private static ErrorBody of(JsonObject body) {
        JsonObject nested = nested(body);
        JsonObject inner = nested == null ? body : nested;
        String code = code(inner, nested != null);
        String subError = first(body, SUBERRORS);
        String description = inner.string("error_description");
        String words = description == null ? shown(first(inner, WORDS)) : description;
        return new ErrorBody(
                code.isEmpty()
                        ? null
                        : new OAuthError(code, words, subError.isEmpty() ? null : subError, body.string("claims")),
                shown(words));
    }

    private static @Nullable JsonObject nested(JsonObject body) {
        JsonObject error = body.object("error");
        List<JsonObject> several = error == null ? body.objects("errors") : List.of(error);
        return several.isEmpty() ? null : several.get(0);
    }

    /** A plain document's {@code status} and {@code type} are about HTTP (RFC 9457); a nested one's are its code. */
    private static String code(JsonObject inner, boolean isNested) {
        String text = first(inner, isNested ? CODES : CODES.subList(0, 4));
        Long number = isNested ? inner.jsonNumber("code") : null;
        return text.isEmpty() && number != null ? number.toString() : text;
    }

    private static String first(JsonObject object, List<String> names) {
        return names.stream()
                .map(name -> object.string(name, ""))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    /** A page for browsers, or half a document, tells nobody anything. */
    private static boolean isProse(HttpAnswer answer) {
        String type = answer.header("Content-Type");
        String body = answer.body().stripLeading();
        return (type == null || !LowerCase.of(PrintableText.of(type, 100)).contains("html"))
                && (body.isEmpty() || "<{[\"".indexOf(body.charAt(0)) < 0);
    }

    @Override
    public String toString() {
        return PrintableText.of("ErrorBody[" + error + ", " + words + "]");
    }

    /** In printable words, as many as fit; what is no word is left out. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        StringTokenizer words = new StringTokenizer(PrintableText.of(text, LONGEST), " ");
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            shown.append(shown.isEmpty() ? "" : " ").append(word.length() > LONGEST_WORD ? "…" : word);
        }
        return shown.toString();
    }
}
