package dev.latchkey.internal.loopback;

import dev.latchkey.interaction.ResultPage;

/**
 * The reply to a request: a response, a page still to be rendered, or the page of a response whose outcome is pending.
 */
sealed interface Reply {
    /** Sent at once. */
    record Immediate(LoopbackResponse response) implements Reply {}

    /** Sent at once, with the application's texts. */
    record Page(int status, ResultPage page) implements Reply {}

    /** Sent once the application has supplied the outcome. */
    record Held(LoopbackAnswer answer) implements Reply {}

    static Reply of(LoopbackResponse response) {
        return new Immediate(response);
    }

    static Reply plain(int status) {
        return new Immediate(LoopbackResponse.plain(status));
    }

    static Reply page(int status, ResultPage page) {
        return new Page(status, page);
    }

    static Reply held(LoopbackAnswer answer) {
        return new Held(answer);
    }
}
