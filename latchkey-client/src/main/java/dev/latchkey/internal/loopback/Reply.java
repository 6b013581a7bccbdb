package dev.latchkey.internal.loopback;

import dev.latchkey.interaction.ResultPage;

/** What a request gets: a response, a page still to be put into words, or the page of an answer once it is decided. */
sealed interface Reply {
    /** At once. */
    record Immediate(LoopbackResponse response) implements Reply {}

    /** At once, in the application's words. */
    record Page(int status, ResultPage page) implements Reply {}

    /** When the application has said how it ended. */
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
