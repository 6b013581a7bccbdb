import { now, page } from "./page.js";

const KEY = "latchkey.redirect";
/** After this time a redirect from which the user never returned no longer blocks this tab. */
const DEADLINE_MILLIS = 600000;

/** This tab's note that its user is away at the authority: the interaction's id and start time, nothing secret. */
export function createMarker() {
    let inMemory = null;

    const get = () => {
        try {
            const left = JSON.parse(page.sessionStorage.getItem(KEY));
            return left && typeof left.id === "string" ? left : null;
        } catch (unreadable) {
            return inMemory && JSON.parse(inMemory);
        }
    };

    const write = (left) => {
        inMemory = left && JSON.stringify(left);
        try {
            if (left) {
                page.sessionStorage.setItem(KEY, inMemory);
            } else {
                page.sessionStorage.removeItem(KEY);
            }
        } catch (forbidden) {
            // Without storage the user returns signed in, but this call's result is lost.
        }
    };

    return {
        get,
        set: (left) => write({ ...left, at: now() }),
        clear: () => write(null),
        /** The application navigates itself, or not at all: the answer is still wanted, but nothing waits for it. */
        abandon: () => {
            const left = get();
            if (left) {
                write({ ...left, at: 0 });
            }
        },
        isFresh: () => {
            const left = get();
            return !!left && Math.abs(now() - left.at) < DEADLINE_MILLIS;
        },
    };
}
