import { EventType } from "./constants.js";
import { conditions, matches } from "./filter.js";
import { newGuid, openChannel } from "./page.js";
import { refOf } from "./requests.js";

const sameRef = (a, b) => !!a && !!b && JSON.stringify(refOf(a)) === JSON.stringify(refOf(b));

/** The accounts signed in to this session, as last reported by the server; read synchronously. */
export function createAccounts({ backend, tokens, events, logger }) {
    let all = [];
    let active = null;
    let loaded = false;
    let activePosts = Promise.resolve();
    let activePending = 0;
    let channel = null;

    const find = (ref) => all.find((account) => sameRef(account, ref)) || null;

    const emit = (type, account = null) => events.emit(type, newGuid(), null, account);

    const tellOthers = () => channel && channel.postMessage({ v: 1 });

    const take = ({ accounts, activeAccount }) => {
        if (all.some((account) => !accounts.some((other) => sameRef(account, other)))) {
            tokens.clear();
        }
        all = accounts;
        loaded = true;
        // The server does not know yet which account was chosen here.
        if (!activePending) {
            active = activeAccount;
        }
    };

    const read = async () => take(await backend.session());

    /** Reads again after a change made elsewhere, and reports what changed. */
    const readOthersChange = async () => {
        const [before, activeBefore] = [all, find(active)];
        await read();
        const added = all.filter((account) => !before.some((other) => sameRef(account, other)));
        const removed = before.filter((account) => !all.some((other) => sameRef(account, other)));
        added.forEach((account) => emit(EventType.LOGIN_SUCCESS, account));
        removed.forEach((account) => emit(EventType.LOGOUT_SUCCESS, account));
        if (!sameRef(activeBefore, find(active)) && (activeBefore || find(active))) {
            emit(EventType.ACTIVE_ACCOUNT_CHANGED);
        }
    };

    const warn = (what, error) => logger().warning(what + " failed: " + error.errorCode, error.correlationId);

    const quietly = (promise) => promise.catch((error) => warn("Reading the session", error));

    const postActive = async (ref) => {
        try {
            const session = await backend.active(ref);
            activePending--;
            take(session);
            tellOthers();
        } catch (error) {
            activePending--;
            warn("Storing the active account", error);
        }
    };

    return {
        all: (filter) => all.filter((account) => matches(account, filter)),

        first: (filter) => (conditions(filter).length && all.find((account) => matches(account, filter))) || null,

        active: () => find(active),

        /** The account for silent calls that name none: the active account, otherwise the only one. */
        assumed: () => find(active) || (all.length === 1 ? all[0] : null),

        setActive: (account) => {
            const ref = account ? refOf(account) : null;
            const changed = !sameRef(ref, active) && !!(ref || active);
            active = ref;
            activePending++;
            // In order, so that the last choice wins on the server too.
            activePosts = activePosts.then(() => postActive(ref));
            if (changed) {
                emit(EventType.ACTIVE_ACCOUNT_CHANGED);
            }
        },

        /** Reads the session if that has not been possible so far. */
        ensure: () => (loaded ? Promise.resolve() : quietly(read())),

        /** Records a sign-in through this page. */
        signedIn: async (account) => {
            const wasRead = await quietly(read().then(() => true));
            // The server's view of the session counts; the account of the result is used only if the server cannot be
            // reached.
            if (!wasRead && account && !find(account)) {
                all = [...all, account];
            }
            tellOthers();
        },

        /** Records a sign-out through this page, of one account or all. */
        signedOut: (account) => {
            all = account ? all.filter((other) => other.homeAccountId !== account.homeAccountId) : [];
            active = find(active) && active;
            tokens.clear();
            tellOthers();
        },

        clear: async (account) => {
            take(await backend.clear(account ? refOf(account) : undefined));
            tokens.clear();
            tellOthers();
        },

        refresh: () => quietly(readOthersChange()),

        listen: () => {
            channel = channel || openChannel("latchkey.accounts", () => quietly(readOthersChange()));
        },
    };
}
