import { EventType, InteractionStatus, InteractionType } from "./constants.js";
import { newGuid, now } from "./page.js";

/** Notifies the page's callbacks of events, in order; a callback that throws is logged and affects no other. */
export function createEvents(logger) {
    const callbacks = new Map();

    const add = (callback, eventTypes) => {
        const id = newGuid();
        callbacks.set(id, [callback, eventTypes || []]);
        return id;
    };

    const emit = (eventType, correlationId, interactionType = null, payload = null, error = null) => {
        const message = { eventType, interactionType, payload, error, correlationId, timestamp: now() };
        for (const [callback, eventTypes] of [...callbacks.values()]) {
            if (!eventTypes.length || eventTypes.includes(eventType)) {
                try {
                    callback(message);
                } catch (thrown) {
                    logger().error("An event callback threw: " + thrown, correlationId);
                }
            }
        }
    };

    return { add, emit, remove: (id) => callbacks.delete(id) };
}

const isInteractive = (message) =>
    message.interactionType === InteractionType.Redirect || message.interactionType === InteractionType.Popup;

/** `ended`, unless a different interaction is in progress. */
const noneIf = (ended, current) => (current && current !== ended ? null : InteractionStatus.None);

export class EventMessageUtils {
    /** The status to which an event leads; null if it changes nothing. */
    static getInteractionStatusFromEvent(message, currentStatus) {
        switch (message.eventType) {
            case EventType.ACQUIRE_TOKEN_START:
                return isInteractive(message) ? InteractionStatus.AcquireToken : null;
            case EventType.HANDLE_REDIRECT_START:
                return InteractionStatus.HandleRedirect;
            case EventType.LOGOUT_START:
                return InteractionStatus.Logout;
            case EventType.HANDLE_REDIRECT_END:
                return noneIf(InteractionStatus.HandleRedirect, currentStatus);
            case EventType.LOGOUT_END:
                return noneIf(InteractionStatus.Logout, currentStatus);
            case EventType.ACQUIRE_TOKEN_SUCCESS:
            case EventType.ACQUIRE_TOKEN_FAILURE:
            case EventType.RESTORE_FROM_BFCACHE:
                return isInteractive(message) ? noneIf(InteractionStatus.AcquireToken, currentStatus) : null;
            default:
                return null;
        }
    }
}
