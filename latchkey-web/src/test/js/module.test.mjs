import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { built, World } from "./support/world.mjs";

const MOST_BYTES = 12 * 1024;
const text = (name) => readFileSync(new URL(name, built), "utf8");

for (const name of ["latchkey.js", "latchkey.global.js"]) {
    test(`size_${name}_isWithinItsBudget`, (context) => {
        const bytes = gzipSync(text(name), { level: 9 }).length;
        context.diagnostic(`${name}: ${text(name).length} bytes, ${bytes} gzipped`);
        assert.ok(bytes <= MOST_BYTES, `${bytes} > ${MOST_BYTES}`);
    });

    test(`text_${name}_needsNoUnsafePolicy`, () => {
        assert.doesNotMatch(text(name), /\beval\b|new Function|innerHTML|outerHTML|document\.write|insertAdjacentHTML|srcdoc/);
        assert.doesNotMatch(text(name), /localStorage\./);
        assert.doesNotMatch(text(name), /@version@/);
    });

    test(`sourceMap_${name}_isBesideIt`, () => {
        assert.match(text(name), new RegExp(`sourceMappingURL=${name}.map`));
        const map = JSON.parse(text(name + ".map"));
        assert.ok(map.sources.every((source) => !source.startsWith("/")));
        assert.ok(existsSync(new URL(name + ".map", built)));
    });
}

test("module_exports_areThoseOfTheClassicScript", async () => {
    const module = await import(new URL("latchkey.js", built));
    const { latchkey, msal } = new World().tab().page;
    assert.equal(latchkey, msal);
    assert.deepEqual(Object.keys(module).sort(), Object.keys(latchkey).sort());
    assert.equal(module.InteractionRequiredAuthError.prototype instanceof module.AuthError, true);
});

test("declarations_name_whatTheModuleExports", async () => {
    const module = await import(new URL("latchkey.js", built));
    const declared = [...text("latchkey.d.ts").matchAll(/^export declare (?:const|class|enum|function) (\w+)/gm)].map((match) => match[1]);
    assert.deepEqual(declared.sort(), Object.keys(module).sort());
});

test("declarations_applicationMembers_areThoseOfTheClass", async () => {
    const { PublicClientApplication } = await import(new URL("latchkey.js", built));
    const body = text("latchkey.d.ts").split("export declare class PublicClientApplication {")[1].split("\n}")[0];
    const declared = [...body.matchAll(/^    (\w+)\(/gm)].map((match) => match[1]);
    assert.deepEqual(declared.sort(), Object.getOwnPropertyNames(PublicClientApplication.prototype).sort());
});

test("module_everythingWrappersImport_isThere", async () => {
    const module = await import(new URL("latchkey.js", built));
    for (const name of ["AuthError", "BrowserConfigurationAuthError", "BrowserUtils", "EventMessageUtils", "EventType", "InteractionRequiredAuthError", "InteractionStatus", "InteractionType", "Logger", "NavigationClient", "OIDC_DEFAULT_SCOPES", "WrapperSKU", "stubbedPublicClientApplication"]) {
        assert.ok(module[name], name);
    }
    assert.equal(typeof module.BrowserUtils.createGuid, "function");
    assert.equal(typeof module.BrowserUtils.blockReloadInHiddenIframes, "function");
});

test("module_loadedWithoutABrowser_doesNotFail", async () => {
    const module = await import(new URL("latchkey.js", built));
    const app = new module.PublicClientApplication({ auth: { clientId: "c" } });
    await app.initialize();
    assert.deepEqual(app.getAllAccounts(), []);
});

test("application_subclass_mayOverride", async () => {
    const tab = new World().tab();
    class Mine extends tab.api.PublicClientApplication {
        getActiveAccount() {
            return "mine";
        }
    }
    assert.equal(new Mine({}).getActiveAccount(), "mine");
});

test("configuration_defaults_areFilledAndForeignMembersKept", async () => {
    const tab = await new World().application({ configuration: { auth: { clientId: "c", foreign: 1 }, system: { popupBridgeTimeout: undefined }, latchkey: { path: "/app/latchkey/" } } });
    const { auth, cache, system, latchkey } = tab.app.getConfiguration();
    assert.equal(auth.clientId, "c");
    assert.equal(auth.foreign, 1);
    assert.equal(cache.cacheLocation, "memoryStorage");
    assert.equal(system.popupBridgeTimeout, 60000);
    assert.equal(system.iframeBridgeTimeout, 10000);
    assert.equal(system.redirectNavigationTimeout, 30000);
    assert.equal(system.allowRedirectInIframe, false);
    assert.equal(latchkey.path, "/app/latchkey");
});

test("guids_areVersion4", () => {
    const { BrowserUtils } = new World().tab().api;
    const guids = Array.from({ length: 100 }, BrowserUtils.createGuid);
    assert.equal(new Set(guids).size, 100);
    guids.forEach((guid) => assert.match(guid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
});
