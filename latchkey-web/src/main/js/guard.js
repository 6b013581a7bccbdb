import { BrowserAuthError } from "./errors.js";
import { page } from "./page.js";

const refused = (correlationId) => new BrowserAuthError("interaction_in_progress", correlationId);
const cancelled = () => new BrowserAuthError("interaction_in_progress_cancelled", "");

/**
 * One interaction at a time in all tabs. A Web Lock, so that the browser itself frees it when a tab dies; where there
 * are none (an insecure origin) the guard holds for this page alone.
 */
export function createGuard(name, isAway) {
    let holder = null;

    const checkFree = (correlationId, override) => {
        if (!override && (holder || isAway())) {
            throw refused(correlationId);
        }
    };

    /** Says no before anything is opened, where this tab is the one that is busy. */
    const claim = (correlationId, override) => {
        checkFree(correlationId, override);
        const previous = holder;
        const mine = {};
        mine.lost = new Promise((resolve, reject) => {
            mine.lose = () => reject(cancelled());
        });
        mine.lost.catch(() => {});
        mine.over = new Promise((resolve) => {
            mine.release = () => {
                holder = holder === mine ? null : holder;
                resolve();
            };
        });
        holder = mine;
        if (previous) {
            previous.lose();
        }
        return mine;
    };

    /** Resolves once no other tab is in the way; a newer interaction makes `lost` of this one fail. */
    const lock = (mine, correlationId, override) => {
        const locks = page.navigator.locks;
        if (!locks) {
            return Promise.resolve();
        }
        return new Promise((resolve, reject) => {
            const held = locks.request(name, override ? { steal: true } : { ifAvailable: true }, (granted) => {
                if (!granted) {
                    reject(refused(correlationId));
                    return null;
                }
                resolve();
                return mine.over;
            });
            // Taken away by a newer interaction; or locks are denied here, as to a sandboxed page.
            held.catch((error) => (error.name === "AbortError" ? mine.lose() : resolve()));
        });
    };

    return { claim, lock };
}
