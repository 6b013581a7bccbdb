import { newGuid } from "./page.js";

/** For errors that the page itself detects; the server supplies the text of its own. */
const MESSAGES = {
    interaction_in_progress: "wait for the interaction in progress in this or another tab",
    interaction_in_progress_cancelled: "a newer interaction replaced this one",
    popup_window_error: "the browser blocked the popup; call from a click handler, or allow popups for this site",
    user_cancelled: "the user closed the window or returned without signing in",
    timed_out: "no answer arrived in time",
    no_account_error: "name an account or set an active account",
    uninitialized_public_client_application: "await initialize() first",
    non_browser_environment: "this call needs a page in a browser",
    redirect_in_iframe: "use a popup, or set system.allowRedirectInIframe",
    no_network_connectivity: "the browser is offline",
    post_request_failed: "the application's server cannot be reached",
    get_request_failed: "the application's server cannot be reached",
    failed_to_parse_response: "the application's server did not return JSON",
    empty_navigate_uri: "the application's server returned no web address",
    unsupported_method: "codes are redeemed on the server, never in the page",
    invalid_return_to: "the page to return to must have this origin",
    stubbed_public_client_application_called: "the wrapper has no application object",
};

export class AuthError extends Error {
    constructor(errorCode = "", correlationId = "", errorMessage = "", subError = "") {
        const text = errorMessage || MESSAGES[errorCode] || "";
        super(text ? errorCode + ": " + text : errorCode);
        this.name = "AuthError";
        this.errorCode = errorCode;
        this.errorMessage = text;
        this.subError = subError;
        this.correlationId = correlationId;
    }
}

export class InteractionRequiredAuthError extends AuthError {
    constructor(errorCode, correlationId, errorMessage, subError, timestamp, traceId, claims, errorNo) {
        super(errorCode, correlationId, errorMessage, subError);
        this.name = "InteractionRequiredAuthError";
        this.timestamp = timestamp || "";
        this.traceId = traceId || "";
        this.claims = claims || "";
        this.errorNo = errorNo;
    }
}

export class ServerError extends AuthError {
    constructor(errorCode, correlationId, errorMessage, subError, errorNo, status) {
        super(errorCode, correlationId, errorMessage, subError);
        this.name = "ServerError";
        this.errorNo = errorNo;
        this.status = status;
    }
}

export class ClientAuthError extends AuthError {
    constructor(errorCode, correlationId, additionalMessage) {
        super(errorCode, correlationId, additionalMessage);
        this.name = "ClientAuthError";
    }
}

export class ClientConfigurationError extends AuthError {
    constructor(errorCode, correlationId) {
        super(errorCode, correlationId);
        this.name = "ClientConfigurationError";
    }
}

export class BrowserAuthError extends AuthError {
    constructor(errorCode, correlationId, subError) {
        super(errorCode, correlationId, "", subError);
        this.name = "BrowserAuthError";
    }
}

export class BrowserConfigurationAuthError extends AuthError {
    constructor(errorCode, correlationId, errorMessage) {
        super(errorCode, correlationId, errorMessage);
        this.name = "BrowserConfigurationAuthError";
    }
}

/** The server could not reach the authority. */
export class NetworkError extends AuthError {
    constructor(errorCode, correlationId, errorMessage) {
        super(errorCode, correlationId, errorMessage);
        this.name = "NetworkError";
    }
}

/** The server's token store failed. */
export class CacheError extends AuthError {
    constructor(errorCode, correlationId, errorMessage) {
        super(errorCode, correlationId, errorMessage);
        this.name = "CacheError";
    }
}

const CLASSES = {
    InteractionRequiredAuthError,
    ServerError,
    ClientAuthError,
    ClientConfigurationError,
    BrowserAuthError,
    NetworkError,
    CacheError,
};

/** The error that a server's JSON describes. */
export function errorFromServer(wire, status, correlationId) {
    const kind = Object.hasOwn(CLASSES, wire.name) ? CLASSES[wire.name] : AuthError;
    const { errorCode, errorMessage, subError = "", claims = "", timestamp = "", retryAfter } = wire;
    const error = new kind(errorCode, wire.correlationId || correlationId || newGuid(), errorMessage);
    Object.assign(error, { subError, status, retryAfter });
    if (errorMessage) {
        error.errorMessage = errorMessage;
        error.message = errorCode + ": " + errorMessage;
    }
    if (kind === InteractionRequiredAuthError) {
        Object.assign(error, { claims, timestamp });
    }
    return error;
}

/** Turns `"a_b c_d"` into `{aB: "a_b", cD: "c_d"}`, the form in which code constants are exported. */
const codes = (text) =>
    Object.fromEntries(
        text.split(" ").map((code) => [code.replace(/_(.)/g, (match, letter) => letter.toUpperCase()), code]),
    );

export const AuthErrorCodes = codes("unexpected_error post_request_failed");

export const InteractionRequiredAuthErrorCodes = codes(
    "no_tokens_found native_account_unavailable refresh_token_expired ui_not_allowed interaction_required " +
        "consent_required login_required bad_token interrupted_user",
);

export const BrowserAuthErrorCodes = codes(
    "interaction_in_progress interaction_in_progress_cancelled popup_window_error empty_window_error user_cancelled " +
        "timed_out no_account_error uninitialized_public_client_application non_browser_environment " +
        "redirect_in_iframe no_network_connectivity post_request_failed get_request_failed failed_to_parse_response " +
        "empty_navigate_uri empty_response block_nested_popups block_iframe_reload",
);

export const BrowserConfigurationAuthErrorCodes = {
    storageNotSupported: "storage_not_supported",
    stubbedPublicClientApplicationCalled: "stubbed_public_client_application_called",
    inMemRedirectUnavailable: "in_mem_redirect_unavailable",
};

export const ClientAuthErrorCodes = codes(
    "state_mismatch nonce_mismatch invalid_state state_not_found end_session_endpoint_not_supported " +
        "authorization_code_missing_from_server_response",
);

export const ClientConfigurationErrorCodes = codes(
    "redirect_uri_empty authority_uri_insecure url_parse_error empty_input_scopes_error invalid_claims " +
        "untrusted_authority resource_parameter_required misplaced_resource_parameter invalid_return_to",
);
