import assert from "node:assert/strict";
import { test } from "node:test";
import { account, outcome, settle, World } from "./support/world.mjs";

const request = { scopes: ["User.Read"] };

async function opened(given = request, options = {}) {
    const world = new World();
    const tab = await world.application(options);
    tab.forget();
    const promise = tab.app.acquireTokenPopup(given);
    const seen = outcome(promise);
    await settle();
    return { world, tab, promise, seen, popup: tab.popups[0], server: world.server, clock: world.clock };
}

test("popup_call_opensTheWindowBeforeAnythingIsAwaited", async () => {
    const world = new World();
    const tab = await world.application();
    outcome(tab.app.acquireTokenPopup(request));
    assert.equal(tab.popups.length, 1);
    assert.equal(tab.popups[0].url, "about:blank");
    assert.equal(tab.popups[0].features, "width=483,height=600,top=120,left=269,scrollbars=yes");
});

test("popup_sizeAndPosition_areTakenWhereTheyFit", async () => {
    const attributes = { popupSize: { width: 400, height: 5000 }, popupPosition: { top: 5, left: -3 } };
    const { popup } = await opened({ ...request, popupWindowAttributes: attributes });
    assert.equal(popup.features, "width=400,height=600,top=5,left=310,scrollbars=yes");
});

test("popup_answer_givesTheResultAndClosesTheWindow", async () => {
    const { world, promise, popup, server, tab } = await opened({ ...request, state: "mine", correlationId: "corr" });
    assert.match(popup.address, /^https:\/\/authority\.example\/authorize/);
    popup.arrive();
    await world.clock.advance(300);
    await world.tellAnswered(server.finish(account("ann")));
    const result = await promise;
    assert.equal(result.accessToken, "token-1");
    assert.equal(result.state, "mine");
    assert.equal(result.correlationId, "corr");
    assert.equal(popup.closed, true);
    assert.equal(tab.app.getAllAccounts()[0].localAccountId, "ann");
    assert.equal(world.locks.held.size, 0);
    assert.equal(world.clock.timers.size, 0);
    assert.equal([...world.channels.open].filter((channel) => channel.name !== "latchkey.accounts").length, 0);
    assert.equal((await tab.app.acquireTokenSilent(request)).fromCache, true);
});

test("popup_events_areStartOpenedSuccessAndLogin", async () => {
    const { world, promise, server, tab, popup } = await opened();
    await world.tellAnswered(server.finish(account("ann")));
    await promise;
    assert.deepEqual(tab.types(), ["acquireTokenStart", "popupOpened", "acquireTokenSuccess", "loginSuccess"]);
    assert.equal(tab.events[0].interactionType, "popup");
    assert.equal(tab.events[1].payload.popupWindow, popup);
    assert.equal(new Set(tab.events.map((message) => message.correlationId)).size, 1);
});

test("popup_knownAccount_isNoLogin", async () => {
    const { world, promise, server, tab } = await opened();
    await world.tellAnswered(server.finish(account("ann")));
    await promise;
    tab.forget();
    const again = tab.app.acquireTokenPopup(request);
    await settle();
    await world.tellAnswered(server.finish(account("ann")));
    await again;
    assert.deepEqual(tab.types(), ["acquireTokenStart", "popupOpened", "acquireTokenSuccess"]);
});

test("popup_blocked_isPopupWindowErrorAndLeavesNothingHeld", async () => {
    const world = new World();
    const tab = await world.application();
    tab.popupsBlocked = true;
    const seen = outcome(tab.app.acquireTokenPopup(request));
    await settle();
    assert.ok(seen.error instanceof tab.api.BrowserAuthError);
    assert.equal(seen.error.errorCode, "popup_window_error");
    assert.equal(seen.error.subError, "empty_window_error");
    assert.equal(world.server.named("start").length, 0);
    tab.popupsBlocked = false;
    outcome(tab.app.acquireTokenPopup(request));
    assert.equal(tab.popups.length, 1);
});

test("popup_closedByThePerson_isUserCancelledAtOnce", async () => {
    const { seen, popup, tab, server, clock, world } = await opened();
    popup.arrive();
    await clock.advance(400);
    popup.close();
    await clock.advance(100);
    assert.ok(seen.error instanceof tab.api.BrowserAuthError);
    assert.equal(seen.error.errorCode, "user_cancelled");
    assert.equal(server.named("result").length, 1);
    assert.equal(server.named("cancel").length, 1);
    assert.equal(world.locks.held.size, 0);
    assert.equal(tab.types().at(-1), "acquireTokenFailure");
});

test("popup_closedByThePersonWithTheFocusComingBackLater_isUserCancelledThen", async () => {
    const { seen, popup, tab, clock } = await opened();
    popup.arrive();
    tab.hasFocus = false;
    await clock.advance(400);
    popup.close();
    await clock.advance(500);
    assert.equal(seen.error, undefined);
    tab.hasFocus = true;
    tab.listeners.dispatch("focus");
    await settle();
    assert.equal(seen.error.errorCode, "user_cancelled");
});

test("popup_closedBeforeTheAuthorityIsShown_isUserCancelled", async () => {
    const world = new World();
    const tab = await world.application();
    let go;
    world.server.on("start", (body) => new Promise((resolve) => (go = () => resolve(world.server.start(body)))));
    const seen = outcome(tab.app.acquireTokenPopup(request));
    await settle();
    tab.popups[0].close();
    go();
    await settle();
    assert.equal(seen.error.errorCode, "user_cancelled");
});

test("popup_closedAfterItsAnswerCame_givesTheResult", async () => {
    const { promise, popup, server, clock } = await opened();
    popup.arrive();
    await clock.advance(400);
    await clock.advance(100);
    server.finish(account("ann"));
    popup.close();
    await clock.advance(100);
    assert.equal((await promise).accessToken, "token-1");
    assert.equal(server.named("cancel").length, 0);
});

test("popup_closedUnseenAfterItsAnswerCame_givesTheResult", async () => {
    const { promise, popup, server, clock } = await opened();
    server.finish(account("ann"));
    popup.close();
    await clock.advance(100);
    assert.equal((await promise).accessToken, "token-1");
});

test("popup_cutOffByTheAuthoritysOpenerPolicy_waitsForTheAnswer", async () => {
    const { promise, seen, popup, server, clock, world } = await opened();
    popup.sever();
    await clock.advance(30_000);
    assert.equal(seen.error, undefined);
    await world.tellAnswered(server.finish(account("ann")));
    assert.equal((await promise).accessToken, "token-1");
});

test("popup_seenAtTheAuthorityJustBeforeItIsCutOff_waitsForTheAnswer", async () => {
    const { promise, seen, popup, server, clock, world } = await opened();
    popup.arrive();
    await clock.advance(100);
    popup.sever();
    await clock.advance(5_000);
    assert.equal(seen.error, undefined);
    await world.tellAnswered(server.finish(account("ann")));
    assert.equal((await promise).accessToken, "token-1");
});

test("popup_cutOffInTheMiddleWhileThePersonIsInIt_waitsForTheAnswer", async () => {
    const { promise, seen, popup, server, clock, world, tab } = await opened();
    tab.hasFocus = false;
    popup.arrive();
    await clock.advance(5_000);
    popup.sever();
    await clock.advance(20_000);
    tab.hasFocus = true;
    tab.listeners.dispatch("focus");
    await clock.advance(2_000);
    assert.equal(seen.error, undefined);
    await world.tellAnswered(server.finish(account("ann")));
    assert.equal((await promise).accessToken, "token-1");
});

test("popup_cutOffAndNoAnswer_timesOutAfterThePageHadTheFocusLongEnough", async () => {
    const { seen, popup, clock, tab, server } = await opened(request, { configuration: { system: { popupBridgeTimeout: 5000 } } });
    popup.sever();
    tab.hasFocus = false;
    await clock.advance(20_000);
    assert.equal(seen.error, undefined);
    tab.hasFocus = true;
    await clock.advance(5_000);
    assert.equal(seen.error.errorCode, "timed_out");
    assert.equal(seen.error.subError, "redirect_bridge_timeout");
    assert.equal(server.named("cancel").length, 1);
});

test("popup_cutOffAndNobodyComesBack_timesOutInTheEnd", async () => {
    const { seen, popup, clock, tab } = await opened(request, { configuration: { system: { popupBridgeTimeout: 1000 } } });
    popup.sever();
    tab.hasFocus = false;
    await clock.advance(10_200);
    assert.equal(seen.error.errorCode, "timed_out");
});

test("popup_cutOffAndPersonBackAtThePage_serverIsAsked", async () => {
    const { promise, popup, server, clock, tab } = await opened();
    popup.sever();
    await clock.advance(200);
    server.finish(account("ann"));
    tab.listeners.dispatch("focus");
    assert.equal((await promise).accessToken, "token-1");
});

test("popup_openAndWatched_hasNoTimeout", async () => {
    const { seen, popup, clock } = await opened();
    popup.arrive();
    await clock.advance(15 * 60_000);
    assert.equal(seen.error, undefined);
});

test("popup_browserWithoutChannels_asksTheServerEverySecond", async () => {
    const { promise, popup, server, clock } = await opened(request, { without: ["BroadcastChannel"] });
    popup.arrive();
    await clock.advance(2_000);
    assert.equal(server.named("result").length, 2);
    server.finish(account("ann"));
    await clock.advance(1_000);
    assert.equal((await promise).accessToken, "token-1");
});

test("popup_messageForAnotherInteraction_changesNothing", async () => {
    const { seen, world } = await opened();
    world.channels.post("latchkey.other", { v: 1, id: "other" });
    await settle();
    assert.equal(seen.value, undefined);
    assert.equal(world.server.named("result").length, 0);
});

test("popup_refusedByTheAuthority_failsWithItsErrorAndCloses", async () => {
    const { world, seen, popup, server, tab } = await opened();
    await world.tellAnswered(server.fail({ name: "ServerError", errorCode: "access_denied", errorMessage: "no", subError: "cancel" }));
    assert.ok(seen.error instanceof tab.api.ServerError);
    assert.equal(seen.error.errorCode, "access_denied");
    assert.equal(popup.closed, true);
});

test("popup_startRefused_closesTheWindowAndFreesTheGuard", async () => {
    const world = new World();
    const tab = await world.application();
    world.server.on("start", () => [400, { error: { name: "ClientConfigurationError", errorCode: "invalid_claims", errorMessage: "claims must be JSON" } }]);
    const seen = outcome(tab.app.acquireTokenPopup(request));
    await settle();
    assert.ok(seen.error instanceof tab.api.ClientConfigurationError);
    assert.equal(tab.popups[0].closed, true);
    assert.equal(world.locks.held.size, 0);
});

test("popup_addressThatIsNoWebAddress_isNotOpened", async () => {
    const world = new World();
    const tab = await world.application();
    world.server.on("start", () => [200, { url: "javascript:alert(1)" }]);
    const seen = outcome(tab.app.acquireTokenPopup(request));
    await settle();
    assert.equal(seen.error.errorCode, "empty_navigate_uri");
    assert.equal(tab.popups[0].address, "about:blank");
});

test("popup_pageGoesAway_closesTheWindow", async () => {
    const { tab, popup } = await opened();
    tab.listeners.dispatch("pagehide");
    assert.equal(popup.closed, true);
});

test("popup_activeAccount_isTheHintUnlessOneIsToBeChosen", async () => {
    const world = new World();
    world.server.signIn(account("ann"));
    const tab = await world.application();
    tab.app.setActiveAccount(tab.app.getAllAccounts()[0]);
    for (const [given, sent] of [[{}, "ann.home"], [{ prompt: "select_account" }, undefined], [{ loginHint: "bob" }, undefined]]) {
        const seen = outcome(tab.app.loginPopup(given));
        await settle();
        assert.equal(world.server.named("start").at(-1).body.request.account?.homeAccountId, sent);
        await world.tellAnswered(world.server.finish(account("ann")));
        assert.ok(seen.value);
    }
});

test("loginPopup_withoutRequest_asksForTheDefaultScopes", async () => {
    const world = new World();
    const tab = await world.application();
    outcome(tab.app.loginPopup());
    await settle();
    assert.deepEqual(world.server.named("start")[0].body.request.scopes, ["openid", "profile", "offline_access"]);
    assert.match(world.server.named("start")[0].body.id, /^[A-Za-z0-9_-]{22}$/);
});

test("popup_secondInTheSameTab_isRefusedWithoutAWindow", async () => {
    const { tab } = await opened();
    const second = outcome(tab.app.acquireTokenPopup(request));
    const third = outcome(tab.app.acquireTokenRedirect(request));
    const fourth = outcome(tab.app.logoutPopup());
    await settle();
    assert.equal(second.error.errorCode, "interaction_in_progress");
    assert.equal(third.error.errorCode, "interaction_in_progress");
    assert.equal(fourth.error.errorCode, "interaction_in_progress");
    assert.equal(tab.popups.length, 1);
    assert.deepEqual(tab.types(), ["acquireTokenStart", "popupOpened"]);
});

test("popup_anotherTabIsBusy_isRefusedUntilThatTabIsDone", async () => {
    const { world, promise, server } = await opened();
    const other = await world.application();
    const refused = outcome(other.app.acquireTokenPopup(request));
    await settle();
    assert.equal(refused.error.errorCode, "interaction_in_progress");
    assert.equal(other.popups[0].closed, true);
    await world.tellAnswered(server.finish(account("ann")));
    await promise;
    const allowed = outcome(other.app.acquireTokenPopup(request));
    await settle();
    assert.equal(allowed.error, undefined);
});

test("popup_override_takesOverFromTheSameTab", async () => {
    const { world, tab, seen, server } = await opened();
    const second = tab.app.acquireTokenPopup({ ...request, overrideInteractionInProgress: true });
    await settle();
    assert.equal(seen.error.errorCode, "interaction_in_progress_cancelled");
    assert.equal(tab.popups[0].closed, true);
    assert.equal(tab.popups[1].closed, false);
    await world.tellAnswered(server.finish(account("ann")));
    assert.equal((await second).accessToken, "token-1");
    assert.equal(world.locks.held.size, 0);
});

test("popup_override_takesOverFromAnotherTab", async () => {
    const { world, seen, server } = await opened();
    const other = await world.application();
    const second = other.app.acquireTokenPopup({ ...request, overrideInteractionInProgress: true });
    await settle();
    assert.equal(seen.error.errorCode, "interaction_in_progress_cancelled");
    await world.tellAnswered(server.finish(account("ann")));
    assert.equal((await second).accessToken, "token-1");
});

test("popup_browserWithoutLocks_isGuardedWithinItsTab", async () => {
    const { tab, promise, world, server } = await opened(request, { without: ["locks"] });
    const second = outcome(tab.app.acquireTokenPopup(request));
    await settle();
    assert.equal(second.error.errorCode, "interaction_in_progress");
    await world.tellAnswered(server.finish(account("ann")));
    await promise;
    const third = outcome(tab.app.acquireTokenPopup(request));
    await settle();
    assert.equal(third.error, undefined);
});

test("popup_overrideInABrowserWithoutLocks_takesOver", async () => {
    const { tab, seen, world, server } = await opened(request, { without: ["locks"] });
    const second = tab.app.acquireTokenPopup({ ...request, overrideInteractionInProgress: true });
    await settle();
    assert.equal(seen.error.errorCode, "interaction_in_progress_cancelled");
    await world.tellAnswered(server.finish(account("ann")));
    assert.equal((await second).accessToken, "token-1");
});

test("popup_locksDeniedToThePage_isGuardedWithinItsTab", async () => {
    const world = new World();
    const tab = await world.application();
    tab.page.navigator.locks = { request: () => Promise.reject(Object.assign(new Error("denied"), { name: "SecurityError" })) };
    const pending = tab.app.acquireTokenPopup(request);
    await settle();
    assert.equal(outcome(tab.app.acquireTokenPopup(request)).value, undefined);
    await world.tellAnswered(world.server.finish(account("ann")));
    assert.equal((await pending).accessToken, "token-1");
    assert.equal(tab.popups.length, 1);
});

test("logoutPopup_authoritysPageDone_resolvesAndForgetsTheAccount", async () => {
    const world = new World();
    world.server.signIn(account("ann"));
    const tab = await world.application();
    await tab.app.acquireTokenSilent(request);
    tab.forget();
    const seen = outcome(tab.app.logoutPopup({ account: tab.app.getAllAccounts()[0], mainWindowRedirectUri: "/bye" }));
    await settle();
    assert.deepEqual(tab.app.getAllAccounts(), []);
    assert.match(tab.popups[0].address, /^https:\/\/authority\.example\/logout/);
    assert.equal(seen.value, undefined);
    const { id } = world.server.named("logout")[0].body;
    world.channels.post("latchkey." + id, { v: 1, id: "another" });
    await settle();
    assert.equal(seen.value, undefined);
    await world.tellAnswered(id);
    assert.equal(seen.value, null);
    assert.equal(tab.popups[0].closed, true);
    assert.deepEqual(tab.types(), ["logoutStart", "popupOpened", "logoutSuccess", "logoutEnd"]);
    assert.deepEqual(tab.left, ["/bye"]);
    assert.equal(world.server.named("result").length, 0);
});

test("logoutPopup_closedByThePerson_isSignedOutAllTheSame", async () => {
    const world = new World();
    const tab = await world.application();
    const seen = outcome(tab.app.logoutPopup());
    await settle();
    tab.popups[0].arrive();
    await world.clock.advance(400);
    tab.popups[0].close();
    await world.clock.advance(100);
    assert.equal(seen.value, null);
});

test("logoutPopup_authorityHasNoSuchPage_closesTheWindow", async () => {
    const world = new World();
    const tab = await world.application();
    world.server.on("logout", () => [200, { url: null }]);
    await tab.app.logoutPopup();
    assert.equal(tab.popups[0].closed, true);
});

test("logoutPopup_serverFails_tellsFailureAndEnd", async () => {
    const world = new World();
    const tab = await world.application();
    tab.forget();
    world.server.on("logout", () => [500, { error: { name: "CacheError", errorCode: "cache_error_unknown", errorMessage: "disk" } }]);
    const seen = outcome(tab.app.logoutPopup());
    await settle();
    assert.ok(seen.error instanceof tab.api.CacheError);
    assert.deepEqual(tab.types(), ["logoutStart", "popupOpened", "logoutFailure", "logoutEnd"]);
    assert.equal(tab.popups[0].closed, true);
});
