import { now } from "./page.js";

const MOST_ENTRIES = 100;

/** Access tokens in the memory of this page, and nowhere else in the browser. */
export function createTokens({ system }) {
    const entries = new Map();
    let generation = 0;

    /** The time until which a result is served: before its expiry, and before the server wants to renew it. */
    const servedFor = ({ result, serverTime }) => {
        const expiry = result.expiresOn ? result.expiresOn - system.tokenRenewalOffsetSeconds * 1000 : 0;
        return (result.refreshOn ? Math.min(expiry, +result.refreshOn) : expiry) - serverTime;
    };

    return {
        /** Changes with every sign-out: results requested before it must not be stored after it. */
        generation: () => generation,

        get: (key) => {
            const entry = entries.get(key);
            if (entry && now() >= entry.until) {
                entries.delete(key);
                return null;
            }
            return entry ? entry.result : null;
        },

        put: (key, answer, since) => {
            if (since !== generation || !answer.result.account || !answer.result.accessToken) {
                return;
            }
            entries.delete(key);
            entries.set(key, { result: answer.result, until: now() + servedFor(answer) });
            if (entries.size > MOST_ENTRIES) {
                entries.delete(entries.keys().next().value);
            }
        },

        clear: () => {
            generation++;
            entries.clear();
        },
    };
}
