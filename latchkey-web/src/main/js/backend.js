import { BrowserAuthError, errorFromServer } from "./errors.js";
import { now, page } from "./page.js";

const RETRY_DELAY_MILLIS = 100;

const pause = (millis) => new Promise((resolve) => page.setTimeout(resolve, millis));

/** The calls to the application's own server; every failure becomes one of the error classes. */
export function createBackend({ latchkey }) {
    const send = (method, name, body, keepalive) =>
        page.fetch(latchkey.path + "/" + name, {
            method,
            credentials: "same-origin",
            cache: "no-store",
            keepalive,
            headers: { "X-Latchkey": "1", ...(body && { "Content-Type": "application/json" }) },
            body: body && JSON.stringify(body),
        });

    /** A request that did not get through is sent once more, unless its answer is available only once. */
    const sendAgain = async (method, name, body) => {
        try {
            return await send(method, name, body);
        } catch (failed) {
            if (name === "result" || page.navigator.onLine === false) {
                throw failed;
            }
            await pause(RETRY_DELAY_MILLIS);
            return send(method, name, body);
        }
    };

    const reach = async (method, name, body, correlationId) => {
        try {
            return await sendAgain(method, name, body);
        } catch (failed) {
            const offline = page.navigator.onLine === false;
            const code = offline ? "no_network_connectivity" : method.toLowerCase() + "_request_failed";
            throw new BrowserAuthError(code, correlationId, failed && failed.name);
        }
    };

    const call = async (method, name, body, correlationId) => {
        const response = await reach(method, name, body, correlationId);
        let answer;
        try {
            answer = response.status === 204 ? {} : await response.json();
        } catch (notJson) {
            throw new BrowserAuthError("failed_to_parse_response", correlationId, "http_" + response.status);
        }
        if (answer && answer.error) {
            throw errorFromServer(answer.error, response.status, correlationId);
        }
        if (!response.ok || !answer) {
            throw new BrowserAuthError("failed_to_parse_response", correlationId, "http_" + response.status);
        }
        return { status: response.status, answer, serverTime: serverTime(response) };
    };

    const result = async (name, body, correlationId) => {
        const { status, answer, serverTime } = await call("POST", name, body, correlationId);
        return status === 202 ? null : resultOf(answer, serverTime);
    };

    return {
        session: async () => sessionOf((await call("GET", "session")).answer),
        active: async (account) => sessionOf((await call("POST", "active", { account })).answer),
        clear: async (account) => sessionOf((await call("POST", "clear", { account })).answer),
        start: async (body, correlationId) => {
            const { answer } = await call("POST", "start", body, correlationId);
            return addressOf(answer.url, correlationId);
        },
        /** The authority's page that ends the user's session there; null if it has none. */
        logout: async (body, correlationId) => {
            const { answer } = await call("POST", "logout", body, correlationId);
            return answer.url ? addressOf(answer.url, correlationId) : null;
        },
        token: (request) => result("token", { request }, request.correlationId),
        /** The result of an interaction; null while the user has not returned. */
        result: (id, correlationId) => result("result", { id }, correlationId),
        /** Sent even while the page unloads; nothing here depends on its arrival. */
        cancel: (id) => Promise.resolve(send("POST", "cancel", { id }, true)).catch(() => {}),
    };
}

/** The server's clock, to which lifetimes refer; the local clock if the server sends no date. */
function serverTime(response) {
    const date = Date.parse(response.headers.get("Date") || "");
    return isNaN(date) ? now() : date;
}

/** Only web addresses are opened: a script address would run in this page's origin. */
function addressOf(url, correlationId) {
    if (!/^https?:\/\//i.test(url)) {
        throw new BrowserAuthError("empty_navigate_uri", correlationId);
    }
    return url;
}

const dateOf = (millis) => (millis ? new Date(millis) : undefined);

export const accountOf = (wire) => ({
    ...wire,
    tenantProfiles: new Map((wire.tenantProfiles || []).map((profile) => [profile.tenantId, profile])),
});

const sessionOf = (wire) => ({ ...wire, accounts: (wire.accounts || []).map(accountOf) });

function resultOf(wire, serverTime) {
    const result = {
        requestId: "",
        fromPlatformBroker: false,
        cloudGraphHostName: "",
        msGraphHost: "",
        ...wire,
        account: wire.account ? accountOf(wire.account) : null,
        expiresOn: dateOf(wire.expiresOn) || null,
        extExpiresOn: dateOf(wire.extExpiresOn),
        refreshOn: dateOf(wire.refreshOn),
    };
    return { result, serverTime };
}
