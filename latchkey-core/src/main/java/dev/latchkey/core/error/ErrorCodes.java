package dev.latchkey.core.error;

/** The codes Latchkey raises itself: the field's own strings where the field has one. Servers may answer others. */
public final class ErrorCodes {
    // The person has to be asked.
    public static final String NO_TOKENS_FOUND = "no_tokens_found";
    public static final String REFRESH_TOKEN_EXPIRED = "refresh_token_expired";
    public static final String INTERACTION_REQUIRED = "interaction_required";
    public static final String CONSENT_REQUIRED = "consent_required";
    public static final String LOGIN_REQUIRED = "login_required";
    public static final String BAD_TOKEN = "bad_token";
    public static final String UI_NOT_ALLOWED = "ui_not_allowed";
    public static final String INTERRUPTED_USER = "interrupted_user";

    // The interaction.
    public static final String INTERACTION_IN_PROGRESS = "interaction_in_progress";
    public static final String INTERACTION_IN_PROGRESS_CANCELLED = "interaction_in_progress_cancelled";
    public static final String USER_CANCELLED = "user_cancelled";
    public static final String PASSWORD_RESET_REQUIRED = "password_reset_required";
    public static final String TIMED_OUT = "timed_out";
    public static final String POPUP_WINDOW_ERROR = "popup_window_error";
    public static final String NO_BROWSER = "no_browser";
    public static final String NO_ACCOUNT_ERROR = "no_account_error";
    public static final String SILENT_SSO_UNAVAILABLE = "silent_sso_unavailable";
    public static final String LOOPBACK_UNAVAILABLE = "loopback_unavailable";
    public static final String LOOPBACK_SERVER_QUERY_RESPONSE_NOT_SUPPORTED =
            "loopback_server_query_response_not_supported";

    // Answers that were not believed.
    public static final String STATE_NOT_FOUND = "state_not_found";
    public static final String STATE_MISMATCH = "state_mismatch";
    public static final String NONCE_MISMATCH = "nonce_mismatch";
    public static final String ISSUER_MISMATCH = "issuer_mismatch";
    public static final String AUTHORIZATION_CODE_MISSING = "authorization_code_missing_from_server_response";
    public static final String NULL_OR_EMPTY_TOKEN = "null_or_empty_token";
    public static final String FAILED_TO_PARSE_RESPONSE = "failed_to_parse_response";
    public static final String RESPONSE_TOO_LARGE = "response_too_large";
    public static final String UNEXPECTED_REDIRECT = "unexpected_redirect";
    public static final String CLIENT_INFO_DECODING_ERROR = "client_info_decoding_error";
    public static final String INVALID_ID_TOKEN = "invalid_id_token";
    public static final String ID_TOKEN_SIGNATURE_INVALID = "id_token_signature_invalid";
    public static final String ID_TOKEN_ALGORITHM_REJECTED = "id_token_algorithm_rejected";
    public static final String ID_TOKEN_KEY_NOT_FOUND = "id_token_key_not_found";
    public static final String ID_TOKEN_ISSUER_MISMATCH = "id_token_issuer_mismatch";
    public static final String ID_TOKEN_AUDIENCE_MISMATCH = "id_token_audience_mismatch";
    public static final String ID_TOKEN_EXPIRED = "id_token_expired";
    public static final String ID_TOKEN_NOT_YET_VALID = "id_token_not_yet_valid";
    public static final String ID_TOKEN_SUBJECT_MISMATCH = "id_token_subject_mismatch";
    public static final String ID_TOKEN_HASH_MISMATCH = "id_token_hash_mismatch";
    public static final String AUTH_TIME_NOT_FOUND = "auth_time_not_found";
    public static final String MAX_AGE_TRANSPIRED = "max_age_transpired";
    public static final String ACR_MISMATCH = "acr_mismatch";
    public static final String USERINFO_SUBJECT_MISMATCH = "userinfo_subject_mismatch";
    public static final String UNSUPPORTED_TOKEN_TYPE = "unsupported_token_type";

    // Discovery.
    public static final String OPENID_CONFIG_ERROR = "openid_config_error";
    public static final String ENDPOINTS_RESOLUTION_ERROR = "endpoints_resolution_error";
    public static final String ISSUER_VALIDATION_FAILED = "issuer_validation_failed";
    public static final String UNTRUSTED_AUTHORITY = "untrusted_authority";
    public static final String AUTHORITY_MISMATCH = "authority_mismatch";
    public static final String ISSUER_NOT_IDENTIFIED = "issuer_not_identified";
    public static final String INVALID_CLOUD_DISCOVERY_METADATA = "invalid_cloud_discovery_metadata";
    public static final String INVALID_AUTHORITY_METADATA = "invalid_authority_metadata";
    public static final String END_SESSION_ENDPOINT_NOT_SUPPORTED = "end_session_endpoint_not_supported";
    public static final String ENDPOINT_NOT_SUPPORTED = "endpoint_not_supported";

    // The program's own mistakes.
    public static final String AUTHORITY_URI_INSECURE = "authority_uri_insecure";
    public static final String URL_PARSE_ERROR = "url_parse_error";
    public static final String EMPTY_URL_ERROR = "empty_url_error";
    public static final String INVALID_CLAIMS = "invalid_claims";
    public static final String MULTIPLE_RESOURCES = "multiple_resources";
    public static final String MISPLACED_RESOURCE_PARAMETER = "misplaced_resource_parameter";

    // Accounts and the silent call.
    public static final String NO_ACCOUNT_FOUND = "no_account_found";
    public static final String TOKEN_REFRESH_REQUIRED = "token_refresh_required";

    // Device code.
    public static final String DEVICE_CODE_EXPIRED = "device_code_expired";

    // Threads.
    public static final String TOO_MANY_CALLS = "too_many_calls";

    // What the application plugged in.
    public static final String UNEXPECTED_ERROR = "unexpected_error";

    // Network.
    public static final String NETWORK_ERROR = "network_error";
    public static final String NO_NETWORK_CONNECTIVITY = "no_network_connectivity";
    public static final String POST_REQUEST_FAILED = "post_request_failed";
    public static final String GET_REQUEST_FAILED = "get_request_failed";
    public static final String REQUEST_TIMED_OUT = "request_timed_out";
    public static final String INTERRUPTED = "interrupted";

    // Store.
    public static final String CACHE_QUOTA_EXCEEDED = "cache_quota_exceeded";
    public static final String CACHE_CORRUPT = "cache_corrupt";
    public static final String CACHE_UNAVAILABLE = "cache_unavailable";
    public static final String CACHE_LEASE_LOST = "cache_lease_lost";
    public static final String CACHE_LEASE_TIMEOUT = "cache_lease_timeout";
    public static final String CACHE_NEWER_FORMAT = "cache_newer_format";
    public static final String CACHE_KEY_UNAVAILABLE = "cache_key_unavailable";
    public static final String CACHE_INSECURE_PERMISSIONS = "cache_insecure_permissions";

    private ErrorCodes() {}
}
