import { BrowserAuthError } from "./errors.js";
import { openChannel, page } from "./page.js";

const POLL_MILLIS = 1000;
const never = new Promise(() => {});

/**
 * Waits for the outcome of an interaction that runs in another window. Whatever happens there, the server is asked:
 * only it knows the state of the interaction, and it hands the result out once.
 *
 * <p>`watch` gets a function to call with an error when the window can no longer produce an answer; it returns a
 * function that stops watching. The error is thrown only if the server has no answer either.
 */
export async function awaitAnswer({ id, ask, watch, show, lost = never }) {
    const news = createNews();
    let isTold = false;
    const channel = openChannel("latchkey." + id, (message) => {
        isTold = isTold || message.id === id;
        news.tell();
    });
    const poll = channel ? null : page.setInterval(news.tell, POLL_MILLIS);
    const unwatch = watch(news.end, news.tell);
    try {
        show();
        for (;;) {
            const failure = await Promise.race([news.next(), lost]);
            const result = await ask(isTold);
            if (result) {
                return result;
            }
            if (failure) {
                throw failure;
            }
        }
    } finally {
        unwatch();
        page.clearInterval(poll);
        if (channel) {
            channel.close();
        }
    }
}

/** Holds one notification, so that none is missed while the server is being asked. */
function createNews() {
    let failure = null;
    let isNew = false;
    let wake = () => {};
    const tell = () => {
        isNew = true;
        wake();
    };
    return {
        tell,
        end: (error) => {
            failure = failure || error;
            tell();
        },
        next: async () => {
            if (!isNew) {
                await new Promise((resolve) => {
                    wake = resolve;
                });
            }
            isNew = false;
            return failure;
        },
    };
}

export const timedOut = (correlationId, subError) => new BrowserAuthError("timed_out", correlationId, subError);
