import { InteractionRequiredAuthError, InteractionStatus, EventMessageUtils, PublicClientApplication } from "/latchkey/latchkey.js";
import { settings } from "/settings.js";
import { popupSample, redirectSample, callApi, myAcquireToken } from "/samples.js";

const msalInstance = new PublicClientApplication({ auth: { clientId: settings.clientId, authority: settings.authority } });
const request = { scopes: ["User.Read"] };
const $ = (id) => document.getElementById(id);

// What the documentation's waiting sample calls its global state.
let interactionStatus = InteractionStatus.Startup;
const myGlobalState = { getInteractionStatus: () => interactionStatus };

msalInstance.addEventCallback((event) => {
    interactionStatus = EventMessageUtils.getInteractionStatusFromEvent(event, interactionStatus) ?? interactionStatus;
    const line = document.createElement("li");
    line.textContent = [
        new Date(event.timestamp).toLocaleTimeString(),
        event.eventType.replace("msal:", ""),
        event.interactionType ?? "",
        event.error ? event.error.errorCode ?? event.error.message : "",
    ].join("  ");
    line.classList.toggle("failed", Boolean(event.error));
    $("events").prepend(line);
    showAccounts();
});

function say(text, bad = false) {
    $("status").textContent = text;
    $("status").classList.toggle("bad", bad);
}

function showAccounts() {
    const active = msalInstance.getActiveAccount();
    const items = msalInstance.getAllAccounts().map((account) => {
        const item = document.createElement("li");
        const isActive = active?.homeAccountId === account.homeAccountId;
        const who = Object.assign(document.createElement("span"), {
            className: isActive ? "who active" : "who",
            textContent: `${account.name ?? account.username} (${account.username})${isActive ? ", active" : ""}`,
        });
        const use = button("Use", () => msalInstance.setActiveAccount(account));
        use.disabled = isActive;
        item.append(
            who,
            use,
            button("Sign out", () => msalInstance.logoutPopup({ account })),
            button("Sign out by redirect", () => msalInstance.logoutRedirect({ account })),
        );
        return item;
    });
    $("accounts").replaceChildren(...items);
    showClaims(active?.idTokenClaims);
}

function button(text, action) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    made.addEventListener("click", () => attempt(text, action));
    return made;
}

function showClaims(claims) {
    const rows = Object.entries(claims ?? { "": "Nobody yet." }).map(([name, value]) => {
        const row = document.createElement("tr");
        row.append(
            Object.assign(document.createElement("td"), { textContent: name }),
            Object.assign(document.createElement("td"), {
                textContent: typeof value === "string" ? value : JSON.stringify(value),
            }),
        );
        return row;
    });
    $("claims").replaceChildren(...rows);
}

function showToken(result) {
    const facts = {
        "Scopes": result.scopes.join(" "),
        "Came from": result.fromCache ? "the cache" : "the authority",
        "Good until": result.expiresOn.toLocaleTimeString(),
        "Token": `${result.accessToken.slice(0, 12)}… (${result.accessToken.length} characters)`,
    };
    $("token").replaceChildren(
        ...Object.entries(facts).flatMap(([name, value]) => [
            Object.assign(document.createElement("dt"), { textContent: name }),
            Object.assign(document.createElement("dd"), { textContent: value }),
        ]),
    );
    return result;
}

async function showAnswer(tokenResponse) {
    if (tokenResponse) {
        showToken(tokenResponse);
        const answer = await callApi(tokenResponse, settings.api);
        $("answer").textContent = `${answer.status} ${answer.url}\n${JSON.stringify(await answer.json(), null, 2)}`;
    }
}

async function attempt(what, action) {
    say(`${what}…`);
    try {
        await action();
        say(`${what}: done`);
    } catch (error) {
        say(`${what}: ${error.errorCode ?? error.name}`, true);
        $("answer").textContent = `${error.name} ${error.errorCode ?? ""}\n${error.errorMessage ?? error.message}`;
    }
    showAccounts();
}

const actions = {
    "login-popup": () => msalInstance.loginPopup(request),
    "login-redirect": () => msalInstance.loginRedirect({ ...request, state: "from the redirect button" }),
    "sso-silent": () => msalInstance.ssoSilent(request),
    "popup-sample": () => popupSample(msalInstance, request, InteractionRequiredAuthError).then(showAnswer),
    "redirect-sample": () => redirectSample(msalInstance, request, InteractionRequiredAuthError).then(showAnswer),
    "mail": () =>
        myAcquireToken({ scopes: ["Mail.Read"] }, {
            getMsalInstance: () => msalInstance, myGlobalState, myWaitFor, InteractionRequiredAuthError, InteractionStatus,
        }).then((result) => showToken(result)),
    "refresh": () => msalInstance.acquireTokenSilent({ ...request, forceRefresh: true }).then(showAnswer),
    "many": async () => {
        const fresh = { ...request, forceRefresh: true };
        const results = await Promise.all(Array.from({ length: 50 }, () => msalInstance.acquireTokenSilent(fresh)));
        $("answer").textContent = `${results.length} answers, ${new Set(results.map((r) => r.accessToken)).size} token`;
    },
};

/** Resolves once the condition holds; the events above change what it looks at. */
function myWaitFor(condition) {
    return new Promise((resolve) => {
        const id = msalInstance.addEventCallback(() => queueMicrotask(check));
        function check() {
            if (condition()) {
                msalInstance.removeEventCallback(id);
                resolve();
            }
        }
        check();
    });
}

for (const [id, action] of Object.entries(actions)) {
    $(id).addEventListener("click", () => attempt($(id).textContent, action));
}
for (const element of document.querySelectorAll("[data-trouble]")) {
    element.addEventListener("click", () =>
        attempt(element.textContent, () => fetch(`/trouble/${element.dataset.trouble}`, { method: "POST" })));
}

globalThis.msalInstance = msalInstance;
await msalInstance.initialize();
await attempt("Coming back", async () => {
    const result = await msalInstance.handleRedirectPromise();
    await showAnswer(result);
    if (result) {
        $("answer").textContent += `\nstate: ${result.state}`;
    }
});
say(msalInstance.getActiveAccount() ? "Signed in" : "Nobody is signed in");
globalThis.ready = true;
