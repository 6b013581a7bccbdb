import assert from "node:assert/strict";
import { test } from "node:test";
import { account, World } from "./support/world.mjs";

test("initialize_calledTwice_readsTheSessionOnceAndTellsStartAndEnd", async () => {
    const world = new World();
    const tab = await world.application();
    await tab.app.initialize();
    assert.deepEqual(tab.types(), ["initializeStart", "initializeEnd"]);
    assert.equal(world.server.named("session").length, 1);
});

test("calls_beforeInitialize_areRefused", async () => {
    const tab = new World().tab();
    const app = new tab.api.PublicClientApplication({});
    for (const name of ["acquireTokenSilent", "acquireTokenPopup", "acquireTokenRedirect", "ssoSilent", "loginPopup", "loginRedirect", "logoutPopup", "logoutRedirect", "handleRedirectPromise", "clearCache"]) {
        await assert.rejects(app[name]({ scopes: [] }), { errorCode: "uninitialized_public_client_application" }, name);
    }
    assert.deepEqual(app.getAllAccounts(), []);
    assert.equal(app.getActiveAccount(), null);
    assert.equal(tab.popups.length, 0);
});

test("server_withoutADocument_constructsAndRefusesCalls", async () => {
    const tab = new World().tab({ without: ["document"] });
    const app = await tab.api.createStandardPublicClientApplication({});
    assert.deepEqual(app.getAllAccounts(), []);
    assert.equal(app.addEventCallback(() => {}), null);
    await assert.rejects(app.acquireTokenSilent({ scopes: [] }), { errorCode: "non_browser_environment" });
});

test("callback_withTypes_hearsThoseAlone", async () => {
    const world = new World();
    world.server.signIn(account("ann"));
    const tab = await world.application();
    const heard = [];
    const id = tab.app.addEventCallback((message) => heard.push(message.eventType), [tab.api.EventType.ACQUIRE_TOKEN_SUCCESS]);
    await tab.app.acquireTokenSilent({ scopes: ["a"] });
    assert.deepEqual(heard, ["msal:acquireTokenSuccess"]);
    tab.app.removeEventCallback(id);
    await tab.app.acquireTokenSilent({ scopes: ["a"] });
    assert.equal(heard.length, 1);
});

test("callback_throws_harmsNeitherTheCallNorTheOthers", async () => {
    const world = new World();
    world.server.signIn(account("ann"));
    const lines = [];
    const tab = await world.application({ configuration: { system: { loggerOptions: { loggerCallback: (level, text) => lines.push(text) } } } });
    tab.app.addEventCallback(() => {
        throw new Error("boom");
    });
    const heard = [];
    tab.app.addEventCallback((message) => heard.push(message));
    assert.ok(await tab.app.acquireTokenSilent({ scopes: ["a"] }));
    assert.equal(heard.length, 3);
    assert.match(lines[0], /boom/);
});

test("silent_events_areStartNetworkSuccessWithPayloads", async () => {
    const world = new World();
    world.server.signIn(account("ann"));
    const tab = await world.application();
    tab.forget();
    const result = await tab.app.acquireTokenSilent({ scopes: ["a"], correlationId: "corr" });
    assert.deepEqual(tab.types(), ["acquireTokenStart", "acquireTokenFromNetworkStart", "acquireTokenSuccess"]);
    assert.ok(tab.events.every((message) => message.correlationId === "corr" && message.interactionType === "silent" && message.timestamp === world.clock.time));
    assert.deepEqual(tab.events[0].payload.scopes, ["a"]);
    assert.equal(tab.events[2].payload, result);
    tab.forget();
    await tab.app.acquireTokenSilent({ scopes: ["a"] });
    assert.deepEqual(tab.types(), ["acquireTokenStart", "acquireTokenSuccess"]);
});

test("silent_failure_isToldWithItsError", async () => {
    const world = new World();
    world.server.signIn(account("ann"));
    const tab = await world.application();
    tab.forget();
    world.server.on("token", () => [401, { error: { name: "InteractionRequiredAuthError", errorCode: "consent_required", errorMessage: "x" } }]);
    const error = await tab.app.acquireTokenSilent({ scopes: ["a"] }).catch((thrown) => thrown);
    assert.equal(tab.types().at(-1), "acquireTokenFailure");
    assert.equal(tab.events.at(-1).error, error);
    assert.equal(tab.events.at(-1).payload, null);
});

for (const [eventType, interactionType, current, expected] of [
    ["ACQUIRE_TOKEN_START", "popup", undefined, "acquireToken"],
    ["ACQUIRE_TOKEN_START", "redirect", "none", "acquireToken"],
    ["ACQUIRE_TOKEN_START", "silent", undefined, null],
    ["HANDLE_REDIRECT_START", "redirect", "startup", "handleRedirect"],
    ["HANDLE_REDIRECT_END", "redirect", "handleRedirect", "none"],
    ["HANDLE_REDIRECT_END", "redirect", undefined, "none"],
    ["HANDLE_REDIRECT_END", "redirect", "acquireToken", null],
    ["LOGOUT_START", "popup", "none", "logout"],
    ["LOGOUT_END", "popup", "logout", "none"],
    ["LOGOUT_END", "popup", "acquireToken", null],
    ["ACQUIRE_TOKEN_SUCCESS", "popup", "acquireToken", "none"],
    ["ACQUIRE_TOKEN_FAILURE", "redirect", "acquireToken", "none"],
    ["ACQUIRE_TOKEN_FAILURE", "redirect", "handleRedirect", null],
    ["ACQUIRE_TOKEN_SUCCESS", "silent", "acquireToken", null],
    ["RESTORE_FROM_BFCACHE", "redirect", "acquireToken", "none"],
    ["LOGIN_SUCCESS", "popup", "acquireToken", null],
    ["INITIALIZE_START", null, "startup", null],
]) {
    test(`status_${eventType}_${interactionType}_while_${current}_becomes_${expected}`, () => {
        const { EventMessageUtils, EventType } = new World().tab().api;
        const message = { eventType: EventType[eventType], interactionType };
        assert.equal(EventMessageUtils.getInteractionStatusFromEvent(message, current), expected);
    });
}

test("performanceCallback_call_isTimedAndNamed", async () => {
    const world = new World();
    world.server.signIn(account("ann"));
    const tab = await world.application();
    const heard = [];
    tab.app.addPerformanceCallback(() => {
        throw new Error("boom");
    });
    const id = tab.app.addPerformanceCallback((events) => heard.push(...events));
    await tab.app.acquireTokenSilent({ scopes: ["a"] });
    assert.equal(heard[0].name, "acquireTokenSilent");
    assert.equal(heard[0].success, true);
    assert.equal(heard[0].fromCache, false);
    assert.equal(tab.app.removePerformanceCallback(id), true);
    assert.equal(tab.app.removePerformanceCallback(id), false);
});

test("logger_levelsAndPersonalData_areFiltered", () => {
    const { Logger, LogLevel } = new World().tab().api;
    const lines = [];
    const logger = new Logger({ logLevel: LogLevel.Warning, loggerCallback: (level, text, containsPii) => lines.push([level, containsPii, text]) });
    logger.error("e", "corr");
    logger.warning("w", "corr");
    logger.info("i", "corr");
    logger.errorPii("p", "corr");
    assert.deepEqual(lines.map(([level, containsPii]) => [level, containsPii]), [[0, false], [1, false]]);
    assert.match(lines[0][2], /\[corr\] : latchkey\.js@.+ : Error - e$/);
    logger.clone("other", "1").error("e");
    assert.match(lines[2][2], /other@1/);
    new Logger({ piiLoggingEnabled: true, loggerCallback: (...line) => lines.push(line) }).infoPii("p");
    assert.equal(lines[3][2], true);
});

test("logger_everySignInAndFailure_logsNoToken", async () => {
    const world = new World();
    world.server.signIn(account("ann"));
    const lines = [];
    const tab = await world.application({ configuration: { system: { loggerOptions: { logLevel: 4, piiLoggingEnabled: true, loggerCallback: (level, text) => lines.push(text) } } } });
    await tab.app.acquireTokenSilent({ scopes: ["a"] });
    await tab.app.clearCache();
    assert.ok(!lines.join().includes("token-1"));
});
