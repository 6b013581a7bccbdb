/** The global object, clock and randomness. Looked up on use, because servers that render pages load this file too. */
export const page = globalThis;

export const inBrowser = () => !!page.document;

export const now = () => page.Date.now();

const randomBytes = () => page.crypto.getRandomValues(new Uint8Array(16));

/** 128 random bits in 22 characters: the id of an interaction. */
export const newId = () =>
    page
        .btoa(String.fromCharCode(...randomBytes()))
        .replace(/=/g, "")
        .replace(/\+/g, "-")
        .replace(/\//g, "_");

/** A version 4 UUID (RFC 9562, section 5.4); `crypto.randomUUID` is missing outside secure contexts. */
export function newGuid() {
    const bytes = randomBytes();
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

export const isInIframe = () => page.parent !== page.self;

/** A channel to the other pages of this origin; null if the browser has none. */
export function openChannel(name, onMessage) {
    if (!page.BroadcastChannel) {
        return null;
    }
    const channel = new page.BroadcastChannel(name);
    channel.onmessage = (event) => event.data && event.data.v === 1 && onMessage(event.data);
    return channel;
}
