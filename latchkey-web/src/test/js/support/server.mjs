/** The application's server as the page sees it: one session, and an authority that answers as the test specifies. */
export class Server {
    calls = [];
    accounts = [];
    activeAccount = null;
    interactions = new Map();
    handlers = {};
    tokens = 0;
    isReachable = true;

    constructor(clock) {
        this.clock = clock;
    }

    /** Overrides the answer to a call by name. */
    on(name, handler) {
        this.handlers[name] = handler;
    }

    named(name) {
        return this.calls.filter((call) => call.name === name);
    }

    fetch = async (address, options) => {
        const name = address.split("/").at(-1);
        const body = options.body === undefined ? undefined : JSON.parse(options.body);
        this.calls.push({ address, name, body, options });
        await new Promise((resolve) => setImmediate(resolve));
        if (!this.isReachable) {
            throw new TypeError("Failed to fetch");
        }
        const [status, answer] = await (this.handlers[name] ?? this[name].bind(this))(body);
        return {
            status,
            ok: status < 400,
            headers: new Map([["Date", new Date(this.clock.time).toUTCString()]]),
            json: async () => (typeof answer === "string" ? JSON.parse(answer) : structuredClone(answer)),
        };
    };

    sessionState = () => [200, { accounts: this.accounts, activeAccount: this.activeAccount, clientId: "c", authority: "a" }];
    session = this.sessionState;

    start({ id, type, request }) {
        this.interactions.set(id, { type, request, answer: [202, {}] });
        return [200, { url: "https://authority.example/authorize?state=" + id }];
    }

    /** The user has returned from the authority, signed in. */
    finish(account, extra = {}) {
        const [id, interaction] = [...this.interactions].at(-1);
        this.signIn(account);
        interaction.answer = [200, this.resultFor(account, { ...interaction.request, ...extra })];
        return id;
    }

    /** The user has returned with an error from the authority. */
    fail(error) {
        const [id, interaction] = [...this.interactions].at(-1);
        interaction.answer = [400, { error }];
        return id;
    }

    signIn(account) {
        if (!this.accounts.some((other) => other.homeAccountId === account.homeAccountId)) {
            this.accounts.push(account);
        }
    }

    result({ id }) {
        const interaction = this.interactions.get(id);
        if (!interaction) {
            return [404, { error: { name: "AuthError", errorCode: "no_interaction", errorMessage: "unknown" } }];
        }
        if (interaction.answer[0] !== 202) {
            this.interactions.delete(id);
        }
        return interaction.answer;
    }

    cancel({ id }) {
        this.interactions.delete(id);
        return [204, null];
    }

    token({ request }) {
        const account = this.accounts.find(({ homeAccountId }) => homeAccountId === request.account.homeAccountId);
        return account
            ? [200, this.resultFor(account, request)]
            : [401, { error: { name: "InteractionRequiredAuthError", errorCode: "no_tokens_found", errorMessage: "sign in" } }];
    }

    active({ account }) {
        this.activeAccount = account;
        return this.sessionState();
    }

    clear({ account }) {
        this.accounts = account ? this.accounts.filter((other) => other.homeAccountId !== account.homeAccountId) : [];
        return this.sessionState();
    }

    logout({ type, id, account }) {
        this.clear({ account });
        return [200, { url: `https://authority.example/logout?type=${type}&state=${id}` }];
    }

    resultFor(account, request) {
        return {
            authority: "https://authority.example/",
            uniqueId: account.localAccountId,
            tenantId: account.tenantId,
            scopes: request.scopes,
            account,
            idToken: "id-token",
            idTokenClaims: { sub: account.localAccountId },
            accessToken: "token-" + ++this.tokens,
            fromCache: false,
            expiresOn: this.clock.time + (request.lifetime ?? 3600) * 1000,
            refreshOn: request.refreshIn ? this.clock.time + request.refreshIn * 1000 : undefined,
            tokenType: "Bearer",
            correlationId: request.correlationId,
            state: request.state ?? "",
        };
    }
}

export function account(name, more = {}) {
    return {
        homeAccountId: name + ".home",
        environment: "authority.example",
        tenantId: "home",
        localAccountId: name,
        username: name + "@example.com",
        name: name.toUpperCase(),
        authorityType: "Generic",
        loginHint: "hint-" + name,
        idTokenClaims: { preferred_username: name + "@example.com", sid: "sid-" + name },
        tenantProfiles: [{ tenantId: "home", localAccountId: name, isHomeTenant: true }],
        ...more,
    };
}
