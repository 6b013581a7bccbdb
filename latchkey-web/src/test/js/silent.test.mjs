import assert from "node:assert/strict";
import { test } from "node:test";
import { account, outcome, settle, World } from "./support/world.mjs";

const request = { scopes: ["User.Read"] };

async function signedIn(configuration) {
    const world = new World();
    world.server.signIn(account("ann"));
    const tab = await world.application({ configuration });
    tab.forget();
    return { world, tab, app: tab.app, server: world.server, clock: world.clock };
}

async function rejection(promise) {
    return promise.then(() => assert.fail("expected an error"), (error) => error);
}

test("silent_firstCall_asksServerForTheOnlyAccount", async () => {
    const { app, server } = await signedIn();
    const result = await app.acquireTokenSilent(request);
    assert.equal(result.accessToken, "token-1");
    assert.equal(result.fromCache, false);
    assert.ok(result.expiresOn instanceof Date);
    assert.ok(result.account.tenantProfiles instanceof Map);
    assert.deepEqual(server.named("token")[0].body.request.account, { homeAccountId: "ann.home", environment: "authority.example", tenantId: "home" });
});

test("silent_everyCall_carriesTheHeaderAndStaysSameOrigin", async () => {
    const { app, server } = await signedIn();
    await app.acquireTokenSilent(request);
    for (const { address, options } of server.calls) {
        assert.match(address, /^\/latchkey\//);
        assert.equal(options.headers["X-Latchkey"], "1");
        assert.equal(options.credentials, "same-origin");
        assert.equal(options.cache, "no-store");
    }
});

test("silent_secondCall_isServedFromThePageWithItsOwnCorrelationIdAndState", async () => {
    const { app, server } = await signedIn();
    await app.acquireTokenSilent(request);
    const result = await app.acquireTokenSilent({ ...request, correlationId: "mine", state: "s" });
    assert.equal(server.named("token").length, 1);
    assert.equal(result.fromCache, true);
    assert.equal(result.correlationId, "mine");
    assert.equal(result.state, "s");
});

test("silent_resultChangedByItsCaller_doesNotReachTheNext", async () => {
    const { app } = await signedIn();
    const first = await app.acquireTokenSilent(request);
    first.scopes.push("Mail.Read");
    first.accessToken = "changed";
    const second = await app.acquireTokenSilent(request);
    assert.deepEqual(second.scopes, ["User.Read"]);
    assert.equal(second.accessToken, "token-1");
});

test("silent_scopesInAnotherOrder_areTheSameRequest", async () => {
    const { app, server } = await signedIn();
    await app.acquireTokenSilent({ scopes: ["a", "b"] });
    await app.acquireTokenSilent({ scopes: ["b", "a"] });
    assert.equal(server.named("token").length, 1);
});

for (const [name, other] of Object.entries({
    scopes: { scopes: ["Mail.Read"] },
    resource: { resource: "https://api.example" },
    authority: { authority: "https://authority.example/other" },
    extraParameters: { extraParameters: { a: "1" } },
    extraQueryParameters: { extraQueryParameters: { a: "1" } },
})) {
    test(`silent_other_${name}_asksTheServerAgain`, async () => {
        const { app, server } = await signedIn();
        await app.acquireTokenSilent(request);
        await app.acquireTokenSilent({ ...request, ...other });
        assert.equal(server.named("token").length, 2);
    });
}

for (const [name, bypass] of Object.entries({
    forceRefresh: { forceRefresh: true },
    claims: { claims: '{"access_token":{}}' },
    policyRefreshToken: { cacheLookupPolicy: 3 },
    policyRefreshTokenAndNetwork: { cacheLookupPolicy: 4 },
})) {
    test(`silent_${name}_passesThePagesMemoryByAndRenewsIt`, async () => {
        const { app, server } = await signedIn();
        await app.acquireTokenSilent(request);
        const renewed = await app.acquireTokenSilent({ ...request, ...bypass });
        assert.equal(renewed.accessToken, "token-2");
        assert.equal((await app.acquireTokenSilent(request)).accessToken, "token-2");
        assert.equal(server.named("token").length, 2);
    });
}

test("silent_tokenCloseToItsEnd_isAskedForAgain", async () => {
    const { app, server, clock } = await signedIn();
    await app.acquireTokenSilent(request);
    await clock.advance(3299_000);
    await app.acquireTokenSilent(request);
    assert.equal(server.named("token").length, 1);
    await clock.advance(1_000);
    await app.acquireTokenSilent(request);
    assert.equal(server.named("token").length, 2);
});

test("silent_renewalOffset_isSettable", async () => {
    const { app, server, clock } = await signedIn({ system: { tokenRenewalOffsetSeconds: 60 } });
    await app.acquireTokenSilent(request);
    await clock.advance(3539_000);
    await app.acquireTokenSilent(request);
    assert.equal(server.named("token").length, 1);
});

test("silent_clockOfThePageIsHoursBehind_staleTokenIsNotServed", async () => {
    const { app, server, clock, tab } = await signedIn();
    const now = tab.page.Date.now;
    tab.page.Date.now = () => now() - 7200_000;
    await app.acquireTokenSilent(request);
    await clock.advance(3300_000);
    await app.acquireTokenSilent(request);
    assert.equal(server.named("token").length, 2);
});

test("silent_serverWantsToRenew_isAskedFromThenOn", async () => {
    const { app, server, clock } = await signedIn();
    server.on("token", ({ request }) => [200, server.resultFor(account("ann"), { ...request, refreshIn: 600 })]);
    await app.acquireTokenSilent(request);
    await clock.advance(601_000);
    await app.acquireTokenSilent(request);
    assert.equal(server.named("token").length, 2);
});

test("silent_fiftyEqualCallsAtOnce_areOneRequest", async () => {
    const { app, server, tab } = await signedIn();
    const results = await Promise.all(
        Array.from({ length: 50 }, (unused, i) => app.acquireTokenSilent({ ...request, correlationId: "c" + i, state: "s" + i })),
    );
    assert.equal(server.named("token").length, 1);
    assert.deepEqual(results.map((result) => result.correlationId), Array.from({ length: 50 }, (unused, i) => "c" + i));
    assert.deepEqual(results.map((result) => result.state), Array.from({ length: 50 }, (unused, i) => "s" + i));
    assert.equal(tab.types().filter((type) => type === "acquireTokenSuccess").length, 1);
});

test("silent_callsThatDifferOnlyInForceRefreshOrPolicy_areNotShared", async () => {
    const { app, server } = await signedIn();
    await Promise.all([app.acquireTokenSilent(request), app.acquireTokenSilent({ ...request, forceRefresh: true }), app.acquireTokenSilent({ ...request, cacheLookupPolicy: 3 })]);
    assert.equal(server.named("token").length, 3);
});

test("silent_sharedFailure_reachesEveryCallerAndIsNotKept", async () => {
    const { app, server } = await signedIn();
    server.on("token", () => [502, { error: { name: "NetworkError", errorCode: "network_error", errorMessage: "down" } }]);
    const errors = await Promise.all([rejection(app.acquireTokenSilent(request)), rejection(app.acquireTokenSilent(request))]);
    assert.equal(errors[0].errorCode, "network_error");
    assert.equal(errors[1].errorCode, "network_error");
    assert.equal(server.named("token").length, 1);
    delete server.handlers.token;
    assert.equal((await app.acquireTokenSilent(request)).accessToken, "token-1");
});

test("silent_nobodySignedIn_isInteractionRequiredWithoutACall", async () => {
    const world = new World();
    const tab = await world.application();
    tab.forget();
    const error = await rejection(tab.app.acquireTokenSilent(request));
    assert.ok(error instanceof tab.api.InteractionRequiredAuthError);
    assert.equal(error.errorCode, "no_account_error");
    assert.deepEqual(tab.types(), []);
    assert.equal(world.server.named("token").length, 0);
});

test("silent_severalAccountsAndNoneActive_mustBeChosen", async () => {
    const { app, server, tab } = await signedIn();
    server.signIn(account("bob"));
    tab.page.document.hidden = false;
    await app.clearCache({ account: account("nobody") });
    assert.equal((await rejection(app.acquireTokenSilent(request))).errorCode, "no_account_error");
    app.setActiveAccount(app.getAccount({ username: "bob@example.com" }));
    assert.equal((await app.acquireTokenSilent(request)).account.localAccountId, "bob");
});

test("silent_clearCache_dropsThePagesTokens", async () => {
    const { app, server } = await signedIn();
    await app.acquireTokenSilent(request);
    await app.clearCache({ account: account("nobody") });
    await app.acquireTokenSilent(request);
    assert.equal(server.named("token").length, 2);
});

test("silent_tokenOnItsWayWhilePersonSignsOut_isNotKept", async () => {
    const { app, server } = await signedIn();
    let answer;
    server.on("token", ({ request }) => new Promise((resolve) => (answer = () => resolve([200, server.resultFor(account("ann"), request)]))));
    const pending = app.acquireTokenSilent({ ...request, account: account("ann") });
    await settle();
    await app.clearCache();
    answer();
    await pending;
    delete server.handlers.token;
    server.signIn(account("ann"));
    const again = await app.acquireTokenSilent({ ...request, account: account("ann") });
    assert.equal(again.fromCache, false);
    assert.equal(server.named("token").length, 2);
});

test("silent_tokens_areInNoStorage", async () => {
    const { app, tab } = await signedIn();
    await app.acquireTokenSilent(request);
    assert.equal(tab.storage.items.size, 0);
});

test("silent_sessionReadFailedAtStart_isReadByTheFirstCall", async () => {
    const world = new World();
    world.server.signIn(account("ann"));
    world.server.isReachable = false;
    const starting = world.application();
    await world.clock.advance(200);
    const tab = await starting;
    assert.deepEqual(tab.app.getAllAccounts(), []);
    world.server.isReachable = true;
    assert.equal((await tab.app.acquireTokenSilent(request)).account.localAccountId, "ann");
});

test("hydrateCache_result_isServedWithoutACall", async () => {
    const { app, server, clock } = await signedIn();
    const wire = server.resultFor(account("ann"), request);
    await app.hydrateCache({ ...wire, expiresOn: new Date(clock.time + 3600_000) }, request);
    assert.equal((await app.acquireTokenSilent(request)).accessToken, wire.accessToken);
    assert.equal(server.named("token").length, 0);
});

const lost = { name: "InteractionRequiredAuthError", errorCode: "no_tokens_found", errorMessage: "sign in" };

test("silent_sessionLostButPersonKnownToAuthority_signsInThroughAFrame", async () => {
    const { world, app, server, tab } = await signedIn();
    server.on("token", () => [401, { error: lost }]);
    const pending = app.acquireTokenSilent(request);
    await settle();
    const [frame] = tab.frames;
    assert.equal(frame.hidden, true);
    assert.match(frame.src, /^https:\/\/authority\.example\/authorize/);
    const sent = server.named("start")[0].body;
    assert.equal(sent.type, "frame");
    assert.equal(sent.request.prompt, "none");
    assert.equal(sent.request.loginHint, "hint-ann");
    await world.tellAnswered(server.finish(account("ann")));
    const result = await pending;
    assert.equal(result.accessToken, "token-1");
    assert.equal(frame.removed, true);
    assert.equal((await app.acquireTokenSilent(request)).fromCache, true);
});

for (const policy of [1, 2, 3]) {
    test(`silent_policy${policy}_opensNoFrame`, async () => {
        const { app, server, tab } = await signedIn();
        server.on("token", () => [401, { error: lost }]);
        const error = await rejection(app.acquireTokenSilent({ ...request, cacheLookupPolicy: policy }));
        assert.equal(error.errorCode, "no_tokens_found");
        assert.equal(tab.frames.length, 0);
    });
}

for (const [errorCode, subError, frames] of [
    ["consent_required", "", 0],
    ["invalid_grant", "basic_action", 0],
    ["invalid_grant", "bad_token", 1],
    ["refresh_token_expired", "", 1],
]) {
    test(`silent_interactionRequired_${errorCode}_${subError}_opens${frames}Frames`, async () => {
        const { app, server, tab, clock } = await signedIn();
        server.on("token", () => [401, { error: { ...lost, errorCode, subError } }]);
        const seen = outcome(app.acquireTokenSilent(request));
        await settle();
        assert.equal(tab.frames.length, frames);
        await clock.advance(10_000);
        assert.equal(seen.error.errorCode, errorCode);
        assert.equal(seen.error.subError, subError);
    });
}

test("silent_policySkip_asksTheFrameAlone", async () => {
    const { world, app, server, tab } = await signedIn();
    const pending = app.acquireTokenSilent({ ...request, cacheLookupPolicy: 5 });
    await settle();
    assert.equal(server.named("token").length, 0);
    await world.tellAnswered(server.finish(account("ann")));
    assert.equal((await pending).accessToken, "token-1");
    assert.equal(tab.frames.length, 1);
});

test("silent_frameWithoutAnswer_leavesTheReasonWhyInteractionIsRequired", async () => {
    const { app, server, tab, clock } = await signedIn();
    server.on("token", () => [401, { error: lost }]);
    const seen = outcome(app.acquireTokenSilent(request));
    await clock.advance(9_900);
    assert.equal(seen.error, undefined);
    await clock.advance(100);
    assert.ok(seen.error instanceof tab.api.InteractionRequiredAuthError);
    assert.equal(seen.error.errorCode, "no_tokens_found");
    assert.equal(tab.frames[0].removed, true);
    assert.equal(server.named("cancel").length, 1);
});

test("silent_frameBringsSomebodyElse_isNotTakenForTheAccountAskedFor", async () => {
    const { world, app, server } = await signedIn();
    server.on("token", () => [401, { error: lost }]);
    const pending = rejection(app.acquireTokenSilent(request));
    await settle();
    await world.tellAnswered(server.finish(account("eve")));
    assert.equal((await pending).errorCode, "no_tokens_found");
});

test("silent_severalRequestsNeedAFrame_shareOne", async () => {
    const { world, app, server, tab } = await signedIn();
    server.on("token", () => [401, { error: lost }]);
    const first = app.acquireTokenSilent(request);
    const second = app.acquireTokenSilent({ scopes: ["Mail.Read"] });
    await settle();
    assert.equal(tab.frames.length, 1);
    delete server.handlers.token;
    await world.tellAnswered(server.finish(account("ann")));
    assert.deepEqual((await first).scopes, ["User.Read"]);
    assert.deepEqual((await second).scopes, ["Mail.Read"]);
    assert.equal(tab.frames.length, 1);
});

test("ssoSilent_answer_signsIn", async () => {
    const world = new World();
    const tab = await world.application();
    tab.forget();
    const pending = tab.app.ssoSilent({ loginHint: "ann", state: "s" });
    await settle();
    await world.tellAnswered(world.server.finish(account("ann")));
    const result = await pending;
    assert.equal(result.state, "s");
    assert.equal(world.clock.timers.size, 0);
    assert.equal(tab.app.getAllAccounts().length, 1);
    assert.deepEqual(tab.types(), ["acquireTokenStart", "acquireTokenSuccess", "loginSuccess"]);
    assert.equal(tab.events[2].payload.localAccountId, "ann");
    assert.equal(tab.events[2].payload.accessToken, undefined);
});

test("ssoSilent_noAnswer_timesOutAndRemovesTheFrame", async () => {
    const world = new World();
    const tab = await world.application({ configuration: { system: { iframeBridgeTimeout: 2000 } } });
    const seen = outcome(tab.app.ssoSilent({}));
    await world.clock.advance(2000);
    assert.ok(seen.error instanceof tab.api.BrowserAuthError);
    assert.equal(seen.error.errorCode, "timed_out");
    assert.equal(seen.error.subError, "monitor_window_timeout");
    assert.equal(tab.frames[0].removed, true);
});

test("ssoSilent_frameForbiddenByThePagesPolicy_failsAtOnce", async () => {
    const world = new World();
    const tab = await world.application();
    const seen = outcome(tab.app.ssoSilent({}));
    await settle();
    tab.documentListeners.dispatch("securitypolicyviolation", { effectiveDirective: "img-src" });
    await settle();
    assert.equal(seen.error, undefined);
    tab.documentListeners.dispatch("securitypolicyviolation", { effectiveDirective: "frame-src" });
    await settle();
    assert.equal(seen.error.errorCode, "timed_out");
    assert.equal(tab.documentListeners.all.length, 0);
});

test("ssoSilent_personNotKnown_isInteractionRequired", async () => {
    const world = new World();
    const tab = await world.application();
    const pending = rejection(tab.app.ssoSilent({}));
    await settle();
    await world.tellAnswered(world.server.fail({ name: "InteractionRequiredAuthError", errorCode: "login_required", errorMessage: "no session" }));
    assert.equal((await pending).errorCode, "login_required");
});
