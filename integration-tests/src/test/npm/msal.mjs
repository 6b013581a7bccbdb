// Uses msal-node as its users do. Reads one request a line, as JSON, and answers each with one line.
import { createInterface } from 'node:readline';
import { PublicClientApplication, ProtocolMode } from '@azure/msal-node';

const applications = new Map();
const SCOPES = ['User.Read'];

function application(request) {
    return new PublicClientApplication({
        auth: { clientId: request.clientId, authority: request.authority, knownAuthorities: [new URL(request.authority).host] },
        system: { protocolMode: request.oidc ? ProtocolMode.OIDC : ProtocolMode.AAD },
    });
}

async function silent(app, forceRefresh) {
    const [account] = await app.getTokenCache().getAllAccounts();
    return app.acquireTokenSilent({ account, scopes: SCOPES, forceRefresh });
}

const steps = {
    async address(request) {
        const app = application(request);
        applications.set(request.name, app);
        return { address: await app.getAuthCodeUrl({ scopes: SCOPES, redirectUri: 'http://localhost', codeChallenge: request.challenge, codeChallengeMethod: 'S256', responseMode: 'query' }) };
    },
    async code(request) {
        const app = applications.get(request.name);
        const result = await app.acquireTokenByCode({ code: request.code, scopes: SCOPES, redirectUri: 'http://localhost', codeVerifier: request.verifier });
        return { accessToken: result.accessToken, cache: app.getTokenCache().serialize() };
    },
    async load(request) {
        const app = application(request);
        app.getTokenCache().deserialize(request.cache);
        const accounts = await app.getTokenCache().getAllAccounts();
        const cached = await silent(app, false);
        const renewed = await silent(app, true);
        return { accounts: accounts.length, username: accounts[0]?.username, accessToken: cached.accessToken, fromCache: cached.fromCache, renewed: renewed.accessToken };
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    const answer = await steps[request.step](request).catch((error) => ({ error: `${error}\n${error.stack}` }));
    console.log(JSON.stringify(answer));
}
