package dev.latchkey.authority.problem;

/** What can be wrong, with the specification's error code, Entra's number and sub-error, and the token endpoint's status. */
public enum Problem {
    MALFORMED_REQUEST("invalid_request", 90014),
    MISSING_PARAMETER("invalid_request", 900144),
    REPEATED_PARAMETER("invalid_request", 9000411),
    UNSUPPORTED_VALUE("invalid_request", 900561),
    TENANT_NOT_FOUND("invalid_tenant", 90002),
    INSTANCE_UNKNOWN("invalid_instance", 50049),
    UNKNOWN_CLIENT("unauthorized_client", 700016),
    UNKNOWN_CLIENT_AT_TOKEN("invalid_client", 700016, 401),
    CLIENT_IN_OTHER_TENANT("unauthorized_client", 50194),
    GRANT_NOT_ALLOWED("unauthorized_client", 700030),
    CREDENTIAL_MISSING("invalid_client", 7000218, 401),
    CREDENTIAL_WRONG("invalid_client", 7000215, 401),
    CREDENTIAL_UNEXPECTED("invalid_client", 700025, 401),
    REDIRECT_URI_NOT_REGISTERED("invalid_request", 50011),
    RESPONSE_TYPE_UNSUPPORTED("unsupported_response_type", 700054),
    REDIRECT_URI_MISMATCH("invalid_grant", 500112),
    PKCE_REQUIRED("invalid_request", 9002325),
    PKCE_METHOD("invalid_request", 9002313),
    PKCE_MISMATCH("invalid_grant", 501481),
    SCOPE_UNKNOWN("invalid_scope", 70011),
    SCOPE_BEYOND_GRANT("invalid_scope", 70011),
    RESOURCES_MIXED("invalid_scope", 28000),
    RESOURCE_UNKNOWN("invalid_resource", 500011),
    GRANT_TYPE_UNSUPPORTED("unsupported_grant_type", 70003),
    CODE_UNKNOWN("invalid_grant", 70000),
    CODE_EXPIRED("invalid_grant", 70008),
    CODE_REDEEMED("invalid_grant", 54005),
    CODE_FOREIGN("invalid_grant", 700005),
    REFRESH_TOKEN_UNKNOWN("invalid_grant", 70000, "bad_token"),
    REFRESH_TOKEN_EXPIRED("invalid_grant", 700082, "bad_token"),
    REFRESH_TOKEN_OF_PAGE_EXPIRED("invalid_grant", 700084, "bad_token"),
    REFRESH_TOKEN_REUSED("invalid_grant", 70000, "bad_token"),
    REFRESH_TOKEN_REVOKED("invalid_grant", 50173, "bad_token"),
    REFRESH_TOKEN_FOREIGN("invalid_grant", 700005, "client_mismatch"),
    CONSENT_NEEDED("consent_required", 65001),
    CONSENT_NEEDED_AT_TOKEN("invalid_grant", 65001, "consent_required"),
    SIGN_IN_NEEDED("login_required", 50058),
    REQUIREMENTS_UNMET("unmet_authentication_requirements", 50076),
    ACCOUNT_CHOICE_NEEDED("account_selection_required", 16000),
    DEVICE_PENDING("authorization_pending", 70016),
    DEVICE_POLLED_TOO_FAST("slow_down", 70016),
    DEVICE_REFUSED("access_denied", 70018),
    DEVICE_CODE_EXPIRED("expired_token", 70020),
    DEVICE_CODE_UNKNOWN("invalid_grant", 70019),
    USER_CODE_UNKNOWN("invalid_request", 70019),
    SCOPE_NOT_DEFAULT("invalid_scope", 1002012),
    ASSERTION_INVALID("invalid_client", 700027, 401),
    ASSERTION_REPLAYED("invalid_client", 700028, 401),
    ASSERTION_UNTRUSTED("invalid_client", 700213, 401),
    ON_BEHALF_OF_INVALID("invalid_grant", 50013),
    ON_BEHALF_OF_APP("invalid_grant", 7000114),
    SUBJECT_TOKEN_INVALID("invalid_request", 50013),
    TARGET_UNKNOWN("invalid_target", 500011),
    RESOURCE_MISMATCH("invalid_target", 9010010),
    PUSH_REQUIRED("invalid_request", 900144),
    REQUEST_UNSUPPORTED("request_not_supported", 90014),
    REQUEST_URI_UNSUPPORTED("request_uri_not_supported", 90014),
    REQUEST_URI_INVALID("invalid_request_uri", 90014),
    DPOP_PROOF_INVALID("invalid_dpop_proof", 90014),
    DPOP_NONCE_NEEDED("use_dpop_nonce", 90014),
    DPOP_KEY_MISMATCH("invalid_grant", 90014),
    REGISTRATION_REDIRECT_URI("invalid_redirect_uri", 90014),
    REGISTRATION_METADATA("invalid_client_metadata", 90014),
    CROSS_ORIGIN_NEEDED("invalid_request", 9002327),
    CROSS_ORIGIN_FORBIDDEN("invalid_request", 9002326),
    USER_NOT_IN_TENANT("invalid_grant", 50020),
    PERSON_REFUSED("access_denied", 65004),
    PERSON_CANCELLED("access_denied", 65004),
    PASSWORD_FORGOTTEN("access_denied", 50142),
    PAGE_EXPIRED("invalid_request", 50178),
    METHOD_NOT_ALLOWED("invalid_request", 900561, 405),
    NOT_FOUND("not_found", 90055, 404);

    private final String error;
    private final int number;
    private final String subError;
    private final int status;

    Problem(String error, int number) {
        this(error, number, "", 400);
    }

    Problem(String error, int number, int status) {
        this(error, number, "", status);
    }

    Problem(String error, int number, String subError) {
        this(error, number, subError, 400);
    }

    Problem(String error, int number, String subError, int status) {
        this.error = error;
        this.number = number;
        this.subError = subError;
        this.status = status;
    }

    /** The problem, told to the developer who caused it. */
    public OAuthException because(String reason) {
        return new OAuthException(this, reason);
    }

    /** The {@code error} parameter. */
    public String error() {
        return error;
    }

    /** The number after {@code AADSTS}. */
    public int number() {
        return number;
    }

    /** The {@code suberror}, empty if there is none. */
    public String subError() {
        return subError;
    }

    /** The status of an answer in JSON. */
    public int status() {
        return status;
    }
}
