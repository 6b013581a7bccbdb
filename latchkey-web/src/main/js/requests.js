import { CacheLookupPolicy, OIDC_DEFAULT_SCOPES, PromptValue } from "./constants.js";
import { newGuid } from "./page.js";

/** A copy of the caller's request with a correlation id; the original stays unchanged. */
export const withCorrelationId = (request) => ({ ...request, correlationId: request?.correlationId || newGuid() });

export const refOf = ({ homeAccountId, environment, tenantId }) => ({ homeAccountId, environment, tenantId });

const scopesOf = (request) => {
    const scopes = [...new Set(request.scopes || [])];
    return scopes.length ? scopes : [...OIDC_DEFAULT_SCOPES];
};

const common = (request) => ({
    scopes: scopesOf(request),
    authority: request.authority,
    tenantId: request.tenantId,
    claims: request.claims,
    resource: request.resource,
    correlationId: request.correlationId,
    state: request.state,
    extraQueryParameters: request.extraQueryParameters,
    extraParameters: request.extraParameters,
});

/** The body of `start`. Without an account or hint, the active account is the hint, unless the user is to choose. */
export function startRequest(request, activeAccount) {
    const free = request.loginHint || [PromptValue.SELECT_ACCOUNT, PromptValue.CREATE].includes(request.prompt);
    const account = request.account || (free ? null : activeAccount);
    return {
        ...common(request),
        extraScopesToConsent: request.extraScopesToConsent,
        prompt: request.prompt,
        loginHint: request.loginHint,
        domainHint: request.domainHint,
        maxAge: request.maxAge,
        account: account ? refOf(account) : undefined,
    };
}

/** The body of `token`. */
export function tokenRequest(request, account) {
    return {
        ...common(request),
        account: refOf(account),
        forceRefresh: request.forceRefresh || undefined,
        cacheLookupPolicy: request.cacheLookupPolicy || CacheLookupPolicy.Default,
    };
}

const sorted = (name, value) =>
    value && typeof value === "object" && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value;

/** Equal for requests that send the same to the server; state and correlation id are ignored. */
export const flightKey = ({ correlationId, state, scopes, ...rest }) =>
    JSON.stringify({ ...rest, scopes: [...scopes].sort() }, sorted);

/** Equal for requests that the same stored token can answer. */
export const cacheKey = ({ claims, forceRefresh, cacheLookupPolicy, ...rest }) => flightKey(rest);
