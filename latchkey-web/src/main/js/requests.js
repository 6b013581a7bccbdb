import { CacheLookupPolicy, OIDC_DEFAULT_SCOPES, PromptValue } from "./constants.js";
import { newGuid } from "./page.js";

/** The caller's request with a correlation id; the caller's own object stays as it is. */
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

/** What `start` is told. Without an account or hint the active account is the hint, unless one is to be chosen. */
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

/** What `token` is told. */
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

/** Equal for requests that ask the same of the server; who asks, and why, is not part of it. */
export const flightKey = ({ correlationId, state, scopes, ...rest }) =>
    JSON.stringify({ ...rest, scopes: [...scopes].sort() }, sorted);

/** Equal for requests that one stored token answers. */
export const cacheKey = ({ claims, forceRefresh, cacheLookupPolicy, ...rest }) => flightKey(rest);
