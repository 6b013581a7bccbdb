import { awaitAnswer } from "./answer.js";
import { CacheLookupPolicy, EventType, InteractionType } from "./constants.js";
import { InteractionRequiredAuthError } from "./errors.js";
import { hiddenFrame } from "./frame.js";
import { observed } from "./observed.js";
import { newId } from "./page.js";
import { cacheKey, flightKey, startRequest, tokenRequest, withCorrelationId } from "./requests.js";

const { Default, AccessTokenAndRefreshToken, RefreshTokenAndNetwork, Skip } = CacheLookupPolicy;

/** Tokens without user interaction: from this page's memory, the server, or a hidden frame. */
export function createSilent(core) {
    const { accounts, backend, config, events, tokens } = core;
    const flights = new Map();
    let frameInFlight = null;

    /** Signs in through a hidden frame, if the authority still knows the user. */
    const throughFrame = async (request) => {
        const id = newId();
        const { correlationId } = request;
        const body = { type: "frame", id, request: { ...startRequest(request, accounts.active()), prompt: "none" } };
        const url = await backend.start(body, correlationId);
        const frame = hiddenFrame(url, { timeout: config.system.iframeBridgeTimeout, correlationId });
        try {
            return await awaitAnswer({ id, ask: () => backend.result(id, correlationId), ...frame });
        } catch (error) {
            backend.cancel(id);
            throw error;
        }
    };

    const fromMemory = (wire) =>
        !wire.claims && !wire.forceRefresh && wire.cacheLookupPolicy <= AccessTokenAndRefreshToken
            ? tokens.get(cacheKey(wire))
            : null;

    /** Runs one frame at a time: later callers wait for it, and ask the server again if it established a session. */
    const sharedFrame = async (request, wire, failure) => {
        if (frameInFlight && wire.cacheLookupPolicy !== Skip) {
            const signedIn = await frameInFlight.then(() => true, () => false);
            if (signedIn) {
                return backend.token(wire);
            }
            throw failure;
        }
        const mine = throughFrame(request);
        frameInFlight = mine;
        try {
            const answer = await mine;
            await accounts.signedIn(answer.result.account);
            return answer;
        } finally {
            frameInFlight = frameInFlight === mine ? null : frameInFlight;
        }
    };

    /** The frame's answer if it is for the requested account; otherwise the reason why a frame was needed. */
    const frameInstead = async (request, wire, account, failure) => {
        const hinted = { loginHint: account.loginHint || account.username || undefined, ...request, account };
        try {
            const answer = await sharedFrame(hinted, wire, failure);
            if (answer.result.account.homeAccountId === account.homeAccountId) {
                return answer;
            }
        } catch (error) {
            if (!isInteractionRequired(failure) || isInteractionRequired(error)) {
                throw error;
            }
        }
        throw failure || new InteractionRequiredAuthError("login_required", request.correlationId);
    };

    const fromServer = async (request, wire, account) => {
        events.emit(EventType.ACQUIRE_TOKEN_NETWORK_START, request.correlationId, InteractionType.Silent, request);
        if (wire.cacheLookupPolicy === Skip) {
            return frameInstead(request, wire, account, null);
        }
        try {
            return await backend.token(wire);
        } catch (error) {
            if (frameMayHelp(error, wire.cacheLookupPolicy)) {
                return frameInstead(request, wire, account, error);
            }
            throw error;
        }
    };

    const acquire = async (request, wire, account) => {
        const stored = fromMemory(wire);
        if (stored) {
            return { ...stored, fromCache: true };
        }
        const since = tokens.generation();
        try {
            const answer = await fromServer(request, wire, account);
            tokens.put(cacheKey(wire), answer, since);
            return answer.result;
        } catch (error) {
            // The session may have ended, and its accounts with it.
            if (error.errorCode === "no_tokens_found") {
                accounts.refresh();
            }
            throw error;
        }
    };

    const forCaller = (result, { correlationId, state = "" }) => ({
        ...result,
        scopes: [...(result.scopes || [])],
        correlationId,
        state,
    });

    const acquireTokenSilent = async (given) => {
        const request = withCorrelationId(given);
        const account = request.account || accounts.assumed();
        if (!account) {
            throw new InteractionRequiredAuthError("no_account_error", request.correlationId);
        }
        const wire = tokenRequest(request, account);
        const key = flightKey(wire);
        const inFlight = flights.get(key);
        if (inFlight) {
            return forCaller(await inFlight, request);
        }
        const flight = observed(core, "acquireTokenSilent", InteractionType.Silent, request, async () =>
            forCaller(await acquire(request, wire, account), request),
        );
        flights.set(key, flight);
        try {
            return await flight;
        } finally {
            flights.delete(key);
        }
    };

    const ssoSilent = (given) => {
        const request = withCorrelationId(given);
        return observed(core, "ssoSilent", InteractionType.Silent, request, async () =>
            core.completed(await throughFrame(request), request),
        );
    };

    return { acquireTokenSilent, ssoSilent };
}

const isInteractionRequired = (error) => error instanceof InteractionRequiredAuthError;

/**
 * A frame helps if the session's tokens are gone or rejected while the user may still be signed in at the authority.
 */
function frameMayHelp(error, policy) {
    if (policy !== Default && policy !== RefreshTokenAndNetwork) {
        return false;
    }
    const { errorCode, subError } = error;
    const isRefused = errorCode === "invalid_grant" || errorCode === "token_refresh_required";
    return (
        errorCode === "no_tokens_found" ||
        errorCode === "refresh_token_expired" ||
        (isRefused && (!isInteractionRequired(error) || subError === "bad_token"))
    );
}
