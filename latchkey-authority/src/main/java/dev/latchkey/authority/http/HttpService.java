package dev.latchkey.authority.http;

import java.util.concurrent.CompletionStage;

/** Answers requests, perhaps later. */
@FunctionalInterface
public interface HttpService {
    /** The stage may complete on any thread; it never completes exceptionally on purpose. */
    CompletionStage<Reply> answer(Request request);
}
