import assert from "node:assert/strict";
import { test } from "node:test";
import { account, settle, World } from "./support/world.mjs";

async function failing(handler, prepare = () => {}) {
    const world = new World();
    world.server.signIn(account("ann"));
    const tab = await world.application();
    world.server.on("token", handler);
    prepare(tab, world);
    const promise = tab.app.acquireTokenSilent({ scopes: ["a"], cacheLookupPolicy: 2, correlationId: "mine" }).catch((error) => error);
    await world.clock.advance(200);
    return { error: await promise, api: tab.api, server: world.server };
}

for (const name of ["InteractionRequiredAuthError", "ServerError", "ClientAuthError", "ClientConfigurationError", "BrowserAuthError", "NetworkError", "CacheError", "AuthError"]) {
    test(`error_${name}_isOfItsClassWithAllItCarries`, async () => {
        const wire = { name, errorCode: "some_code", subError: "sub", errorMessage: "what to do", correlationId: "theirs", claims: '{"a":1}', retryAfter: 7, timestamp: "2026" };
        const { error, api } = await failing(() => [400, { error: wire }]);
        assert.equal(error.constructor, api[name]);
        assert.ok(error instanceof api.AuthError && error instanceof Error);
        assert.equal(error.name, name);
        assert.equal(error.errorCode, "some_code");
        assert.equal(error.subError, "sub");
        assert.equal(error.errorMessage, "what to do");
        assert.equal(error.message, "some_code: what to do");
        assert.equal(error.correlationId, "theirs");
        assert.equal(error.retryAfter, 7);
        assert.equal(error.status, 400);
        if (name === "InteractionRequiredAuthError") {
            assert.equal(error.claims, '{"a":1}');
            assert.equal(error.timestamp, "2026");
        }
    });
}

for (const name of ["SomethingNew", "constructor", "__proto__"]) {
    test(`error_unknownName_${name}_isAnAuthErrorWithTheCallersCorrelationId`, async () => {
        const { error, api } = await failing(() => [500, { error: { name, errorCode: "x", errorMessage: "y" } }]);
        assert.equal(error.constructor, api.AuthError);
        assert.equal(error.correlationId, "mine");
    });
}

test("error_serverOutOfReach_isRetriedOnceThenPostRequestFailed", async () => {
    const { error, api, server } = await failing(undefined, (tab, world) => (world.server.isReachable = false));
    assert.ok(error instanceof api.BrowserAuthError);
    assert.equal(error.errorCode, "post_request_failed");
    assert.equal(error.correlationId, "mine");
    assert.equal(server.named("token").length, 2);
});

test("error_oneLostRequest_isNotNoticed", async () => {
    const world = new World();
    world.server.signIn(account("ann"));
    const tab = await world.application();
    world.server.isReachable = false;
    const promise = tab.app.acquireTokenSilent({ scopes: ["a"] });
    await settle();
    world.server.isReachable = true;
    await world.clock.advance(100);
    assert.equal((await promise).accessToken, "token-1");
});

test("error_browserOffline_isNoNetworkConnectivityWithoutRetry", async () => {
    const { error, server } = await failing(undefined, (tab, world) => {
        world.server.isReachable = false;
        tab.page.navigator.onLine = false;
    });
    assert.equal(error.errorCode, "no_network_connectivity");
    assert.equal(server.named("token").length, 1);
});

for (const [status, answer] of [[502, "<html>Bad gateway</html>"], [200, "<html>login</html>"], [500, "{}"], [200, "null"], [404, "null"]]) {
    test(`error_answer_${status}_${answer}_isFailedToParseResponse`, async () => {
        const { error, api } = await failing(() => [status, answer]);
        assert.ok(error instanceof api.BrowserAuthError);
        assert.equal(error.errorCode, "failed_to_parse_response");
        assert.equal(error.subError, "http_" + status);
    });
}

test("error_constructors_takeTheReferencesArguments", () => {
    const { api } = new World().tab();
    const required = new api.InteractionRequiredAuthError("login_required", "corr", "text", "sub", "then", "trace", "claims", "7");
    assert.deepEqual([required.errorCode, required.correlationId, required.errorMessage, required.subError, required.timestamp, required.traceId, required.claims, required.errorNo], ["login_required", "corr", "text", "sub", "then", "trace", "claims", "7"]);
    const browser = new api.BrowserAuthError("user_cancelled", "corr", "sub");
    assert.deepEqual([browser.subError, browser.correlationId], ["sub", "corr"]);
    assert.match(browser.message, /^user_cancelled: ./);
    const server = new api.ServerError("x", "corr", "text", "sub", "9", 503);
    assert.deepEqual([server.errorNo, server.status], ["9", 503]);
    assert.equal(new api.BrowserConfigurationAuthError("x", "corr", "text").errorMessage, "text");
});

test("error_codeConstants_nameTheirCodes", () => {
    const { api } = new World().tab();
    assert.equal(api.BrowserAuthErrorCodes.interactionInProgress, "interaction_in_progress");
    assert.equal(api.BrowserAuthErrorCodes.userCancelled, "user_cancelled");
    assert.equal(api.InteractionRequiredAuthErrorCodes.noTokensFound, "no_tokens_found");
});

test("acquireTokenByCode_call_isUnsupported", async () => {
    const tab = await new World().application();
    await assert.rejects(tab.app.acquireTokenByCode({ code: "c" }), { errorCode: "unsupported_method" });
});

test("stub_calls_failAndReadsAreEmpty", async () => {
    const { stubbedPublicClientApplication: stub, BrowserConfigurationAuthError } = new World().tab().api;
    for (const name of ["initialize", "acquireTokenSilent", "loginPopup", "handleRedirectPromise", "clearCache"]) {
        await assert.rejects(stub[name](), (error) => error instanceof BrowserConfigurationAuthError && error.errorCode === "stubbed_public_client_application_called");
    }
    assert.deepEqual(stub.getAllAccounts(), []);
    assert.equal(stub.getActiveAccount(), null);
    assert.equal(stub.getAccount({ username: "a" }), null);
    assert.throws(() => stub.setActiveAccount(null), BrowserConfigurationAuthError);
});
