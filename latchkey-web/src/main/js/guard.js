import { BrowserAuthError } from "./errors.js";
import { page } from "./page.js";

const refused = (correlationId) => new BrowserAuthError("interaction_in_progress", correlationId);
const cancelled = () => new BrowserAuthError("interaction_in_progress_cancelled", "");

/**
 * Permits one interaction at a time across all tabs. It is a Web Lock, so that the browser itself releases it when a
 * tab dies; without Web Locks (insecure origins) the guard covers this page only.
 */
export function createGuard(name, isAway) {
    let holder = null;

    const checkFree = (correlationId, override) => {
        if (!override && (holder || isAway())) {
            throw refused(correlationId);
        }
    };

    /** Throws before anything is opened if this tab is the busy one. */
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

    /** Resolves once no other tab blocks it; a newer interaction makes `lost` of this one reject. */
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
            // Taken over by a newer interaction, or locks are denied here, as they are to a sandboxed page.
            held.catch((error) => (error.name === "AbortError" ? mine.lose() : resolve()));
        });
    };

    return { claim, lock };
}
