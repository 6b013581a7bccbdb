package dev.latchkey.authority.problem;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A problem as it is told: when, under which correlation and trace id, and with how much of Entra's dialect. */
public record ErrorReport(OAuthException failure, Instant when, String correlationId, String traceId) {
    private static final DateTimeFormatter ENTRA_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    /** The members of a JSON error (RFC 6749 section 5.2). */
    public Map<String, Object> asJson(boolean entra) {
        Map<String, Object> body = new LinkedHashMap<>(asParameters(entra));
        if (entra) {
            body.put("error_codes", List.of(failure.problem().number()));
            body.put("timestamp", ENTRA_TIME.format(when));
            body.put("trace_id", traceId);
            body.put("correlation_id", correlationId);
        }
        return body;
    }

    /** The parameters of an error redirect (RFC 6749 section 4.1.2.1). */
    public Map<String, String> asParameters(boolean entra) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("error", entra ? entraError() : failure.problem().error());
        parameters.put("error_description", entra ? entraDescription() : failure.reason());
        if (entra) {
            parameters.put(
                    "error_uri", "urn:latchkey:error?code=" + failure.problem().number());
            if (!failure.problem().subError().isEmpty()) {
                parameters.put("suberror", failure.problem().subError());
            }
        }
        return parameters;
    }

    /** The problem with Entra's number before it. */
    public String numbered() {
        return "AADSTS" + failure.problem().number() + ": " + failure.reason();
    }

    private String entraError() {
        return switch (failure.problem()) {
            case ACCOUNT_CHOICE_NEEDED -> "interaction_required";
            case DEVICE_REFUSED -> "authorization_declined";
            case DEVICE_CODE_UNKNOWN -> "bad_verification_code";
            default -> failure.problem().error();
        };
    }

    private String entraDescription() {
        return numbered() + " Trace ID: " + traceId + " Correlation ID: " + correlationId + " Timestamp: "
                + ENTRA_TIME.format(when);
    }
}
