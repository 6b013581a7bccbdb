import { EventType, version } from "./constants.js";
import { newGuid, now } from "./page.js";

/** Callbacks that receive the duration and outcome of each call. */
export function createMeasurements({ auth, telemetry }) {
    const callbacks = new Map();
    return {
        add: (callback) => {
            const id = newGuid();
            callbacks.set(id, callback);
            return id;
        },
        remove: (id) => callbacks.delete(id),
        report: (name, correlationId, startTimeMs, outcome) => {
            const event = {
                eventId: newGuid(),
                name,
                correlationId,
                startTimeMs,
                durationMs: now() - startTimeMs,
                status: 2,
                clientId: auth.clientId,
                authority: auth.authority,
                libraryName: "latchkey.js",
                libraryVersion: version,
                ...telemetry.application,
                ...outcome,
            };
            callbacks.forEach((callback) => {
                try {
                    callback([event]);
                } catch (thrown) {
                    // A failing measurement callback must not affect the call.
                }
            });
        },
    };
}

const failureOf = ({ errorCode, subError, name }) => ({
    success: false,
    errorCode: errorCode || name,
    subErrorCode: subError,
});

/** Runs a call that acquires a token, and emits its start and end events. */
export async function observed(core, name, interactionType, request, action) {
    const { accounts, events, measurements } = core;
    const { correlationId } = request;
    const [started, countBefore] = [now(), accounts.all().length];
    events.emit(EventType.ACQUIRE_TOKEN_START, correlationId, interactionType, request);
    try {
        const result = await action();
        events.emit(EventType.ACQUIRE_TOKEN_SUCCESS, correlationId, interactionType, result);
        if (accounts.all().length > countBefore) {
            events.emit(EventType.LOGIN_SUCCESS, correlationId, interactionType, result.account);
        }
        measurements.report(name, correlationId, started, { success: true, fromCache: result.fromCache });
        return result;
    } catch (error) {
        events.emit(EventType.ACQUIRE_TOKEN_FAILURE, correlationId, interactionType, null, error);
        measurements.report(name, correlationId, started, failureOf(error));
        throw error;
    }
}
