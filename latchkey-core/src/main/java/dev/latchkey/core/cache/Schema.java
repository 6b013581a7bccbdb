package dev.latchkey.core.cache;

/** Names of the unified schema. */
final class Schema {
    // Sections.
    static final String ACCESS_TOKENS = "AccessToken";
    static final String REFRESH_TOKENS = "RefreshToken";
    static final String ID_TOKENS = "IdToken";
    static final String ACCOUNTS = "Account";
    static final String APP_METADATA = "AppMetadata";
    static final String LATCHKEY = "Latchkey";

    // Members of entries.
    static final String HOME_ACCOUNT_ID = "home_account_id";
    static final String ENVIRONMENT = "environment";
    static final String REALM = "realm";
    static final String CLIENT_ID = "client_id";
    static final String CREDENTIAL_TYPE = "credential_type";
    static final String SECRET = "secret";
    static final String TARGET = "target";
    static final String CACHED_AT = "cached_at";
    static final String EXPIRES_ON = "expires_on";
    static final String EXTENDED_EXPIRES_ON = "extended_expires_on";
    static final String REFRESH_ON = "refresh_on";
    static final String TOKEN_TYPE = "token_type";
    static final String KEY_ID = "key_id";
    static final String RESOURCE = "resource";
    static final String USER_ASSERTION_HASH = "user_assertion_hash";
    static final String CLAIMS_HASH = "requested_claims_hash";
    static final String EXTENDED_KEY_HASH = "ext_cache_key_hash";
    static final String EXTENDED_KEY = "ext_cache_key";
    static final String KEY_COMPONENTS = "additionalCacheKeyComponents";
    static final String VARIANT = "latchkey_variant";
    static final String FAMILY_ID = "family_id";
    static final String LOCAL_ACCOUNT_ID = "local_account_id";
    static final String USERNAME = "username";
    static final String NAME = "name";
    static final String AUTHORITY_TYPE = "authority_type";
    static final String TENANT_PROFILES = "tenantProfiles";
    static final String ISSUER = "latchkey_issuer";
    static final String AUTHORITY = "latchkey_authority";

    // Members of a tenant profile.
    static final String PROFILE_TENANT = "tenantId";
    static final String PROFILE_LOCAL_ID = "localAccountId";
    static final String PROFILE_IS_HOME = "isHomeTenant";
    static final String PROFILE_LOGIN_HINT = "loginHint";
    static final String PROFILE_SID = "sid";
    static final String PROFILE_UPN = "upn";
    static final String PROFILE_EMAILS = "emails";

    // Members of the section Latchkey.
    static final String ACTIVE_ACCOUNTS = "active_accounts";
    static final String ACCOUNT_KEY = "account";
    static final String BLOBS = "blobs";
    static final String TEXT = "text";

    // Values of credential_type.
    static final String TYPE_ACCESS_TOKEN = "AccessToken";
    static final String TYPE_BOUND_ACCESS_TOKEN = "AccessToken_With_AuthScheme";
    static final String TYPE_REFRESH_TOKEN = "RefreshToken";
    static final String TYPE_ID_TOKEN = "IdToken";

    private Schema() {}
}
