package dev.latchkey.core.error;

/** The codes that Latchkey itself reports: those of MSAL where MSAL has one. Servers may return others. */
public final class ErrorCodes {
    // The person has to be asked.
    /** The cache holds no refresh token for this account. */
    public static final String NO_TOKENS_FOUND = "no_tokens_found";

    /** The refresh token has expired or is about to expire. */
    public static final String REFRESH_TOKEN_EXPIRED = "refresh_token_expired";

    /** The authority requires user interaction. */
    public static final String INTERACTION_REQUIRED = "interaction_required";

    /** The user has not consented to a scope. */
    public static final String CONSENT_REQUIRED = "consent_required";

    /** The user has no session at the authority. */
    public static final String LOGIN_REQUIRED = "login_required";

    /** The user must pass a second factor (Auth0). */
    public static final String MFA_REQUIRED = "mfa_required";

    /** The refresh token is unusable; it was removed. */
    public static final String BAD_TOKEN = "bad_token";

    /** The authority may not show a page in this way. */
    public static final String UI_NOT_ALLOWED = "ui_not_allowed";

    /** The authority's dialog was interrupted. */
    public static final String INTERRUPTED_USER = "interrupted_user";

    // The interaction.
    /** Another interaction is running. */
    public static final String INTERACTION_IN_PROGRESS = "interaction_in_progress";

    /** A later interaction replaced this one. */
    public static final String INTERACTION_IN_PROGRESS_CANCELLED = "interaction_in_progress_cancelled";

    /** The user or the program cancelled. */
    public static final String USER_CANCELLED = "user_cancelled";

    /** The user chose "Forgot your password?" (B2C, {@code AADB2C90118}). */
    public static final String PASSWORD_RESET_REQUIRED = "password_reset_required";

    /** The user did not finish in time, or the silent call's deadline passed. */
    public static final String TIMED_OUT = "timed_out";

    /** The page could not be shown. */
    public static final String POPUP_WINDOW_ERROR = "popup_window_error";

    /** No browser is available. */
    public static final String NO_BROWSER = "no_browser";

    /** The request names no account and none is active. */
    public static final String NO_ACCOUNT_ERROR = "no_account_error";

    /** Without a page there is no hidden frame for a request to the authority. */
    public static final String SILENT_SSO_UNAVAILABLE = "silent_sso_unavailable";

    /** The user's browser cannot reach the loopback address of this machine, as in a cloud workspace. */
    public static final String LOOPBACK_UNREACHABLE = "loopback_unreachable";

    /** No port on the loopback address could be opened. */
    public static final String LOOPBACK_UNAVAILABLE = "loopback_unavailable";

    /** The response arrived in the address although a form post was requested. */
    public static final String LOOPBACK_SERVER_QUERY_RESPONSE_NOT_SUPPORTED =
            "loopback_server_query_response_not_supported";

    // Answers that were not believed.
    /** The response has no state. */
    public static final String STATE_NOT_FOUND = "state_not_found";

    /** The response belongs to another request, or is forged. */
    public static final String STATE_MISMATCH = "state_mismatch";

    /** The ID token belongs to another request. */
    public static final String NONCE_MISMATCH = "nonce_mismatch";

    /** The response comes from another issuer (RFC 9207). */
    public static final String ISSUER_MISMATCH = "issuer_mismatch";

    /** The response contains neither a code nor an error. */
    public static final String AUTHORIZATION_CODE_MISSING = "authorization_code_missing_from_server_response";

    /** The authority sent no ID token although {@code openid} was requested. */
    public static final String NULL_OR_EMPTY_TOKEN = "null_or_empty_token";

    /** A response is not JSON, or lacks a required member. */
    public static final String FAILED_TO_PARSE_RESPONSE = "failed_to_parse_response";

    /** A response is longer than 1 MiB. */
    public static final String RESPONSE_TOO_LARGE = "response_too_large";

    /** A back-channel endpoint redirects elsewhere; nothing was sent there. */
    public static final String UNEXPECTED_REDIRECT = "unexpected_redirect";

    /** The response's {@code client_info} cannot be decoded. */
    public static final String CLIENT_INFO_DECODING_ERROR = "client_info_decoding_error";

    /**
     * The ID token is not a signed JWT, is a different kind of token, or requires an extension; or a claim is missing
     * or of the wrong type.
     */
    public static final String INVALID_ID_TOKEN = "invalid_id_token";

    /** The ID token's signature is wrong, or made with a key that is published for another issuer. */
    public static final String ID_TOKEN_SIGNATURE_INVALID = "id_token_signature_invalid";

    /** The ID token is signed with {@code none}, or with another algorithm than the client's registration says. */
    public static final String ID_TOKEN_ALGORITHM_REJECTED = "id_token_algorithm_rejected";

    /** The issuer publishes no matching key, even after its keys were fetched again. */
    public static final String ID_TOKEN_KEY_NOT_FOUND = "id_token_key_not_found";

    /** The ID token is from another issuer. */
    public static final String ID_TOKEN_ISSUER_MISMATCH = "id_token_issuer_mismatch";

    /** The ID token is for another client, or for others too. */
    public static final String ID_TOKEN_AUDIENCE_MISMATCH = "id_token_audience_mismatch";

    /** The ID token has expired. */
    public static final String ID_TOKEN_EXPIRED = "id_token_expired";

    /** The ID token is not valid yet. */
    public static final String ID_TOKEN_NOT_YET_VALID = "id_token_not_yet_valid";

    /** The refreshed tokens belong to another user. */
    public static final String ID_TOKEN_SUBJECT_MISMATCH = "id_token_subject_mismatch";

    /** ID token and access token do not belong together. */
    public static final String ID_TOKEN_HASH_MISMATCH = "id_token_hash_mismatch";

    /** A maximum age was requested, but the response does not state the time of the sign-in. */
    public static final String AUTH_TIME_NOT_FOUND = "auth_time_not_found";

    /** The user signed in too long ago. */
    public static final String MAX_AGE_TRANSPIRED = "max_age_transpired";

    /** The claims require a sign-in method as essential ({@code acr}), and the user signed in with another. */
    public static final String ACR_MISMATCH = "acr_mismatch";

    /** The user info is about another user. */
    public static final String USERINFO_SUBJECT_MISMATCH = "userinfo_subject_mismatch";

    /** The signed user info is not from the issuer, or not for this client. */
    public static final String INVALID_USERINFO = "invalid_userinfo";

    /** The authority issued a token of a different type than requested. */
    public static final String UNSUPPORTED_TOKEN_TYPE = "unsupported_token_type";

    // Discovery.
    /**
     * There is no usable metadata or key document, or an endpoint in it is not https (http is allowed only for loopback
     * authorities used over http).
     */
    public static final String OPENID_CONFIG_ERROR = "openid_config_error";

    /** An unknown host could not be looked up. */
    public static final String ENDPOINTS_RESOLUTION_ERROR = "endpoints_resolution_error";

    /** The metadata belongs to another issuer. */
    public static final String ISSUER_VALIDATION_FAILED = "issuer_validation_failed";

    /** Neither the application nor instance discovery vouches for the host. */
    public static final String UNTRUSTED_AUTHORITY = "untrusted_authority";

    /**
     * The account, or the client's credentials, belong to another issuer than the authority; nothing was sent there.
     */
    public static final String AUTHORITY_MISMATCH = "authority_mismatch";

    /**
     * The application uses several issuers, and this one does not identify itself in its responses (RFC 9207, RFC 9700
     * section 4.4.2).
     */
    public static final String ISSUER_NOT_IDENTIFIED = "issuer_not_identified";

    /** The instance-discovery text is unusable. */
    public static final String INVALID_CLOUD_DISCOVERY_METADATA = "invalid_cloud_discovery_metadata";

    /** The supplied metadata document is unusable. */
    public static final String INVALID_AUTHORITY_METADATA = "invalid_authority_metadata";

    /** The authority has no sign-out page; the local tokens are removed. */
    public static final String END_SESSION_ENDPOINT_NOT_SUPPORTED = "end_session_endpoint_not_supported";

    /** The authority does not support this operation. */
    public static final String ENDPOINT_NOT_SUPPORTED = "endpoint_not_supported";

    // The program's own mistakes.
    /** The authority, or the address for looking up its host, is neither https nor http on a loopback host. */
    public static final String AUTHORITY_URI_INSECURE = "authority_uri_insecure";

    /** The address is malformed. */
    public static final String URL_PARSE_ERROR = "url_parse_error";

    /** The address is empty. */
    public static final String EMPTY_URL_ERROR = "empty_url_error";

    /** The claims are not a JSON object, or an essential {@code acr} is not a string. */
    public static final String INVALID_CLAIMS = "invalid_claims";

    /** One request contains scopes of several resources. */
    public static final String MULTIPLE_RESOURCES = "multiple_resources";

    /** {@code resource} is among the extra parameters. */
    public static final String MISPLACED_RESOURCE_PARAMETER = "misplaced_resource_parameter";

    /** The client id or credentials of the client are among the extra parameters. */
    public static final String MISPLACED_CLIENT_CREDENTIALS = "misplaced_client_credentials";

    // Accounts and the silent call.
    /** No account matches. */
    public static final String NO_ACCOUNT_FOUND = "no_account_found";

    /** The cache has no usable token and the policy allows nothing else. */
    public static final String TOKEN_REFRESH_REQUIRED = "token_refresh_required";

    // Device code.
    /** Nobody entered the code in time. */
    public static final String DEVICE_CODE_EXPIRED = "device_code_expired";

    // Threads.
    /** 100 calls are running and 10,000 are waiting, usually because the authority does not respond. */
    public static final String TOO_MANY_CALLS = "too_many_calls";

    // What the application plugged in.
    /** A plug-in component (transport, store, browser, callback) threw an unexpected exception. */
    public static final String UNEXPECTED_ERROR = "unexpected_error";

    /** The client authentication failed before anything was sent. */
    public static final String CLIENT_AUTHENTICATION_FAILED = "client_authentication_failed";

    // Network.
    /** There was no response. */
    public static final String NETWORK_ERROR = "network_error";

    /** No connection was established. */
    public static final String NO_NETWORK_CONNECTIVITY = "no_network_connectivity";

    /** A proxy could not be reached, requires authentication, or did not connect to the server. */
    public static final String PROXY_ERROR = "proxy_error";

    /** The certificate of the server is not trusted, or is for another host. */
    public static final String SERVER_CERTIFICATE_UNTRUSTED = "server_certificate_untrusted";

    /** The connection broke before the response to a form was complete. */
    public static final String POST_REQUEST_FAILED = "post_request_failed";

    /** The connection broke before the response was complete. */
    public static final String GET_REQUEST_FAILED = "get_request_failed";

    /** There was no response in time; time during which the process was suspended does not count. */
    public static final String REQUEST_TIMED_OUT = "request_timed_out";

    /** The waiting thread was interrupted; a response to a code or refresh token already sent is still awaited. */
    public static final String INTERRUPTED = "interrupted";

    // Store.
    /** The store is full. */
    public static final String CACHE_QUOTA_EXCEEDED = "cache_quota_exceeded";

    /** The stored data is damaged; it was set aside. */
    public static final String CACHE_CORRUPT = "cache_corrupt";

    /** The store cannot be reached. */
    public static final String CACHE_UNAVAILABLE = "cache_unavailable";

    /** Another process took over this account's renewal. */
    public static final String CACHE_LEASE_LOST = "cache_lease_lost";

    /** Another process is renewing this account and does not finish. */
    public static final String CACHE_LEASE_TIMEOUT = "cache_lease_timeout";

    /** The data was written by a newer version of Latchkey. */
    public static final String CACHE_NEWER_FORMAT = "cache_newer_format";

    /** The key of the store is missing or wrong. */
    public static final String CACHE_KEY_UNAVAILABLE = "cache_key_unavailable";

    /** Other users may read, change or replace the store. */
    public static final String CACHE_INSECURE_PERMISSIONS = "cache_insecure_permissions";

    private ErrorCodes() {}
}
