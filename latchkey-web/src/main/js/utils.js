import { inBrowser, isInIframe, newGuid, page } from "./page.js";

/** The helpers that wrappers call. */
export const BrowserUtils = {
    createGuid: newGuid,
    isInIframe,
    isInPopup: () => !!page.opener && page.opener !== page.window,
    getCurrentUri: () => (inBrowser() ? page.location.href.split(/[?#]/)[0] : ""),
    getHomepage: () => page.location.origin + "/",
    /** The page that answers in a frame is the server's own: there is nothing to block. */
    blockReloadInHiddenIframes: () => {},
};
