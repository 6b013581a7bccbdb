/**
 * latchkey.js: access tokens in a page, with the refresh tokens left on the application's own server.
 *
 * Every promise rejects with an {@link AuthError}. Tokens live in the memory of the page and nowhere else.
 */

/** The global variable of the classic script, which also defines `msal`. */
export as namespace latchkey;

export declare const version: string;

// ---- configuration

export interface Configuration {
    auth?: {
        /** For information: the server knows its registration. */
        clientId?: string;
        /** For information: the server knows its authority. */
        authority?: string;
        redirectUri?: string;
        /** The page shown after a sign-out; must have this origin. Default: the origin's root. */
        postLogoutRedirectUri?: string | null;
        /** Called with the target of a redirect; `false` keeps the page where it is. */
        onRedirectNavigate?: (url: string) => boolean | void;
        [other: string]: unknown;
    };
    /** Accepted for compatibility; tokens are always in memory. */
    cache?: { cacheLocation?: string; [other: string]: unknown };
    system?: {
        /**
         * How long to wait for a popup that cannot be watched, in milliseconds of this page having the focus. Default
         * 60000.
         */
        popupBridgeTimeout?: number;
        /** How long to wait for a hidden frame, in milliseconds. Default 10000. */
        iframeBridgeTimeout?: number;
        /** How long leaving the page may take, in milliseconds. Default 30000. */
        redirectNavigationTimeout?: number;
        /** How long before its expiry a token is renewed, in seconds. Default 300. */
        tokenRenewalOffsetSeconds?: number;
        /** Whether redirect calls may be used in a frame. Default false. */
        allowRedirectInIframe?: boolean;
        loggerOptions?: LoggerOptions;
        navigationClient?: INavigationClient;
        [other: string]: unknown;
    };
    experimental?: { [other: string]: unknown };
    telemetry?: { application?: { appName: string; appVersion: string }; [other: string]: unknown };
    latchkey?: {
        /** The path of the server's endpoints on this origin. Default "/latchkey". */
        path?: string;
    };
}

export interface LoggerOptions {
    loggerCallback?: (level: LogLevel, message: string, containsPii: boolean) => void;
    /** The least urgent level delivered. Default Info. */
    logLevel?: LogLevel;
    piiLoggingEnabled?: boolean;
    correlationId?: string;
}

export declare enum LogLevel {
    Error = 0,
    Warning = 1,
    Info = 2,
    Verbose = 3,
    Trace = 4,
}

export declare class Logger {
    constructor(options?: LoggerOptions, packageName?: string, packageVersion?: string);
    clone(packageName: string, packageVersion: string): Logger;
    executeCallback(level: LogLevel, message: string, containsPii: boolean): void;
    isPiiLoggingEnabled(): boolean;
    error(message: string, correlationId: string): void;
    errorPii(message: string, correlationId: string): void;
    warning(message: string, correlationId: string): void;
    warningPii(message: string, correlationId: string): void;
    info(message: string, correlationId: string): void;
    infoPii(message: string, correlationId: string): void;
    verbose(message: string, correlationId: string): void;
    verbosePii(message: string, correlationId: string): void;
    trace(message: string, correlationId: string): void;
    tracePii(message: string, correlationId: string): void;
}

// ---- accounts and results

export interface AccountInfo {
    homeAccountId: string;
    environment: string;
    tenantId: string;
    username: string;
    localAccountId: string;
    loginHint?: string;
    name?: string;
    upn?: string;
    idToken?: string;
    idTokenClaims?: IdTokenClaims;
    nativeAccountId?: string;
    authorityType?: string;
    tenantProfiles?: Map<string, TenantProfile>;
    dataBoundary?: "EU" | "None";
    kmsi?: boolean;
}

export interface IdTokenClaims {
    iss?: string;
    aud?: string;
    sub?: string;
    exp?: number;
    iat?: number;
    name?: string;
    preferred_username?: string;
    oid?: string;
    tid?: string;
    [claim: string]: any;
}

export interface TenantProfile {
    tenantId: string;
    localAccountId: string;
    name?: string;
    username: string;
    loginHint?: string;
    upn?: string;
    nativeAccountId?: string;
    isHomeTenant?: boolean;
}

/**
 * All given members must match; an empty filter matches no account in `getAccount` and every account in
 * `getAllAccounts`.
 */
export interface AccountFilter {
    homeAccountId?: string;
    localAccountId?: string;
    username?: string;
    environment?: string;
    tenantId?: string;
    realm?: string;
    name?: string;
    nativeAccountId?: string;
    authorityType?: string;
    loginHint?: string;
    upn?: string;
    sid?: string;
    isHomeTenant?: boolean;
}

export interface AuthenticationResult {
    authority: string;
    uniqueId: string;
    tenantId: string;
    scopes: string[];
    account: AccountInfo;
    idToken: string;
    idTokenClaims: object;
    accessToken: string;
    fromCache: boolean;
    expiresOn: Date | null;
    extExpiresOn?: Date;
    refreshOn?: Date;
    tokenType: string;
    correlationId: string;
    requestId?: string;
    state?: string;
    familyId?: string;
    cloudGraphHostName?: string;
    msGraphHost?: string;
    fromPlatformBroker?: boolean;
    resource?: string;
}

// ---- requests; other members of the reference's requests are accepted and ignored

interface CommonRequest {
    scopes?: string[];
    authority?: string;
    tenantId?: string;
    account?: AccountInfo;
    /** JSON text, as in a claims challenge. Never answered from a cache. */
    claims?: string;
    /** The resource that the token is for (RFC 8707). */
    resource?: string;
    correlationId?: string;
    /** Returned in the result. */
    state?: string;
    extraQueryParameters?: Record<string, string>;
    extraParameters?: Record<string, string>;
}

interface InteractiveRequest extends CommonRequest {
    extraScopesToConsent?: string[];
    prompt?: string;
    loginHint?: string;
    domainHint?: string;
    /** The maximum time since the user last signed in, in seconds. */
    maxAge?: number;
}

export interface PopupRequest extends InteractiveRequest {
    popupWindowAttributes?: PopupWindowAttributes;
    popupWindowParent?: Window;
    /** Replaces an interaction in progress, which fails with `interaction_in_progress_cancelled`. */
    overrideInteractionInProgress?: boolean;
}

export interface PopupWindowAttributes {
    popupSize?: { height: number; width: number };
    popupPosition?: { top: number; left: number };
}

export interface RedirectRequest extends InteractiveRequest {
    /** The page to return to; must have this origin. Default: this page, with query and fragment. */
    redirectStartPage?: string;
}

export type SsoSilentRequest = InteractiveRequest;

export interface SilentRequest extends CommonRequest {
    forceRefresh?: boolean;
    cacheLookupPolicy?: CacheLookupPolicy;
}

export interface EndSessionRequest {
    /** Default: all accounts. */
    account?: AccountInfo | null;
    postLogoutRedirectUri?: string | null;
    logoutHint?: string;
    state?: string;
    correlationId?: string;
}

export interface EndSessionPopupRequest extends EndSessionRequest {
    /** The page that this page opens afterwards. */
    mainWindowRedirectUri?: string;
    popupWindowAttributes?: PopupWindowAttributes;
    popupWindowParent?: Window;
}

export interface ClearCacheRequest {
    account?: AccountInfo | null;
    correlationId?: string;
}

// ---- the application

export declare class PublicClientApplication {
    constructor(configuration?: Configuration);
    static createPublicClientApplication(configuration?: Configuration): Promise<PublicClientApplication>;

    /** Reads the session. Call it once per page, before any other call; never rejects. */
    initialize(request?: { correlationId?: string }): Promise<void>;

    /**
     * A token without user interaction. Rejects with {@link InteractionRequiredAuthError} if interaction is required.
     */
    acquireTokenSilent(request: SilentRequest): Promise<AuthenticationResult>;
    /**
     * Call it from a click handler. Rejects with `user_cancelled`, `popup_window_error` or `interaction_in_progress`,
     * among others.
     */
    acquireTokenPopup(request: PopupRequest): Promise<AuthenticationResult>;
    /**
     * Leaves the page; {@link handleRedirectPromise} has the result after the return. Resolves only if the page stays.
     */
    acquireTokenRedirect(request: RedirectRequest): Promise<void>;
    /** Always rejects with `unsupported_method`: codes are redeemed on the server. */
    acquireTokenByCode(request: object): Promise<AuthenticationResult>;
    /** Signs in without user interaction, if the authority knows the browser. */
    ssoSilent(request: SsoSilentRequest): Promise<AuthenticationResult>;
    loginPopup(request?: PopupRequest): Promise<AuthenticationResult>;
    loginRedirect(request?: RedirectRequest): Promise<void>;
    logoutPopup(request?: EndSessionPopupRequest): Promise<void>;
    logoutRedirect(request?: EndSessionRequest): Promise<void>;
    /**
     * The result of a redirect that returned to this page; null if there was none. The same for every call during a
     * page load.
     */
    handleRedirectPromise(options?: object): Promise<AuthenticationResult | null>;

    getAllAccounts(filter?: AccountFilter): AccountInfo[];
    getAccount(filter: AccountFilter): AccountInfo | null;
    getActiveAccount(): AccountInfo | null;
    setActiveAccount(account: AccountInfo | null): void;
    /** Removes the tokens of an account, or of all, without notifying the authority. */
    clearCache(request?: ClearCacheRequest): Promise<void>;
    /** Puts a result into this page's memory. */
    hydrateCache(result: AuthenticationResult, request: CommonRequest): Promise<void>;

    /** Returns the id with which to remove it; null outside a browser. A callback that throws is logged. */
    addEventCallback(callback: EventCallbackFunction, eventTypes?: EventType[]): string | null;
    removeEventCallback(callbackId: string): void;
    addPerformanceCallback(callback: (events: any[]) => void): string;
    removePerformanceCallback(callbackId: string): boolean;

    getLogger(): Logger;
    setLogger(logger: Logger): void;
    getConfiguration(): Configuration;
    setNavigationClient(client: INavigationClient): void;
    initializeWrapperLibrary(sku: string, version: string): void;
}

export type IPublicClientApplication = PublicClientApplication;

export declare function createStandardPublicClientApplication(configuration?: Configuration): Promise<PublicClientApplication>;
export declare function createNestablePublicClientApplication(configuration?: Configuration): Promise<PublicClientApplication>;
/** A placeholder for wrappers until they get an application: every call fails. */
export declare const stubbedPublicClientApplication: PublicClientApplication;

// ---- events

export interface EventMessage {
    eventType: EventType;
    /**
     * One of {@link InteractionType}, or null; typed loosely, so that callbacks written for the reference's enum are
     * accepted.
     */
    interactionType: any;
    payload: any;
    error: Error | null;
    correlationId: string;
    /** Milliseconds since the epoch. */
    timestamp: number;
}

export type EventCallbackFunction = (message: EventMessage) => void;

export declare class EventMessageUtils {
    static getInteractionStatusFromEvent(message: EventMessage, currentStatus?: InteractionStatus): InteractionStatus | null;
}

export declare const EventType: {
    readonly INITIALIZE_START: "msal:initializeStart";
    readonly INITIALIZE_END: "msal:initializeEnd";
    readonly ACTIVE_ACCOUNT_CHANGED: "msal:activeAccountChanged";
    readonly LOGIN_SUCCESS: "msal:loginSuccess";
    readonly ACQUIRE_TOKEN_START: "msal:acquireTokenStart";
    readonly BROKERED_REQUEST_START: "msal:brokeredRequestStart";
    readonly ACQUIRE_TOKEN_SUCCESS: "msal:acquireTokenSuccess";
    readonly BROKERED_REQUEST_SUCCESS: "msal:brokeredRequestSuccess";
    readonly ACQUIRE_TOKEN_FAILURE: "msal:acquireTokenFailure";
    readonly BROKERED_REQUEST_FAILURE: "msal:brokeredRequestFailure";
    readonly ACQUIRE_TOKEN_NETWORK_START: "msal:acquireTokenFromNetworkStart";
    readonly HANDLE_REDIRECT_START: "msal:handleRedirectStart";
    readonly HANDLE_REDIRECT_END: "msal:handleRedirectEnd";
    readonly POPUP_OPENED: "msal:popupOpened";
    readonly LOGOUT_START: "msal:logoutStart";
    readonly LOGOUT_SUCCESS: "msal:logoutSuccess";
    readonly LOGOUT_FAILURE: "msal:logoutFailure";
    readonly LOGOUT_END: "msal:logoutEnd";
    readonly RESTORE_FROM_BFCACHE: "msal:restoreFromBFCache";
    readonly BROKER_CONNECTION_ESTABLISHED: "msal:brokerConnectionEstablished";
};
export type EventType = (typeof EventType)[keyof typeof EventType];

export declare const InteractionType: {
    readonly Redirect: "redirect";
    readonly Popup: "popup";
    readonly Silent: "silent";
    readonly None: "none";
};
export type InteractionType = (typeof InteractionType)[keyof typeof InteractionType];

export declare const InteractionStatus: {
    readonly Startup: "startup";
    readonly Logout: "logout";
    readonly AcquireToken: "acquireToken";
    readonly HandleRedirect: "handleRedirect";
    readonly None: "none";
};
export type InteractionStatus = (typeof InteractionStatus)[keyof typeof InteractionStatus];

// ---- constants

export declare const CacheLookupPolicy: {
    readonly Default: 0;
    readonly AccessToken: 1;
    readonly AccessTokenAndRefreshToken: 2;
    readonly RefreshToken: 3;
    readonly RefreshTokenAndNetwork: 4;
    readonly Skip: 5;
};
export type CacheLookupPolicy = (typeof CacheLookupPolicy)[keyof typeof CacheLookupPolicy];

export declare const PromptValue: {
    LOGIN: string;
    SELECT_ACCOUNT: string;
    CONSENT: string;
    NONE: string;
    CREATE: string;
    NO_SESSION: string;
};

export declare const BrowserCacheLocation: {
    readonly LocalStorage: "localStorage";
    readonly SessionStorage: "sessionStorage";
    readonly MemoryStorage: "memoryStorage";
};

export declare const WrapperSKU: { readonly React: "@azure/msal-react"; readonly Angular: "@azure/msal-angular" };

export declare const OIDC_DEFAULT_SCOPES: string[];

// ---- navigation and helpers

export interface NavigationOptions {
    /** The reference's number for the call: 861 acquireTokenRedirect, 961 logout, 962 logoutPopup. */
    apiId: number;
    timeout: number;
    noHistory: boolean;
}

/** Navigates instead of the browser; resolves to false if the page is not left. */
export interface INavigationClient {
    navigateInternal(url: string, options: NavigationOptions): Promise<boolean>;
    navigateExternal(url: string, options: NavigationOptions): Promise<boolean>;
}

export declare class NavigationClient implements INavigationClient {
    navigateInternal(url: string, options: NavigationOptions): Promise<boolean>;
    navigateExternal(url: string, options: NavigationOptions): Promise<boolean>;
}

export declare const BrowserUtils: {
    createGuid(): string;
    isInIframe(): boolean;
    isInPopup(): boolean;
    getCurrentUri(): string;
    getHomepage(): string;
    blockReloadInHiddenIframes(): void;
};

// ---- errors

export declare class AuthError extends Error {
    errorCode: string;
    errorMessage: string;
    subError: string;
    correlationId: string;
    /** Seconds after which a retry may succeed, if the server supplied them. */
    retryAfter?: number;
    constructor(errorCode: string, correlationId: string, errorMessage?: string, subError?: string);
}

/** Interaction is required: call a popup or redirect method with the same request, and with `claims` if present. */
export declare class InteractionRequiredAuthError extends AuthError {
    timestamp: string;
    traceId: string;
    claims: string;
    readonly errorNo?: string;
    constructor(
        errorCode: string,
        correlationId: string,
        errorMessage?: string,
        subError?: string,
        timestamp?: string,
        traceId?: string,
        claims?: string,
        errorNo?: string,
    );
}

/** The authority rejected the request. */
export declare class ServerError extends AuthError {
    readonly errorNo?: string;
    readonly status?: number;
    constructor(errorCode: string, correlationId: string, errorMessage?: string, subError?: string, errorNo?: string, status?: number);
}

export declare class ClientAuthError extends AuthError {
    constructor(errorCode: string, correlationId: string, additionalMessage?: string);
}

/** The request or the configuration is invalid. */
export declare class ClientConfigurationError extends AuthError {
    constructor(errorCode: string, correlationId: string);
}

/** An error of the browser, the user, or the connection to the application's server. */
export declare class BrowserAuthError extends AuthError {
    constructor(errorCode: string, correlationId: string, subError?: string);
}

export declare class BrowserConfigurationAuthError extends AuthError {
    constructor(errorCode: string, correlationId: string, errorMessage?: string);
}

/** The application's server could not reach the authority. */
export declare class NetworkError extends AuthError {}

/** The application's server could not read or write its token store. */
export declare class CacheError extends AuthError {}

export declare const AuthErrorCodes: Readonly<Record<"unexpectedError" | "postRequestFailed", string>>;
export declare const InteractionRequiredAuthErrorCodes: Readonly<
    Record<
        | "noTokensFound"
        | "nativeAccountUnavailable"
        | "refreshTokenExpired"
        | "uiNotAllowed"
        | "interactionRequired"
        | "consentRequired"
        | "loginRequired"
        | "badToken"
        | "interruptedUser",
        string
    >
>;
export declare const BrowserAuthErrorCodes: Readonly<
    Record<
        | "interactionInProgress"
        | "interactionInProgressCancelled"
        | "popupWindowError"
        | "emptyWindowError"
        | "userCancelled"
        | "timedOut"
        | "noAccountError"
        | "uninitializedPublicClientApplication"
        | "nonBrowserEnvironment"
        | "redirectInIframe"
        | "noNetworkConnectivity"
        | "postRequestFailed"
        | "getRequestFailed"
        | "failedToParseResponse"
        | "emptyNavigateUri"
        | "emptyResponse"
        | "blockNestedPopups"
        | "blockIframeReload",
        string
    >
>;
export declare const BrowserConfigurationAuthErrorCodes: Readonly<
    Record<"storageNotSupported" | "stubbedPublicClientApplicationCalled" | "inMemRedirectUnavailable", string>
>;
export declare const ClientAuthErrorCodes: Readonly<
    Record<
        | "stateMismatch"
        | "nonceMismatch"
        | "invalidState"
        | "stateNotFound"
        | "endSessionEndpointNotSupported"
        | "authorizationCodeMissingFromServerResponse",
        string
    >
>;
export declare const ClientConfigurationErrorCodes: Readonly<
    Record<
        | "redirectUriEmpty"
        | "authorityUriInsecure"
        | "urlParseError"
        | "emptyInputScopesError"
        | "invalidClaims"
        | "untrustedAuthority"
        | "resourceParameterRequired"
        | "misplacedResourceParameter"
        | "invalidReturnTo",
        string
    >
>;
