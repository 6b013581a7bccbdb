/** A minimal browser whose time moves only when a test moves it. */

/** Runs everything that can run without further input. */
export async function settle() {
    for (let turn = 0; turn < 20; turn++) {
        await new Promise((resolve) => setImmediate(resolve));
    }
}

export class Clock {
    time = Date.UTC(2026, 0, 1);
    timers = new Map();
    next = 1;

    set(callback, millis, every) {
        this.timers.set(this.next, { at: this.time + millis, callback, every });
        return this.next++;
    }

    async advance(millis) {
        const end = this.time + millis;
        await settle();
        for (;;) {
            const due = [...this.timers].filter(([, timer]) => timer.at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
            if (!due) {
                break;
            }
            const [id, timer] = due;
            this.time = timer.at;
            if (timer.every) {
                timer.at += timer.every;
            } else {
                this.timers.delete(id);
            }
            timer.callback();
            await settle();
        }
        this.time = end;
        await settle();
    }
}

/** The Web Locks of one origin, as far as the guard uses them. */
export class Locks {
    held = new Map();

    request(name, { ifAvailable, steal }, callback) {
        return new Promise((resolve, reject) => {
            setImmediate(() => {
                const holder = this.held.get(name);
                if (holder && ifAvailable) {
                    resolve(callback(null));
                    return;
                }
                if (holder && steal) {
                    holder.reject(Object.assign(new Error("stolen"), { name: "AbortError" }));
                }
                const mine = { reject };
                this.held.set(name, mine);
                Promise.resolve(callback({ name })).finally(() => {
                    if (this.held.get(name) === mine) {
                        this.held.delete(name);
                    }
                    resolve();
                });
            });
        });
    }
}

export function createChannels() {
    const open = new Set();
    const post = (name, data, sender) =>
        [...open]
            .filter((channel) => channel !== sender && channel.name === name)
            .forEach((channel) => setImmediate(() => open.has(channel) && channel.onmessage?.({ data })));
    class BroadcastChannel {
        constructor(name) {
            this.name = name;
            open.add(this);
        }
        postMessage(data) {
            post(this.name, data, this);
        }
        close() {
            open.delete(this);
        }
    }
    return { BroadcastChannel, post, open };
}

export class Popup {
    closed = false;
    address = "about:blank";
    isElsewhere = false;
    location = ((popup) => ({
        get href() {
            if (popup.isElsewhere) {
                throw new Error("SecurityError");
            }
            return popup.address;
        },
        replace(url) {
            popup.address = url;
        },
    }))(this);

    constructor(url, target, features) {
        Object.assign(this, { url, target, features });
    }
    focus() {}
    close() {
        this.closed = true;
    }
    /** The authority's page is shown. */
    arrive() {
        this.isElsewhere = true;
    }
    /** The page sends Cross-Origin-Opener-Policy: the window looks closed to its opener. */
    sever() {
        this.closed = true;
    }
}

export class Storage {
    items = new Map();
    getItem = (key) => this.items.get(key) ?? null;
    setItem = (key, value) => this.items.set(key, String(value));
    removeItem = (key) => this.items.delete(key);
}

export class Listeners {
    all = [];
    addEventListener = (type, listener) => this.all.push({ type, listener });
    removeEventListener = (type, listener) => {
        this.all = this.all.filter((entry) => entry.type !== type || entry.listener !== listener);
    };
    dispatch = (type, event = {}) =>
        this.all.filter((entry) => entry.type === type).forEach(({ listener }) => listener(event));
}
