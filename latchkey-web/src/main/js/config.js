import { NavigationClient } from "./navigation.js";

const withDefaults = (given = {}, defaults) => ({
    ...defaults,
    ...Object.fromEntries(Object.entries(given || {}).filter(([, value]) => value !== undefined)),
});

/** The configuration with its defaults; members that the page does not use are kept and ignored. */
export function buildConfiguration({ auth, cache, system, experimental, telemetry, latchkey } = {}) {
    const settings = withDefaults(latchkey, { path: "/latchkey" });
    return {
        auth: withDefaults(auth, { clientId: "", authority: "", redirectUri: "" }),
        cache: withDefaults(cache, { cacheLocation: "memoryStorage", cacheRetentionDays: 0 }),
        system: withDefaults(system, {
            loggerOptions: {},
            navigationClient: new NavigationClient(),
            popupBridgeTimeout: 60000,
            iframeBridgeTimeout: 10000,
            redirectNavigationTimeout: 30000,
            tokenRenewalOffsetSeconds: 300,
            allowRedirectInIframe: false,
        }),
        experimental: withDefaults(experimental, {}),
        telemetry: withDefaults(telemetry, { application: { appName: "", appVersion: "" } }),
        latchkey: { ...settings, path: settings.path.replace(/\/+$/, "") },
    };
}
