package dev.latchkey.cli.command;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.error.ServerException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A failure as reported to the user or a script: code, message, advice, endpoint, correlation id. */
public final class ErrorReport {
    private static final Set<String> BY_THE_PERSON =
            Set.of(ErrorCodes.USER_CANCELLED, ErrorCodes.TIMED_OUT, ErrorCodes.DEVICE_CODE_EXPIRED, "access_denied");

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final AuthException error;
    private final ErrorDetails details;

    /** The report of one failure. */
    public ErrorReport(AuthException error) {
        this.error = error;
        this.details = error.details();
    }

    /** The exit code for the failure. */
    public ExitCode exitCode() {
        if (error instanceof InteractionRequiredAuthException
                || error.errorCode().equals(ErrorCodes.NO_ACCOUNT_ERROR)) {
            return ExitCode.INTERACTION_REQUIRED;
        }
        if (error instanceof NetworkException || isOutage()) {
            return ExitCode.NETWORK;
        }
        if (BY_THE_PERSON.contains(error.errorCode())) {
            return ExitCode.REFUSED;
        }
        if (error instanceof CacheException) {
            return ExitCode.STORE;
        }
        return error instanceof ClientConfigurationException ? ExitCode.USAGE : ExitCode.FAILURE;
    }

    /** For users: a line that says what happened, and one for each further detail. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("latchkey: " + details.code() + ": " + details.message());
        add(lines, "suberror", details.subError());
        add(lines, "what to do", advice());
        add(lines, "endpoint", details.endpoint());
        add(lines, "correlation id", details.correlationId());
        return lines;
    }

    /** For scripts: one JSON object. */
    public String json() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("code", details.code());
        members.put("message", details.message());
        members.put("suberror", details.subError());
        members.put("what_to_do", advice());
        members.put("claims", details.claims());
        URI endpoint = details.endpoint();
        members.put("endpoint", endpoint == null ? null : endpoint.toString());
        members.put("correlation_id", details.correlationId());
        members.put("exit_code", exitCode().code());
        members.values().removeIf(value -> value == null);
        return Shown.write(new LinkedHashMap<>(Map.of("error", members)));
    }

    private boolean isOutage() {
        Integer status = details.status();
        return error instanceof ServerException
                && status != null
                && (status >= SERVER_ERROR || status == TOO_MANY_REQUESTS);
    }

    private String advice() {
        return switch (exitCode()) {
            case INTERACTION_REQUIRED ->
                "run 'latchkey login' with the same authority, client id and scopes, or add --interactive";
            case REFUSED -> "run the command again; --timeout allows more time";
            case NETWORK -> networkAdvice();
            case STORE -> "make sure that the cache directory is accessible, or name another one with --cache";
            case USAGE -> usageAdvice();
            case OK, FAILURE -> failureAdvice();
        };
    }

    private String networkAdvice() {
        if (error.errorCode().equals(ErrorCodes.SERVER_CERTIFICATE_UNTRUSTED)) {
            return "check the address; if the CA of the server is your company's, add --ca-certificate FILE";
        }
        if (error.errorCode().equals(ErrorCodes.PROXY_ERROR)) {
            return "correct HTTPS_PROXY and NO_PROXY in the environment, or --proxy; --no-proxy does without";
        }
        return error.retryAfter()
                .map(pause -> "try again in " + pause.toSeconds() + " s, as the authority requests")
                .orElse("check the address and the network, then try again");
    }

    private String usageAdvice() {
        return switch (error.errorCode()) {
            case ErrorCodes.AUTHORITY_URI_INSECURE -> "use an https address";
            case ErrorCodes.UNTRUSTED_AUTHORITY ->
                "check the address; if you trust the host, add --known-authority HOST";
            default -> "correct the command line or the LATCHKEY_… environment variables";
        };
    }

    private String failureAdvice() {
        if (error.errorCode().equals(ErrorCodes.LOOPBACK_UNREACHABLE)) {
            return "add --device-code to sign in on another device";
        }
        if (error instanceof BrowserAuthException) {
            return "run the command again";
        }
        return error instanceof ClientAuthException
                ? "the response was rejected; report it to the operator of the authority, with the correlation id"
                : "check client id, scopes and redirect URI against the registration at the authority";
    }

    private static void add(List<String> lines, String label, @Nullable Object value) {
        if (value != null) {
            lines.add("  " + label + " ".repeat(16 - label.length()) + value);
        }
    }
}
