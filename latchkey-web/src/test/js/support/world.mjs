import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Clock, createChannels, Listeners, Locks, Popup, settle, Storage } from "./browser.mjs";
import { Server } from "./server.mjs";

export { settle } from "./browser.mjs";
export { account } from "./server.mjs";

const resources = new URL("../../../../target/classes/META-INF/resources/webjars/latchkey/", import.meta.url);
/** The build's output: the tests run what is shipped, not the sources. */
export const built = process.env.LATCHKEY_JS_BUILT
    ? pathToFileURL(process.env.LATCHKEY_JS_BUILT + "/")
    : new URL(readdirSync(resources)[0] + "/", resources);
const script = readFileSync(new URL("latchkey.global.js", built), "utf8");

/** One browser with its tabs, and the server that they share. */
export class World {
    clock = new Clock();
    server = new Server(this.clock);
    locks = new Locks();
    channels = createChannels();

    /** A tab with the script loaded, at `url`. */
    tab({ url = "https://app.example/page?q=1#part", storage = new Storage(), without = [] } = {}) {
        const { clock } = this;
        const [listeners, documentListeners] = [new Listeners(), new Listeners()];
        const tab = { popups: [], frames: [], left: [], popupsBlocked: false, hasFocus: true, storage };
        const location = {
            href: url,
            origin: new URL(url).origin,
            assign: (address) => tab.left.push(address),
            replace: (address) => tab.left.push(address),
        };
        const open = (...args) => {
            if (tab.popupsBlocked) {
                return null;
            }
            tab.popups.push(new Popup(...args));
            return tab.popups.at(-1);
        };
        const document = {
            hasFocus: () => tab.hasFocus,
            createElement: () => ({ attributes: {}, setAttribute(name, value) { this.attributes[name] = value; }, remove() { this.removed = true; } }),
            body: { appendChild: (frame) => tab.frames.push(frame) },
            addEventListener: documentListeners.addEventListener,
            removeEventListener: documentListeners.removeEventListener,
        };
        const page = {
            fetch: this.server.fetch,
            navigator: { locks: this.locks, onLine: true },
            BroadcastChannel: this.channels.BroadcastChannel,
            sessionStorage: storage,
            crypto: globalThis.crypto,
            btoa,
            URL,
            Date: Object.assign(function (...args) { return new Date(...(args.length ? args : [clock.time])); }, { now: () => clock.time }),
            setTimeout: (callback, millis) => clock.set(callback, millis),
            clearTimeout: (id) => clock.timers.delete(id),
            setInterval: (callback, millis) => clock.set(callback, millis, millis),
            clearInterval: (id) => clock.timers.delete(id),
            addEventListener: listeners.addEventListener,
            removeEventListener: listeners.removeEventListener,
            open,
            document,
            location,
            innerWidth: 1000,
            innerHeight: 800,
            screenX: 10,
            screenY: 20,
        };
        Object.assign(page, { window: page, self: page, parent: page });
        without.forEach((name) => (name === "locks" ? delete page.navigator.locks : delete page[name]));
        new Function("globalThis", script)(page);
        return Object.assign(tab, { page, listeners, documentListeners, api: page.latchkey });
    }

    /** A tab with an initialised application, and the events it emits. */
    async application(options = {}) {
        const tab = this.tab(options);
        const app = new tab.api.PublicClientApplication(options.configuration);
        tab.events = [];
        app.addEventCallback((message) => tab.events.push(message));
        await app.initialize();
        tab.app = app;
        tab.types = () => tab.events.map((message) => message.eventType.replace("msal:", ""));
        tab.forget = () => tab.events.splice(0);
        return tab;
    }

    /** Does what the server's callback page does in the popup or frame. */
    async tellAnswered(id) {
        this.channels.post("latchkey." + id, { v: 1, id });
        await settle();
    }
}

/** The outcome of a promise so far; undefined while it is pending. */
export function outcome(promise) {
    const seen = {};
    promise.then(
        (value) => (seen.value = value === undefined ? null : value),
        (error) => (seen.error = error),
    );
    return seen;
}
