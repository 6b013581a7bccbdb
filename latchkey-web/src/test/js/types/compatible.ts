import * as msal from "@azure/msal-browser";
import * as latchkey from "./latchkey.js";

/**
 * What a wrapper receives. Two members cannot be expressed: `getLogger` returns a class whose private members are part
 * of its type, and `getConfiguration` is internal to that library. Both exist at run time.
 */
type Handed = Omit<msal.IPublicClientApplication, "getLogger" | "getConfiguration">;

const application = new latchkey.PublicClientApplication({ auth: { clientId: "client" } });
export const handed: Handed = application;
export const stub: Handed = latchkey.stubbedPublicClientApplication;

/** No member of the interface is missing, including those two. */
const everyMember: Record<keyof msal.IPublicClientApplication, unknown> = application;

/** A configuration written for that library is valid here. */
const configuration: msal.Configuration = {
    auth: { clientId: "client", authority: "https://login.example/common", redirectUri: "/", postLogoutRedirectUri: null },
    cache: { cacheLocation: msal.BrowserCacheLocation.SessionStorage },
    system: { allowRedirectInIframe: true, loggerOptions: { logLevel: msal.LogLevel.Info }, popupBridgeTimeout: 1 },
    telemetry: { application: { appName: "a", appVersion: "1" } },
};
export const created: Promise<Handed> = latchkey.createStandardPublicClientApplication({ ...configuration, experimental: {} } as latchkey.Configuration);

/** Constants have the same values. */
export const eventTypes: typeof msal.EventType = latchkey.EventType;
export const statuses: typeof msal.InteractionStatus = latchkey.InteractionStatus;
export const policies: typeof msal.CacheLookupPolicy = latchkey.CacheLookupPolicy;
export const prompts: typeof msal.PromptValue = latchkey.PromptValue;
export const wrappers: typeof msal.WrapperSKU = latchkey.WrapperSKU;
export const interactionTypes: Record<keyof typeof msal.InteractionType, `${msal.InteractionType}`> = latchkey.InteractionType;

/** Values are assignable in both directions. */
export const account: msal.AccountInfo | null = application.getActiveAccount();
export const result: Promise<msal.AuthenticationResult> = application.acquireTokenSilent({ scopes: ["User.Read"] });
application.setActiveAccount({} as msal.AccountInfo);
application.acquireTokenSilent({} as msal.SilentRequest);
application.acquireTokenPopup({} as msal.PopupRequest);
application.acquireTokenRedirect({} as msal.RedirectRequest);
application.ssoSilent({} as msal.SsoSilentRequest);
application.logoutRedirect({} as msal.EndSessionRequest);
application.logoutPopup({} as msal.EndSessionPopupRequest);
application.clearCache({} as msal.ClearCacheRequest);
application.setNavigationClient(new msal.NavigationClient());
application.setNavigationClient(new latchkey.NavigationClient());
application.addEventCallback((message) => {
    const status: msal.InteractionStatus | null = latchkey.EventMessageUtils.getInteractionStatusFromEvent(message);
    application.getLogger().info(String(status), message.correlationId);
});

/** Errors are distinguished in the same way. */
export async function sample(): Promise<msal.AuthenticationResult> {
    const request = { scopes: ["User.Read"] };
    try {
        return await application.acquireTokenSilent(request);
    } catch (error) {
        if (error instanceof latchkey.InteractionRequiredAuthError) {
            const [code, sub, correlation, claims]: string[] = [error.errorCode, error.subError, error.correlationId, error.claims];
            return application.acquireTokenPopup({ ...request, claims, state: [code, sub, correlation].join() });
        }
        throw error;
    }
}
export const errors: (new (...args: any[]) => msal.AuthError)[] = [
    latchkey.AuthError,
    latchkey.InteractionRequiredAuthError,
    latchkey.ServerError,
    latchkey.BrowserAuthError,
    latchkey.ClientAuthError,
    latchkey.ClientConfigurationError,
];
export const required: msal.InteractionRequiredAuthError = new latchkey.InteractionRequiredAuthError("a", "b");
export { everyMember };
