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
    public Map<String, Object> asJson(Dialect dialect) {
        Map<String, Object> body = new LinkedHashMap<>(asParameters(dialect));
        if (dialect == Dialect.ENTRA) {
            body.put("error_codes", List.of(failure.problem().number()));
            body.put("timestamp", ENTRA_TIME.format(when));
            body.put("trace_id", traceId);
            body.put("correlation_id", correlationId);
        }
        return body;
    }

    /** The parameters of an error redirect (RFC 6749 section 4.1.2.1). */
    public Map<String, String> asParameters(Dialect dialect) {
        boolean entra = dialect == Dialect.ENTRA;
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("error", entra ? entraError() : failure.problem().error());
        parameters.put("error_description", description(dialect));
        if (entra) {
            parameters.put(
                    "error_uri", "urn:latchkey:error?code=" + failure.problem().number());
            if (!failure.problem().subError().isEmpty()) {
                parameters.put("suberror", failure.problem().subError());
            }
        }
        return parameters;
    }

    private String description(Dialect dialect) {
        return switch (dialect) {
            case PLAIN -> failure.reason();
            case ENTRA -> entraDescription();
            case B2C ->
                numbered(dialect) + "\r\nCorrelation ID: " + correlationId + "\r\nTimestamp: " + ENTRA_TIME.format(when)
                        + "\r\n";
        };
    }

    private int b2cNumber() {
        return switch (failure.problem()) {
            case PASSWORD_FORGOTTEN -> 90118;
            case PERSON_CANCELLED, PERSON_REFUSED -> 90091;
            case REDIRECT_URI_NOT_REGISTERED -> 90006;
            case UNKNOWN_CLIENT, UNKNOWN_CLIENT_AT_TOKEN -> 90068;
            case SIGN_IN_NEEDED, ACCOUNT_CHOICE_NEEDED -> 90077;
            case SCOPE_UNKNOWN, SCOPE_BEYOND_GRANT, RESOURCE_UNKNOWN -> 90117;
            case CODE_EXPIRED, CODE_REDEEMED, REFRESH_TOKEN_EXPIRED, REFRESH_TOKEN_REUSED -> 90080;
            case CODE_FOREIGN, REFRESH_TOKEN_FOREIGN -> 90088;
            default -> 90085;
        };
    }

    /** The problem, with its number before it where there are numbers. */
    public String numbered(Dialect dialect) {
        return switch (dialect) {
            case PLAIN -> failure.reason();
            case ENTRA -> "AADSTS" + failure.problem().number() + ": " + failure.reason();
            case B2C -> "AADB2C" + b2cNumber() + ": " + failure.reason();
        };
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
        return numbered(Dialect.ENTRA) + " Trace ID: " + traceId + " Correlation ID: " + correlationId + " Timestamp: "
                + ENTRA_TIME.format(when);
    }
}
