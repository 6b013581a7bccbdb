/** latchkey.js: access tokens in a page, with the refresh tokens left on the server. */
export {
    PublicClientApplication,
    createNestablePublicClientApplication,
    createStandardPublicClientApplication,
    stubbedPublicClientApplication,
} from "./application.js";
export {
    BrowserCacheLocation,
    CacheLookupPolicy,
    EventType,
    InteractionStatus,
    InteractionType,
    OIDC_DEFAULT_SCOPES,
    PromptValue,
    WrapperSKU,
    version,
} from "./constants.js";
export {
    AuthError,
    AuthErrorCodes,
    BrowserAuthError,
    BrowserAuthErrorCodes,
    BrowserConfigurationAuthError,
    BrowserConfigurationAuthErrorCodes,
    CacheError,
    ClientAuthError,
    ClientAuthErrorCodes,
    ClientConfigurationError,
    ClientConfigurationErrorCodes,
    InteractionRequiredAuthError,
    InteractionRequiredAuthErrorCodes,
    NetworkError,
    ServerError,
} from "./errors.js";
export { EventMessageUtils } from "./events.js";
export { LogLevel, Logger } from "./logger.js";
export { NavigationClient } from "./navigation.js";
export { BrowserUtils } from "./utils.js";
