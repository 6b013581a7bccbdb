package dev.latchkey.core.error;

/** The codes Latchkey raises itself: the field's own strings where the field has one. Servers may answer others. */
public final class ErrorCodes {
    // The person has to be asked.
    /** The cache holds no refresh token for this account. */
    public static final String NO_TOKENS_FOUND = "no_tokens_found";

    /** The refresh token has expired, or is about to. */
    public static final String REFRESH_TOKEN_EXPIRED = "refresh_token_expired";

    /** The authority wants something from the person. */
    public static final String INTERACTION_REQUIRED = "interaction_required";

    /** The person has not agreed to a scope. */
    public static final String CONSENT_REQUIRED = "consent_required";

    /** The person has no session at the authority. */
    public static final String LOGIN_REQUIRED = "login_required";

    /** The refresh token is damaged; it was removed. */
    public static final String BAD_TOKEN = "bad_token";

    /** The authority may not show a page in this way. */
    public static final String UI_NOT_ALLOWED = "ui_not_allowed";

    /** The authority's dialogue was interrupted. */
    public static final String INTERRUPTED_USER = "interrupted_user";

    // The interaction.
    /** Another interaction runs. */
    public static final String INTERACTION_IN_PROGRESS = "interaction_in_progress";

    /** A later interaction took this one's place. */
    public static final String INTERACTION_IN_PROGRESS_CANCELLED = "interaction_in_progress_cancelled";

    /** The person, or the program, gave up. */
    public static final String USER_CANCELLED = "user_cancelled";

    /** The person chose "Forgot your password?" (B2C, {@code AADB2C90118}). */
    public static final String PASSWORD_RESET_REQUIRED = "password_reset_required";

    /** The person did not finish, or the silent call's deadline passed. */
    public static final String TIMED_OUT = "timed_out";

    /** The page could not be shown. */
    public static final String POPUP_WINDOW_ERROR = "popup_window_error";

    /** There is no browser here. */
    public static final String NO_BROWSER = "no_browser";

    /** The request names no account and none is active. */
    public static final String NO_ACCOUNT_ERROR = "no_account_error";

    /** Without a page there is no hidden frame to ask the authority. */
    public static final String SILENT_SSO_UNAVAILABLE = "silent_sso_unavailable";

    /** No port on the loopback address could be opened. */
    public static final String LOOPBACK_UNAVAILABLE = "loopback_unavailable";

    /** The answer came in the address though a form post was asked for. */
    public static final String LOOPBACK_SERVER_QUERY_RESPONSE_NOT_SUPPORTED =
            "loopback_server_query_response_not_supported";

    // Answers that were not believed.
    /** The answer has no state. */
    public static final String STATE_NOT_FOUND = "state_not_found";

    /** The answer belongs to another request, or is forged. */
    public static final String STATE_MISMATCH = "state_mismatch";

    /** The ID token answers another request. */
    public static final String NONCE_MISMATCH = "nonce_mismatch";

    /** The answer comes from another issuer (RFC 9207). */
    public static final String ISSUER_MISMATCH = "issuer_mismatch";

    /** The answer holds neither a code nor an error. */
    public static final String AUTHORIZATION_CODE_MISSING = "authorization_code_missing_from_server_response";

    /** The authority sent no ID token though {@code openid} was asked for. */
    public static final String NULL_OR_EMPTY_TOKEN = "null_or_empty_token";

    /** An answer is no JSON, or lacks what it must have. */
    public static final String FAILED_TO_PARSE_RESPONSE = "failed_to_parse_response";

    /** An answer is longer than 1 MiB. */
    public static final String RESPONSE_TOO_LARGE = "response_too_large";

    /** A back-channel endpoint redirects elsewhere; nothing was sent there. */
    public static final String UNEXPECTED_REDIRECT = "unexpected_redirect";

    /** The answer's {@code client_info} is unreadable. */
    public static final String CLIENT_INFO_DECODING_ERROR = "client_info_decoding_error";

    /**
     * The ID token is no signed JWT, is a token of another kind, needs an extension, or a claim is missing or of the
     * wrong type.
     */
    public static final String INVALID_ID_TOKEN = "invalid_id_token";

    /** The ID token's signature is wrong, or of a key that is published for another issuer. */
    public static final String ID_TOKEN_SIGNATURE_INVALID = "id_token_signature_invalid";

    /** The ID token is signed with {@code none} or a shared secret. */
    public static final String ID_TOKEN_ALGORITHM_REJECTED = "id_token_algorithm_rejected";

    /** The issuer publishes no key that fits, also after reading its keys again. */
    public static final String ID_TOKEN_KEY_NOT_FOUND = "id_token_key_not_found";

    /** The ID token is from another issuer. */
    public static final String ID_TOKEN_ISSUER_MISMATCH = "id_token_issuer_mismatch";

    /** The ID token is for another client, or for others too. */
    public static final String ID_TOKEN_AUDIENCE_MISMATCH = "id_token_audience_mismatch";

    /** The ID token has expired. */
    public static final String ID_TOKEN_EXPIRED = "id_token_expired";

    /** The ID token is from the future. */
    public static final String ID_TOKEN_NOT_YET_VALID = "id_token_not_yet_valid";

    /** The refreshed tokens are somebody else's. */
    public static final String ID_TOKEN_SUBJECT_MISMATCH = "id_token_subject_mismatch";

    /** ID token and access token do not belong together. */
    public static final String ID_TOKEN_HASH_MISMATCH = "id_token_hash_mismatch";

    /** A maximum age was asked for, but the answer does not tell the age. */
    public static final String AUTH_TIME_NOT_FOUND = "auth_time_not_found";

    /** The person signed in too long ago. */
    public static final String MAX_AGE_TRANSPIRED = "max_age_transpired";

    /** The claims ask for a way to sign in as essential ({@code acr}), and the person signed in another way. */
    public static final String ACR_MISMATCH = "acr_mismatch";

    /** The user info is about somebody else. */
    public static final String USERINFO_SUBJECT_MISMATCH = "userinfo_subject_mismatch";

    /** The authority issued a token of another type than asked for. */
    public static final String UNSUPPORTED_TOKEN_TYPE = "unsupported_token_type";

    // Discovery.
    /**
     * There is no usable metadata or key document, or an endpoint in it is not https (http is for loopback authorities
     * asked over http).
     */
    public static final String OPENID_CONFIG_ERROR = "openid_config_error";

    /** An unknown host could not be looked up. */
    public static final String ENDPOINTS_RESOLUTION_ERROR = "endpoints_resolution_error";

    /** The metadata speaks for another issuer. */
    public static final String ISSUER_VALIDATION_FAILED = "issuer_validation_failed";

    /** Neither the application nor instance discovery vouches for the host. */
    public static final String UNTRUSTED_AUTHORITY = "untrusted_authority";

    /**
     * The account, or the client's credentials, belong to another issuer than the authority; nothing was sent there.
     */
    public static final String AUTHORITY_MISMATCH = "authority_mismatch";

    /**
     * The application uses several issuers, and this one does not say in its answers whose they are (RFC 9207, RFC
     * 9700 section 4.4.2).
     */
    public static final String ISSUER_NOT_IDENTIFIED = "issuer_not_identified";

    /** The instance-discovery text is unusable. */
    public static final String INVALID_CLOUD_DISCOVERY_METADATA = "invalid_cloud_discovery_metadata";

    /** The supplied metadata document is unusable. */
    public static final String INVALID_AUTHORITY_METADATA = "invalid_authority_metadata";

    /** The authority has no sign-out page; the tokens are gone from here. */
    public static final String END_SESSION_ENDPOINT_NOT_SUPPORTED = "end_session_endpoint_not_supported";

    /** The authority does not offer this. */
    public static final String ENDPOINT_NOT_SUPPORTED = "endpoint_not_supported";

    // The program's own mistakes.
    /** The authority, or where its host is looked up, is neither https nor http on a loopback host. */
    public static final String AUTHORITY_URI_INSECURE = "authority_uri_insecure";

    /** That is no address. */
    public static final String URL_PARSE_ERROR = "url_parse_error";

    /** The address is empty. */
    public static final String EMPTY_URL_ERROR = "empty_url_error";

    /** The claims are no JSON object, or an essential {@code acr} is no text. */
    public static final String INVALID_CLAIMS = "invalid_claims";

    /** One request asks for scopes of several resources. */
    public static final String MULTIPLE_RESOURCES = "multiple_resources";

    /** {@code resource} stands among the extra parameters. */
    public static final String MISPLACED_RESOURCE_PARAMETER = "misplaced_resource_parameter";

    // Accounts and the silent call.
    /** No account matches. */
    public static final String NO_ACCOUNT_FOUND = "no_account_found";

    /** The cache cannot serve and the policy allows nothing else. */
    public static final String TOKEN_REFRESH_REQUIRED = "token_refresh_required";

    // Device code.
    /** Nobody entered the code in time. */
    public static final String DEVICE_CODE_EXPIRED = "device_code_expired";

    // Threads.
    /** 100 calls are being carried out and 10,000 wait, mostly because the authority does not answer. */
    public static final String TOO_MANY_CALLS = "too_many_calls";

    // What the application plugged in.
    /** Something that was plugged in (transport, store, browser, callback) threw what it should not. */
    public static final String UNEXPECTED_ERROR = "unexpected_error";

    /** The client authentication failed before anything was sent. */
    public static final String CLIENT_AUTHENTICATION_FAILED = "client_authentication_failed";

    // Network.
    /** There was no answer. */
    public static final String NETWORK_ERROR = "network_error";

    /** No connection came about. */
    public static final String NO_NETWORK_CONNECTIVITY = "no_network_connectivity";

    /** The connection broke before the answer to a form was complete. */
    public static final String POST_REQUEST_FAILED = "post_request_failed";

    /** The connection broke before the answer was complete. */
    public static final String GET_REQUEST_FAILED = "get_request_failed";

    /** No answer in the time that the process ran; time in which it was stopped does not count. */
    public static final String REQUEST_TIMED_OUT = "request_timed_out";

    /** The waiting thread was interrupted; a code or a refresh token that had been sent is waited for all the same. */
    public static final String INTERRUPTED = "interrupted";

    // Store.
    /** The store is full. */
    public static final String CACHE_QUOTA_EXCEEDED = "cache_quota_exceeded";

    /** What is stored is damaged; it was set aside. */
    public static final String CACHE_CORRUPT = "cache_corrupt";

    /** The store cannot be reached. */
    public static final String CACHE_UNAVAILABLE = "cache_unavailable";

    /** Another process took over this account's renewal. */
    public static final String CACHE_LEASE_LOST = "cache_lease_lost";

    /** Another process renews this account and does not finish. */
    public static final String CACHE_LEASE_TIMEOUT = "cache_lease_timeout";

    /** A newer version of Latchkey wrote this. */
    public static final String CACHE_NEWER_FORMAT = "cache_newer_format";

    /** The key of the store is missing or wrong. */
    public static final String CACHE_KEY_UNAVAILABLE = "cache_key_unavailable";

    /** Others may read, change or exchange the store. */
    public static final String CACHE_INSECURE_PERMISSIONS = "cache_insecure_permissions";

    private ErrorCodes() {}
}
