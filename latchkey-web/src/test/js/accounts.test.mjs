import assert from "node:assert/strict";
import { test } from "node:test";
import { account, settle, World } from "./support/world.mjs";

const guest = account("ann", {
    tenantId: "other",
    localAccountId: "ann-guest",
    idTokenClaims: { preferred_username: "ann@example.com", upn: "ann@upn.example", emails: ["ann@mail.example"], login_hint: "claim-hint" },
    tenantProfiles: [{ tenantId: "other", localAccountId: "ann-guest", isHomeTenant: false }],
});

async function withAccounts(...accounts) {
    const world = new World();
    world.server.accounts.push(...accounts);
    const tab = await world.application();
    tab.forget();
    return { world, tab, app: tab.app, server: world.server };
}

test("accounts_afterInitialize_areThoseOfTheSession", async () => {
    const { app } = await withAccounts(account("ann"), account("bob"));
    assert.deepEqual(app.getAllAccounts().map(({ localAccountId }) => localAccountId), ["ann", "bob"]);
    assert.ok(app.getAllAccounts()[0].tenantProfiles instanceof Map);
    assert.equal(app.getAllAccounts()[0].tenantProfiles.get("home").isHomeTenant, true);
});

for (const [filter, expected] of [
    [{ homeAccountId: "ann.home" }, ["ann", "ann-guest"]],
    [{ homeAccountId: "ANN.home" }, []],
    [{ localAccountId: "ann-guest" }, ["ann-guest"]],
    [{ username: "BOB@example.com" }, ["bob"]],
    [{ username: "ann@upn.example" }, ["ann-guest"]],
    [{ upn: "ANN@upn.example" }, ["ann-guest"]],
    [{ environment: "AUTHORITY.example" }, ["ann", "ann-guest", "bob"]],
    [{ environment: "elsewhere.example" }, []],
    [{ tenantId: "other" }, ["ann-guest"]],
    [{ realm: "HOME" }, ["ann", "ann-guest", "bob"]],
    [{ name: "BOB" }, ["bob"]],
    [{ name: "bob" }, []],
    [{ authorityType: "generic" }, ["ann", "ann-guest", "bob"]],
    [{ loginHint: "hint-bob" }, ["bob"]],
    [{ loginHint: "claim-hint" }, ["ann-guest"]],
    [{ loginHint: "ann@mail.example" }, ["ann-guest"]],
    [{ loginHint: "bob@example.com" }, ["bob"]],
    [{ loginHint: "nobody" }, []],
    [{ sid: "sid-bob" }, ["bob"]],
    [{ nativeAccountId: "x" }, []],
    [{ isHomeTenant: true }, ["ann", "bob"]],
    [{ isHomeTenant: false }, ["ann-guest"]],
    [{ username: "ann@example.com", tenantId: "home" }, ["ann"]],
    [{ username: "bob@example.com", tenantId: "other" }, []],
    [undefined, ["ann", "ann-guest", "bob"]],
    [{}, ["ann", "ann-guest", "bob"]],
    [{ username: "", loginHint: null }, ["ann", "ann-guest", "bob"]],
    [{ somethingElse: 1 }, ["ann", "ann-guest", "bob"]],
]) {
    test(`accounts_filter_${JSON.stringify(filter)}_finds_${expected}`, async () => {
        const { app } = await withAccounts(account("ann"), guest, account("bob"));
        assert.deepEqual(app.getAllAccounts(filter).map(({ localAccountId }) => localAccountId), expected);
    });
}

for (const filter of [{}, null, undefined, { username: "" }, { username: undefined, loginHint: null }]) {
    test(`getAccount_filterThatSaysNothing_${JSON.stringify(filter)}_findsNobody`, async () => {
        const { app } = await withAccounts(account("ann"));
        assert.equal(app.getAccount(filter), null);
    });
}

test("activeAccount_set_isKnownAtOnceAndStoredOnTheServer", async () => {
    const { app, server, tab } = await withAccounts(account("ann"), account("bob"));
    const bob = app.getAccount({ username: "bob@example.com" });
    app.setActiveAccount(bob);
    assert.equal(app.getActiveAccount(), bob);
    assert.deepEqual(tab.types(), ["activeAccountChanged"]);
    await settle();
    assert.equal(server.activeAccount.homeAccountId, "bob.home");
    app.setActiveAccount(app.getActiveAccount());
    assert.deepEqual(tab.types(), ["activeAccountChanged"]);
    app.setActiveAccount(null);
    assert.equal(app.getActiveAccount(), null);
    await settle();
    assert.equal(server.activeAccount, null);
});

test("activeAccount_setTwiceQuickly_lastChoiceWinsHereAndOnTheServer", async () => {
    const { app, server } = await withAccounts(account("ann"), account("bob"));
    const [ann, bob] = app.getAllAccounts();
    const answers = [];
    server.on("active", (body) => new Promise((resolve) => answers.push(() => resolve(server.active(body)))));
    app.setActiveAccount(ann);
    app.setActiveAccount(bob);
    await settle();
    assert.equal(answers.length, 1);
    answers[0]();
    await settle();
    assert.equal(app.getActiveAccount().localAccountId, "bob");
    answers[1]();
    await settle();
    assert.equal(app.getActiveAccount().localAccountId, "bob");
    assert.equal(server.activeAccount.homeAccountId, "bob.home");
});

test("activeAccount_notStored_isStillActiveInThisPage", async () => {
    const { app, server } = await withAccounts(account("ann"), account("bob"));
    server.on("active", () => [500, { error: { name: "CacheError", errorCode: "x", errorMessage: "y" } }]);
    app.setActiveAccount(app.getAllAccounts()[1]);
    await settle();
    assert.equal(app.getActiveAccount().localAccountId, "bob");
});

test("activeAccount_afterReload_isTheSessions", async () => {
    const { app, world } = await withAccounts(account("ann"), account("bob"));
    app.setActiveAccount(app.getAllAccounts()[1]);
    await settle();
    const next = await world.application();
    assert.equal(next.app.getActiveAccount().localAccountId, "bob");
});

test("activeAccount_signedOut_isNull", async () => {
    const { app } = await withAccounts(account("ann"), account("bob"));
    app.setActiveAccount(app.getAllAccounts()[1]);
    await app.clearCache({ account: app.getActiveAccount() });
    assert.equal(app.getActiveAccount(), null);
    assert.equal(app.getAllAccounts().length, 1);
});

test("otherTab_signInActiveAndSignOut_areHeardWithEvents", async () => {
    const { world, app, server } = await withAccounts(account("ann"));
    const other = await world.application();
    other.forget();
    app.setActiveAccount(app.getAllAccounts()[0]);
    await settle();
    assert.deepEqual(other.types(), ["activeAccountChanged"]);
    assert.equal(other.app.getActiveAccount().localAccountId, "ann");
    other.forget();
    const popup = app.acquireTokenPopup({ scopes: ["a"] });
    await settle();
    await world.tellAnswered(server.finish(account("bob")));
    await popup;
    await settle();
    assert.deepEqual(other.types(), ["loginSuccess"]);
    assert.equal(other.events[0].payload.localAccountId, "bob");
    assert.equal(other.app.getAllAccounts().length, 2);
    other.forget();
    await app.clearCache();
    await settle();
    assert.deepEqual(other.types(), ["logoutSuccess", "logoutSuccess", "activeAccountChanged"]);
    assert.deepEqual(other.app.getAllAccounts(), []);
});

test("otherTab_signOut_dropsTokensHere", async () => {
    const { world, app, server } = await withAccounts(account("ann"));
    const other = await world.application();
    const request = { scopes: ["a"], account: account("ann") };
    await other.app.acquireTokenSilent(request);
    await app.clearCache();
    await settle();
    server.on("token", () => [401, { error: { name: "InteractionRequiredAuthError", errorCode: "login_required", errorMessage: "x" } }]);
    await assert.rejects(other.app.acquireTokenSilent(request), { errorCode: "login_required" });
});

test("page_restoredFromMemory_readsTheSessionAgain", async () => {
    const { app, server, tab } = await withAccounts(account("ann"));
    server.accounts = [];
    tab.listeners.dispatch("pageshow", { persisted: true });
    await settle();
    assert.deepEqual(app.getAllAccounts(), []);
    assert.deepEqual(tab.types(), ["logoutSuccess"]);
});

test("session_lost_isNoticedByTheFailedCall", async () => {
    const { app, server, tab } = await withAccounts(account("ann"));
    server.accounts = [];
    await assert.rejects(app.acquireTokenSilent({ scopes: ["a"], cacheLookupPolicy: 2 }), { errorCode: "no_tokens_found" });
    await settle();
    assert.deepEqual(app.getAllAccounts(), []);
    assert.deepEqual(tab.types().at(-1), "logoutSuccess");
});

test("accounts_namedLikeMarkup_stayText", async () => {
    const { app } = await withAccounts(account("ann", { name: "<img src=x onerror=alert(1)>" }));
    assert.equal(app.getAllAccounts()[0].name, "<img src=x onerror=alert(1)>");
});
