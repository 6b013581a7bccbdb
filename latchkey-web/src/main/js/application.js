import { createCore } from "./core.js";
import { BrowserAuthError, BrowserConfigurationAuthError } from "./errors.js";
import { inBrowser, newGuid, now } from "./page.js";
import { cacheKey, tokenRequest } from "./requests.js";

const cores = new WeakMap();

/** The core of an application, once it can be used. */
const ready = (application) => {
    const core = cores.get(application);
    core.checkReady();
    return core;
};

/** Tokens for this page, stored and renewed by the application's own server. */
export class PublicClientApplication {
    constructor(configuration) {
        cores.set(this, createCore(configuration));
    }

    static createPublicClientApplication(configuration) {
        return createStandardPublicClientApplication(configuration);
    }

    initialize(request) {
        return cores.get(this).initialize(request);
    }

    async acquireTokenSilent(request) {
        const { accounts, calls } = ready(this);
        await accounts.ensure();
        return calls.acquireTokenSilent(request || {});
    }

    async acquireTokenPopup(request) {
        return ready(this).calls.acquireTokenPopup(request || {});
    }

    async acquireTokenRedirect(request) {
        return ready(this).calls.acquireTokenRedirect(request || {});
    }

    async acquireTokenByCode() {
        throw new BrowserAuthError("unsupported_method", newGuid());
    }

    async ssoSilent(request) {
        return ready(this).calls.ssoSilent(request || {});
    }

    loginPopup(request) {
        return this.acquireTokenPopup(request);
    }

    loginRedirect(request) {
        return this.acquireTokenRedirect(request);
    }

    async logoutPopup(request) {
        return ready(this).calls.logoutPopup(request || {});
    }

    async logoutRedirect(request) {
        return ready(this).calls.logoutRedirect(request || {});
    }

    async handleRedirectPromise() {
        return ready(this).calls.handleRedirectPromise();
    }

    getAllAccounts(filter) {
        return cores.get(this).accounts.all(filter);
    }

    getAccount(filter) {
        return cores.get(this).accounts.first(filter);
    }

    getActiveAccount() {
        return cores.get(this).accounts.active();
    }

    setActiveAccount(account) {
        cores.get(this).accounts.setActive(account);
    }

    async clearCache(request) {
        return ready(this).accounts.clear(request && request.account);
    }

    async hydrateCache(result, request) {
        const { tokens } = ready(this);
        const key = cacheKey(tokenRequest(request, result.account));
        tokens.put(key, { result, serverTime: now() }, tokens.generation());
    }

    addEventCallback(callback, eventTypes) {
        return inBrowser() ? cores.get(this).events.add(callback, eventTypes) : null;
    }

    removeEventCallback(id) {
        cores.get(this).events.remove(id);
    }

    addPerformanceCallback(callback) {
        return cores.get(this).measurements.add(callback);
    }

    removePerformanceCallback(id) {
        return cores.get(this).measurements.remove(id);
    }

    getLogger() {
        return cores.get(this).log;
    }

    setLogger(logger) {
        cores.get(this).log = logger;
    }

    getConfiguration() {
        return cores.get(this).config;
    }

    setNavigationClient(client) {
        cores.get(this).config.system.navigationClient = client;
    }

    initializeWrapperLibrary(sku, version) {
        cores.get(this).log.verbose("Used by " + sku + "@" + version, "");
    }
}

export async function createStandardPublicClientApplication(configuration) {
    const application = new PublicClientApplication(configuration);
    await application.initialize();
    return application;
}

/** Whether the page is nested makes no difference here. */
export const createNestablePublicClientApplication = createStandardPublicClientApplication;

/** A placeholder for wrappers until they get an application: it reads as empty, and every call fails. */
export const stubbedPublicClientApplication = new PublicClientApplication();

const stub = cores.get(stubbedPublicClientApplication);
stub.checkReady = () => {
    throw new BrowserConfigurationAuthError("stubbed_public_client_application_called", "");
};
stub.initialize = async () => stub.checkReady();
stub.accounts.setActive = stub.checkReady;
