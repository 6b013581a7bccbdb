import assert from "node:assert/strict";
import { test } from "node:test";
import { Storage } from "./support/browser.mjs";
import { account, outcome, settle, World } from "./support/world.mjs";

const request = { scopes: ["User.Read"] };
const KEY = "latchkey.redirect";

async function left(given = request, options = {}) {
    const world = new World();
    const tab = await world.application(options);
    tab.forget();
    const seen = outcome(tab.app.acquireTokenRedirect(given));
    await settle();
    return { world, tab, seen, server: world.server, clock: world.clock };
}

/** The same tab after its next page load. */
const reload = (world, tab, options = {}) => world.application({ ...options, storage: tab.storage });

test("redirect_call_leavesForTheAuthorityAndReturnsHere", async () => {
    const { tab, seen, server } = await left();
    assert.match(tab.left[0], /^https:\/\/authority\.example\/authorize/);
    assert.equal(server.named("start")[0].body.returnTo, "/page?q=1#part");
    assert.equal(server.named("start")[0].body.type, "redirect");
    assert.equal(seen.value, undefined);
    assert.equal(seen.error, undefined);
});

test("redirect_marker_holdsNoSecret", async () => {
    const { tab } = await left({ ...request, state: "private", correlationId: "c" });
    assert.deepEqual(Object.keys(JSON.parse(tab.storage.getItem(KEY))).sort(), ["at", "correlationId", "count", "id"]);
    assert.equal(tab.storage.items.size, 1);
});

test("redirect_startPage_mayBeAnotherOfThisOriginOnly", async () => {
    const { server } = await left({ ...request, redirectStartPage: "/deep/link?a=b#c" });
    assert.equal(server.named("start")[0].body.returnTo, "/deep/link?a=b#c");
    for (const redirectStartPage of ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]) {
        const { seen, tab, server } = await left({ ...request, redirectStartPage });
        assert.ok(seen.error instanceof tab.api.ClientConfigurationError);
        assert.equal(seen.error.errorCode, "invalid_return_to");
        assert.equal(server.named("start").length, 0);
    }
});

test("redirect_personBack_resolvesWithResultStateAndEvents", async () => {
    const { world, tab, server } = await left({ ...request, state: "where I was", correlationId: "corr" });
    server.finish(account("ann"));
    const page = await reload(world, tab);
    page.forget();
    const result = await page.app.handleRedirectPromise();
    assert.equal(result.accessToken, "token-1");
    assert.equal(result.state, "where I was");
    assert.equal(result.correlationId, "corr");
    assert.deepEqual(page.types(), ["handleRedirectStart", "acquireTokenSuccess", "loginSuccess", "handleRedirectEnd"]);
    assert.equal(page.app.getAllAccounts().length, 1);
    assert.equal(tab.storage.items.size, 0);
});

test("redirect_knownAccountBack_isNoLogin", async () => {
    const world = new World();
    world.server.signIn(account("ann"));
    const tab = await world.application();
    outcome(tab.app.acquireTokenRedirect(request));
    await settle();
    world.server.finish(account("ann"));
    const page = await reload(world, tab);
    page.forget();
    await page.app.handleRedirectPromise();
    assert.deepEqual(page.types(), ["handleRedirectStart", "acquireTokenSuccess", "handleRedirectEnd"]);
});

test("handleRedirect_calledOftenAndLater_isOneAnswer", async () => {
    const { world, tab, server } = await left();
    server.finish(account("ann"));
    const page = await reload(world, tab);
    const [a, b] = await Promise.all([page.app.handleRedirectPromise(), page.app.handleRedirectPromise()]);
    assert.equal(a, b);
    assert.equal(await page.app.handleRedirectPromise(), a);
    assert.equal(server.named("result").length, 1);
});

test("handleRedirect_nobodyLeft_isNullWithoutACall", async () => {
    const world = new World();
    const tab = await world.application();
    tab.forget();
    assert.equal(await tab.app.handleRedirectPromise(), null);
    assert.equal(world.server.named("result").length, 0);
    assert.deepEqual(tab.types(), ["handleRedirectStart", "handleRedirectEnd"]);
});

test("handleRedirect_refused_failsWithTheErrorOnce", async () => {
    const { world, tab, server } = await left();
    server.fail({ name: "ServerError", errorCode: "access_denied", errorMessage: "no" });
    const page = await reload(world, tab);
    page.forget();
    await assert.rejects(page.app.handleRedirectPromise(), (error) => error instanceof page.api.ServerError && error.errorCode === "access_denied");
    assert.deepEqual(page.types(), ["handleRedirectStart", "acquireTokenFailure", "handleRedirectEnd"]);
    const next = await reload(world, tab);
    assert.equal(await next.app.handleRedirectPromise(), null);
});

test("handleRedirect_personCameBackWithoutAnswer_isNullAndGivesUp", async () => {
    const { world, tab, server } = await left();
    const page = await reload(world, tab);
    assert.equal(await page.app.handleRedirectPromise(), null);
    assert.equal(server.named("cancel").length, 1);
    assert.equal(tab.storage.items.size, 0);
    const seen = outcome(page.app.acquireTokenPopup(request));
    await settle();
    assert.equal(seen.error, undefined);
});

test("handleRedirect_reloadAfterTheAnswerWasFetched_isNull", async () => {
    const { world, tab, server } = await left();
    server.finish(account("ann"));
    const marker = tab.storage.getItem(KEY);
    await (await reload(world, tab)).app.handleRedirectPromise();
    tab.storage.setItem(KEY, marker);
    const page = await reload(world, tab);
    assert.equal(await page.app.handleRedirectPromise(), null);
    assert.equal(page.app.getAllAccounts().length, 1);
});

test("handleRedirect_serverOutOfReach_failsAndAnswersAfterTheNextLoad", async () => {
    const { world, tab, server } = await left();
    server.finish(account("ann"));
    const page = await reload(world, tab);
    server.isReachable = false;
    await assert.rejects(page.app.handleRedirectPromise(), { errorCode: "post_request_failed" });
    server.isReachable = true;
    const next = await reload(world, tab);
    assert.equal((await next.app.handleRedirectPromise()).accessToken, "token-1");
});

test("redirect_pageLoadedButAnswerNotHandled_holdsTheGuardUntilItIs", async () => {
    const { world, tab, server } = await left();
    server.finish(account("ann"));
    const page = await reload(world, tab);
    const refused = outcome(page.app.loginRedirect(request));
    await settle();
    assert.equal(refused.error.errorCode, "interaction_in_progress");
    await page.app.handleRedirectPromise();
    const allowed = outcome(page.app.loginRedirect(request));
    await settle();
    assert.equal(allowed.error, undefined);
    assert.equal(page.left.length, 1);
});

test("redirect_answerNeverHandled_freesTheTabAfterTheDeadline", async () => {
    const { world, tab, clock } = await left();
    clock.timers.clear();
    const page = await reload(world, tab);
    await clock.advance(599_000);
    const early = outcome(page.app.acquireTokenPopup(request));
    await settle();
    assert.equal(early.error.errorCode, "interaction_in_progress");
    await clock.advance(1_000);
    const seen = outcome(page.app.acquireTokenPopup(request));
    await settle();
    assert.equal(seen.error, undefined);
});

test("redirect_underWay_doesNotKeepOtherTabsFromInteracting", async () => {
    const { world } = await left();
    const other = await world.application({ storage: new Storage() });
    const seen = outcome(other.app.acquireTokenPopup(request));
    await settle();
    assert.equal(seen.error, undefined);
});

test("redirect_markerUnreadable_isNoRedirect", async () => {
    const world = new World();
    for (const text of ["{", "null", "7", '{"id":7}']) {
        const storage = new Storage();
        storage.setItem(KEY, text);
        const tab = await world.application({ storage });
        assert.equal(await tab.app.handleRedirectPromise(), null);
    }
});

test("redirect_noNavigationHappens_failsAfterTheTimeout", async () => {
    const { tab, seen, clock, server } = await left();
    await clock.advance(30_000);
    assert.equal(seen.error.errorCode, "timed_out");
    assert.equal(seen.error.subError, "failed_to_redirect");
    assert.equal(tab.storage.items.size, 0);
    assert.equal(server.named("cancel").length, 1);
    assert.deepEqual(tab.types(), ["acquireTokenStart", "acquireTokenFailure"]);
});

test("redirect_backButton_restoresThePageAndFreesIt", async () => {
    const { tab, seen, server } = await left();
    tab.listeners.dispatch("pageshow", { persisted: false });
    await settle();
    assert.equal(seen.error, undefined);
    tab.listeners.dispatch("pageshow", { persisted: true });
    await settle();
    assert.equal(seen.error.errorCode, "user_cancelled");
    assert.deepEqual(tab.types(), ["acquireTokenStart", "restoreFromBFCache", "acquireTokenFailure"]);
    assert.equal(server.named("cancel").length, 1);
    const again = outcome(tab.app.acquireTokenRedirect(request));
    await settle();
    assert.equal(again.error, undefined);
    assert.equal(tab.left.length, 2);
});

test("redirect_applicationVetoes_resolvesAndStillTakesTheAnswer", async () => {
    const urls = [];
    const onRedirectNavigate = (url) => {
        urls.push(url);
        return false;
    };
    const { world, tab, seen, server } = await left(request, { configuration: { auth: { onRedirectNavigate } } });
    assert.equal(seen.value, null);
    assert.equal(tab.left.length, 0);
    assert.match(urls[0], /authorize/);
    const popup = outcome(tab.app.acquireTokenPopup(request));
    await settle();
    assert.equal(popup.error, undefined);
    world.server.interactions.delete([...world.server.interactions.keys()].at(-1));
    server.finish(account("ann"));
    const page = await reload(world, tab);
    assert.equal((await page.app.handleRedirectPromise()).accessToken, "token-1");
});

test("redirect_ownNavigationClient_isAskedToNavigate", async () => {
    const world = new World();
    const tab = await world.application();
    const asked = [];
    tab.app.setNavigationClient({ navigateExternal: async (url, options) => (asked.push([url, options]), false), navigateInternal: async () => true });
    await tab.app.acquireTokenRedirect(request);
    assert.equal(asked[0][1].timeout, 30_000);
    assert.equal(asked[0][1].noHistory, false);
    assert.equal(tab.left.length, 0);
});

test("redirect_insideAFrame_isRefusedUnlessAllowed", async () => {
    const world = new World();
    const tab = await world.application();
    tab.page.parent = {};
    for (const call of ["acquireTokenRedirect", "loginRedirect", "logoutRedirect"]) {
        await assert.rejects(tab.app[call](request), { errorCode: "redirect_in_iframe" });
    }
    const allowed = await world.application({ configuration: { system: { allowRedirectInIframe: true } } });
    allowed.page.parent = {};
    outcome(allowed.app.acquireTokenRedirect(request));
    await settle();
    assert.equal(allowed.left.length, 1);
});

test("redirect_startRefused_failsAndFreesTheTab", async () => {
    const world = new World();
    const tab = await world.application();
    world.server.on("start", () => [400, { error: { name: "ClientConfigurationError", errorCode: "invalid_claims", errorMessage: "x" } }]);
    const seen = outcome(tab.app.acquireTokenRedirect(request));
    await settle();
    assert.equal(seen.error.errorCode, "invalid_claims");
    assert.equal(world.locks.held.size, 0);
    assert.equal(tab.storage.items.size, 0);
});

test("redirect_withoutSessionStorage_stillSignsIn", async () => {
    const world = new World();
    const tab = await world.application({ without: ["sessionStorage"] });
    outcome(tab.app.acquireTokenRedirect(request));
    await settle();
    assert.equal(tab.left.length, 1);
    world.server.finish(account("ann"));
    const page = await world.application({ without: ["sessionStorage"] });
    assert.equal(await page.app.handleRedirectPromise(), null);
    assert.equal(page.app.getAllAccounts().length, 1);
});

test("logoutRedirect_call_forgetsHereThenLeaves", async () => {
    const world = new World();
    world.server.signIn(account("ann"));
    const tab = await world.application({ configuration: { auth: { postLogoutRedirectUri: "/bye" } } });
    tab.forget();
    const seen = outcome(tab.app.logoutRedirect({ account: tab.app.getAllAccounts()[0] }));
    await settle();
    const [{ body }] = world.server.named("logout");
    assert.equal(body.type, "redirect");
    assert.equal(body.account.homeAccountId, "ann.home");
    assert.equal(body.postLogoutRedirectUri, "https://app.example/bye");
    assert.match(tab.left[0], /^https:\/\/authority\.example\/logout/);
    assert.deepEqual(tab.app.getAllAccounts(), []);
    assert.deepEqual(tab.types(), ["logoutStart", "logoutSuccess"]);
    assert.equal(seen.value, undefined);
});

test("logoutRedirect_authorityHasNoSuchPage_showsThePageAfterwards", async () => {
    const world = new World();
    const tab = await world.application();
    world.server.on("logout", () => [200, { url: null }]);
    await tab.app.logoutRedirect();
    assert.deepEqual(tab.left, ["https://app.example/"]);
});

test("logoutRedirect_applicationVetoes_isSignedOutHereAndStays", async () => {
    const world = new World();
    const tab = await world.application({ configuration: { auth: { onRedirectNavigate: () => false } } });
    tab.forget();
    await tab.app.logoutRedirect();
    assert.deepEqual(tab.types(), ["logoutStart", "logoutSuccess", "logoutEnd"]);
    assert.deepEqual(tab.left, []);
    assert.equal(world.locks.held.size, 0);
});
