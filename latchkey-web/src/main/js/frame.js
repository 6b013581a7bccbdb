import { timedOut } from "./answer.js";
import { page } from "./page.js";

/** A frame that is invisible and cannot be reached by keyboard. */
function createFrame(url) {
    const frame = page.document.createElement("iframe");
    frame.hidden = true;
    frame.tabIndex = -1;
    frame.title = "Sign-in";
    frame.setAttribute("aria-hidden", "true");
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms");
    frame.src = url;
    return frame;
}

/** Loads the authority's page in a hidden frame until it is stopped, for at most `timeout` milliseconds. */
export function hiddenFrame(url, { timeout, correlationId }) {
    const frame = createFrame(url);
    const show = () => page.document.body.appendChild(frame);
    const watch = (end) => {
        const late = () => end(timedOut(correlationId, "monitor_window_timeout"));
        // A frame that the page's own policy forbids never answers.
        const forbidden = (event) => /^(frame|child|default)-src/.test(event.effectiveDirective) && late();
        const timer = page.setTimeout(late, timeout);
        page.document.addEventListener("securitypolicyviolation", forbidden);
        return () => {
            page.clearTimeout(timer);
            page.document.removeEventListener("securitypolicyviolation", forbidden);
            frame.remove();
        };
    };
    return { show, watch };
}
