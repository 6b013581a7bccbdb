import { timedOut } from "./answer.js";
import { BrowserAuthError } from "./errors.js";
import { now, page } from "./page.js";

const WIDTH = 483;
const HEIGHT = 600;
const POLL_MILLIS = 100;
const FOCUS_MILLIS = 1000;
/** A window that is about to be isolated looks for a moment as if it were at the authority. */
const SEEN_MILLIS = 300;
/** The limit for a popup that cannot be watched, as a multiple of the timeout, while this page never regains focus. */
const PATIENCE = 10;

/** Opens an empty window at once, while the browser still recognises the user's click. */
export function openPopup(request, correlationId) {
    const parent = request.popupWindowParent || page.window;
    let popup;
    try {
        popup = parent.open("about:blank", "_blank", features(parent, request.popupWindowAttributes || {}));
    } catch (refused) {
        throw new BrowserAuthError("popup_window_error", correlationId, refused.name);
    }
    if (!popup || popup.closed) {
        throw new BrowserAuthError("popup_window_error", correlationId, "empty_window_error");
    }
    if (popup.focus) {
        popup.focus();
    }
    return popup;
}

function features(parent, { popupSize = {}, popupPosition = {} }) {
    const root = (parent.document && parent.document.documentElement) || {};
    const across = parent.innerWidth || root.clientWidth || WIDTH;
    const down = parent.innerHeight || root.clientHeight || HEIGHT;
    const fits = (value, most, otherwise) => (value > 0 && value <= most ? value : otherwise);
    const width = fits(popupSize.width, across, WIDTH);
    const height = fits(popupSize.height, down, HEIGHT);
    const centred = (most, size, from = 0) => Math.max(0, (most - size) / 2 + from);
    const left = fits(popupPosition.left, across, centred(across, width, parent.screenX));
    const top = fits(popupPosition.top, down, centred(down, height, parent.screenY));
    return `width=${width},height=${height},top=${Math.round(top)},left=${Math.round(left)},scrollbars=yes`;
}

/** Whether the window shows a page of another origin: reading its address then throws. */
function isElsewhere(popup) {
    try {
        return popup.location.href === undefined;
    } catch (refused) {
        return true;
    }
}

/**
 * Watches for the user closing the popup.
 *
 * <p>`closed` also turns true when a page in the popup sends Cross-Origin-Opener-Policy: the browser then isolates the
 * popup while the user continues in it. The user closed the popup if it was at the authority for a while and this page
 * gets the focus within a second of its end. Otherwise it was isolated: the wait then ends with its answer, after
 * `popupBridgeTimeout` with the focus on this page, or after ten times that.
 */
export function watchPopup(popup, { timeout, correlationId }) {
    return (end, tell) => {
        const watched = { seenAt: 0, closedAt: 0, focusedFor: 0, lookedAt: 0 };
        const look = () => {
            const wasOpen = !watched.closedAt;
            const failure = lookAt(popup, watched, timeout, correlationId);
            if (failure) {
                end(failure);
            } else if (wasOpen && watched.closedAt) {
                tell();
            }
        };
        const focused = () => {
            look();
            tell();
        };
        const close = () => closePopup(popup);
        const poll = page.setInterval(look, POLL_MILLIS);
        page.addEventListener("focus", focused);
        page.addEventListener("pagehide", close);
        return () => {
            page.clearInterval(poll);
            page.removeEventListener("focus", focused);
            page.removeEventListener("pagehide", close);
            close();
        };
    };
}

/** Checks the popup once: the error if it has ended. */
function lookAt(popup, watched, timeout, correlationId) {
    const time = now();
    if (!popup.closed) {
        watched.seenAt = watched.seenAt || (isElsewhere(popup) ? time : 0);
        return null;
    }
    const isFirst = !watched.closedAt;
    watched.closedAt = watched.closedAt || time;
    if (page.document.hasFocus()) {
        const wasSeen = watched.seenAt && watched.closedAt - watched.seenAt >= SEEN_MILLIS;
        if (wasSeen && !watched.focusedFor && time - watched.closedAt <= FOCUS_MILLIS) {
            return new BrowserAuthError("user_cancelled", correlationId);
        }
        watched.focusedFor += isFirst ? POLL_MILLIS : Math.max(1, time - watched.lookedAt);
    }
    watched.lookedAt = time;
    const isOver = watched.focusedFor >= timeout || time - watched.closedAt >= timeout * PATIENCE;
    return isOver ? timedOut(correlationId, "redirect_bridge_timeout") : null;
}

export function closePopup(popup) {
    try {
        popup.close();
    } catch (gone) {
        // A window that is already gone needs no closing.
    }
}
