import { createAccounts } from "./accounts.js";
import { createBackend } from "./backend.js";
import { buildConfiguration } from "./config.js";
import { EventType } from "./constants.js";
import { BrowserAuthError } from "./errors.js";
import { createEvents } from "./events.js";
import { createGuard } from "./guard.js";
import { Logger } from "./logger.js";
import { createLogout } from "./logout.js";
import { createMarker } from "./marker.js";
import { createMeasurements } from "./observed.js";
import { inBrowser, newGuid, page } from "./page.js";
import { createPopups } from "./popups.js";
import { createRedirects } from "./redirects.js";
import { cacheKey, tokenRequest } from "./requests.js";
import { createSilent } from "./silent.js";
import { createTokens } from "./tokens.js";

/** The parts of one application, wired together. */
export function createCore(configuration) {
    const config = buildConfiguration(configuration);
    const core = { config, log: new Logger(config.system.loggerOptions) };
    core.logger = () => core.log;
    core.backend = createBackend(config);
    core.tokens = createTokens(config);
    core.events = createEvents(core.logger);
    core.measurements = createMeasurements(config);
    core.accounts = createAccounts(core);
    core.marker = createMarker();
    core.guard = createGuard("latchkey.interaction." + config.latchkey.path, core.marker.isFresh);
    core.completed = completed(core);
    const popups = createPopups(core);
    core.calls = { ...createSilent(core), ...popups, ...createRedirects(core), ...createLogout(core, popups) };
    core.initialize = initializer(core);
    core.checkReady = () => {
        if (!inBrowser() || !core.isInitialized) {
            const code = inBrowser() ? "uninitialized_public_client_application" : "non_browser_environment";
            throw new BrowserAuthError(code, newGuid());
        }
    };
    return core;
}

/** Ends every interactive sign-in: the new account is recorded and its token cached. */
const completed = ({ accounts, tokens }) => async (answer, request) => {
    const { correlationId, scopes, state = "" } = request;
    const { result } = answer;
    const since = tokens.generation();
    await accounts.signedIn(result.account);
    if (scopes && scopes.length && result.account) {
        tokens.put(cacheKey(tokenRequest(request, result.account)), answer, since);
    }
    return { ...result, correlationId, state };
};

function initializer(core) {
    const { accounts, calls, events } = core;
    let initializing = null;

    const initialize = async (correlationId) => {
        if (inBrowser()) {
            events.emit(EventType.INITIALIZE_START, correlationId);
            accounts.listen();
            page.addEventListener("pageshow", ({ persisted }) => {
                if (persisted) {
                    calls.restore();
                    accounts.refresh();
                }
            });
            // An unreachable server is reported by the first call that needs it.
            await accounts.ensure();
            events.emit(EventType.INITIALIZE_END, correlationId);
        }
        core.isInitialized = true;
    };

    return (request) => {
        initializing = initializing || initialize((request && request.correlationId) || newGuid());
        return initializing;
    };
}
