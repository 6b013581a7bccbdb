import { ApiId, EventType, InteractionType } from "./constants.js";
import { BrowserAuthError, ClientConfigurationError } from "./errors.js";
import { timedOut } from "./answer.js";
import { isInIframe, newId, page } from "./page.js";
import { startRequest, withCorrelationId } from "./requests.js";

const pause = (millis) => new Promise((resolve) => page.setTimeout(resolve, millis));

/** Fails in a frame, unless the configuration lets a frame navigate away. */
export function checkMayRedirect({ config }, correlationId) {
    if (isInIframe() && !config.system.allowRedirectInIframe) {
        throw new BrowserAuthError("redirect_in_iframe", correlationId);
    }
}

/** Leaves for another site; resolves to false if the application keeps the user here, otherwise never. */
export async function leave({ config }, url, apiId, correlationId) {
    const { auth, system } = config;
    if (auth.onRedirectNavigate && auth.onRedirectNavigate(url) === false) {
        return false;
    }
    const timeout = system.redirectNavigationTimeout;
    const leaving = await system.navigationClient.navigateExternal(url, { apiId, timeout, noHistory: false });
    if (leaving === false) {
        return false;
    }
    await pause(timeout);
    throw timedOut(correlationId, "failed_to_redirect");
}

/** Sign-in by leaving the page and returning to it. */
export function createRedirects(core) {
    const { accounts, backend, config, events, guard, marker } = core;
    let handled = null;
    let restored = null;

    const pageToReturnTo = ({ redirectStartPage, correlationId }) => {
        const { href, origin } = page.location;
        const target = new page.URL(redirectStartPage || href, href);
        if (target.origin !== origin) {
            throw new ClientConfigurationError("invalid_return_to", correlationId);
        }
        return target.pathname + target.search + target.hash;
    };

    const start = async (request) => {
        const id = newId();
        const { correlationId } = request;
        const returnTo = pageToReturnTo(request);
        const body = { type: "redirect", id, returnTo, request: startRequest(request, accounts.active()) };
        const url = await backend.start(body, correlationId);
        marker.set({ id, correlationId, count: accounts.all().length });
        handled = null;
        return url;
    };

    const giveUp = () => {
        const left = marker.get();
        if (left) {
            marker.clear();
            backend.cancel(left.id);
        }
        return left;
    };

    /** The browser restored the page from its back/forward cache: the user pressed "back". */
    const cameBack = () =>
        new Promise((resolve, reject) => {
            restored = (correlationId) => reject(new BrowserAuthError("user_cancelled", correlationId));
        });

    const go = async (request, turn) => {
        const { correlationId } = request;
        const back = cameBack();
        back.catch(() => {});
        try {
            await guard.lock(turn, correlationId);
            const url = await start(request);
            turn.release();
            const left = leave(core, url, ApiId.acquireTokenRedirect, correlationId);
            if ((await Promise.race([left, back])) === false) {
                marker.abandon();
            }
        } catch (error) {
            giveUp();
            throw error;
        } finally {
            turn.release();
        }
    };

    const acquireTokenRedirect = async (given) => {
        const request = withCorrelationId(given);
        const { correlationId } = request;
        checkMayRedirect(core, correlationId);
        const turn = guard.claim(correlationId);
        events.emit(EventType.ACQUIRE_TOKEN_START, correlationId, InteractionType.Redirect, request);
        try {
            await go(request, turn);
        } catch (error) {
            events.emit(EventType.ACQUIRE_TOKEN_FAILURE, correlationId, InteractionType.Redirect, null, error);
            throw error;
        }
    };

    /** The result with which the user returned; null if there was no redirect, or no answer. */
    const answerOf = async ({ id, correlationId }) => {
        try {
            const answer = await backend.result(id, correlationId);
            marker.clear();
            if (!answer) {
                backend.cancel(id);
            }
            return answer;
        } catch (error) {
            // An answer that could not be fetched now is still available after the next load.
            if (!/^(no_network_connectivity|post_request_failed)$/.test(error.errorCode)) {
                marker.clear();
            }
            if (error.errorCode === "no_interaction") {
                return null;
            }
            throw error;
        }
    };

    const handle = async (left) => {
        const { correlationId } = left;
        const type = InteractionType.Redirect;
        try {
            const answer = await answerOf(left);
            if (!answer) {
                return null;
            }
            const result = await core.completed(answer, { correlationId, state: answer.result.state });
            events.emit(EventType.ACQUIRE_TOKEN_SUCCESS, correlationId, type, result);
            if (accounts.all().length > left.count) {
                events.emit(EventType.LOGIN_SUCCESS, correlationId, type, result.account);
            }
            return result;
        } catch (error) {
            events.emit(EventType.ACQUIRE_TOKEN_FAILURE, correlationId, type, null, error);
            throw error;
        }
    };

    const handleOnce = async () => {
        const left = marker.get();
        const { correlationId } = withCorrelationId(left);
        events.emit(EventType.HANDLE_REDIRECT_START, correlationId, InteractionType.Redirect);
        try {
            return left ? await handle(left) : null;
        } finally {
            events.emit(EventType.HANDLE_REDIRECT_END, correlationId, InteractionType.Redirect);
        }
    };

    return {
        acquireTokenRedirect,

        /** One answer per page load, however often it is requested. */
        handleRedirectPromise: () => {
            handled = handled || handleOnce();
            return handled;
        },

        restore: () => {
            const left = giveUp();
            if (left) {
                events.emit(EventType.RESTORE_FROM_BFCACHE, left.correlationId, InteractionType.Redirect);
                if (restored) {
                    restored(left.correlationId);
                }
            }
        },
    };
}
