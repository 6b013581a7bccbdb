import { awaitAnswer } from "./answer.js";
import { EventType, InteractionType } from "./constants.js";
import { BrowserAuthError } from "./errors.js";
import { observed } from "./observed.js";
import { newId } from "./page.js";
import { closePopup, openPopup, watchPopup } from "./popup.js";
import { startRequest, withCorrelationId } from "./requests.js";

/** Sign-in in a popup. */
export function createPopups(core) {
    const { accounts, backend, config, events, guard } = core;

    /** Opens the window first, within the user's click; then gets permission to use it. */
    const open = async (request) => {
        const { correlationId, overrideInteractionInProgress: override } = request;
        const turn = guard.claim(correlationId, override);
        try {
            const popup = openPopup(request, correlationId);
            try {
                await guard.lock(turn, correlationId, override);
            } catch (refused) {
                closePopup(popup);
                throw refused;
            }
            return { popup, turn };
        } catch (error) {
            turn.release();
            throw error;
        }
    };

    /** Shows `url` in the popup and waits; `ask` returns the answer once there is one. */
    const converse = (popup, turn, { id, url, ask, correlationId }) =>
        awaitAnswer({
            id,
            ask,
            lost: turn.lost,
            show: () => popup.location.replace(url),
            watch: watchPopup(popup, { timeout: config.system.popupBridgeTimeout, correlationId }),
        });

    const signIn = async (request, popup, turn) => {
        const id = newId();
        const { correlationId } = request;
        events.emit(EventType.POPUP_OPENED, correlationId, InteractionType.Popup, { popupWindow: popup });
        const body = { type: "popup", id, request: startRequest(request, accounts.active()) };
        try {
            const url = await Promise.race([backend.start(body, correlationId), turn.lost]);
            if (popup.closed) {
                throw new BrowserAuthError("user_cancelled", correlationId);
            }
            const ask = () => backend.result(id, correlationId);
            return await converse(popup, turn, { id, url, ask, correlationId });
        } catch (error) {
            backend.cancel(id);
            throw error;
        }
    };

    const acquireTokenPopup = async (given) => {
        const request = withCorrelationId(given);
        const { popup, turn } = await open(request);
        try {
            return await observed(core, "acquireTokenPopup", InteractionType.Popup, request, async () => {
                const answer = await signIn(request, popup, turn);
                turn.release();
                return core.completed(answer, request);
            });
        } finally {
            turn.release();
            closePopup(popup);
        }
    };

    return { acquireTokenPopup, open, converse };
}
