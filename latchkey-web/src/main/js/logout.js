import { ApiId, EventType, InteractionType } from "./constants.js";
import { newId, page } from "./page.js";
import { checkMayRedirect, leave } from "./redirects.js";
import { closePopup } from "./popup.js";
import { refOf, withCorrelationId } from "./requests.js";

/** Signs out: here at once, then the user's session at the authority. */
export function createLogout(core, popups) {
    const { accounts, backend, config, events, guard } = core;

    const tell = async (type, id, request) => {
        const { account, correlationId, logoutHint, state } = request;
        const body = { type, id, logoutHint, state, correlationId, postLogoutRedirectUri: pageAfter(request) };
        const url = await backend.logout({ ...body, account: account ? refOf(account) : undefined }, correlationId);
        accounts.signedOut(account);
        events.emit(EventType.LOGOUT_SUCCESS, correlationId, type, request);
        return url;
    };

    /** The page to show afterwards; undefined leaves the choice to the server. */
    const pageAfter = ({ postLogoutRedirectUri = config.auth.postLogoutRedirectUri }) =>
        postLogoutRedirectUri ? new page.URL(postLogoutRedirectUri, page.location.href).href : undefined;

    const observedLogout = async (type, request, action) => {
        const { correlationId } = request;
        events.emit(EventType.LOGOUT_START, correlationId, type, request);
        try {
            await action();
        } catch (error) {
            events.emit(EventType.LOGOUT_FAILURE, correlationId, type, null, error);
            throw error;
        } finally {
            events.emit(EventType.LOGOUT_END, correlationId, type);
        }
    };

    const showPage = (url, apiId) => {
        const { navigationClient, redirectNavigationTimeout: timeout } = config.system;
        return navigationClient.navigateInternal(url, { apiId, timeout, noHistory: false });
    };

    const home = () => page.location.origin + "/";

    const logoutRedirect = async (given) => {
        const request = withCorrelationId(given);
        const { correlationId } = request;
        checkMayRedirect(core, correlationId);
        const turn = guard.claim(correlationId);
        try {
            await guard.lock(turn, correlationId);
            await observedLogout(InteractionType.Redirect, request, async () => {
                const url = await tell(InteractionType.Redirect, newId(), request);
                if (url) {
                    await leave(core, url, ApiId.logout, correlationId);
                } else {
                    await showPage(pageAfter(request) || home(), ApiId.logout);
                }
            });
        } finally {
            turn.release();
        }
    };

    /** The authority's page may fail or be closed: the user is signed out here in any case. */
    const showAuthority = async (popup, turn, url, id, correlationId) => {
        const ask = async (isTold) => isTold;
        try {
            await popups.converse(popup, turn, { id, url, ask, correlationId });
        } catch (error) {
            core.logger().info("Sign-out at the authority did not end: " + error.errorCode, correlationId);
        }
    };

    const logoutPopup = async (given) => {
        const request = withCorrelationId(given);
        const { correlationId, mainWindowRedirectUri } = request;
        const { popup, turn } = await popups.open(request);
        try {
            await observedLogout(InteractionType.Popup, request, async () => {
                const id = newId();
                events.emit(EventType.POPUP_OPENED, correlationId, InteractionType.Popup, { popupWindow: popup });
                const url = await tell(InteractionType.Popup, id, request);
                if (url) {
                    await showAuthority(popup, turn, url, id, correlationId);
                }
            });
        } finally {
            turn.release();
            closePopup(popup);
        }
        if (mainWindowRedirectUri) {
            await showPage(mainWindowRedirectUri, ApiId.logoutPopup);
        }
    };

    return { logoutRedirect, logoutPopup };
}
