package dev.latchkey.internal.loopback;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.authorize.EncodedResponse;
import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.interaction.ResultPage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the loopback redirect: which request is the response of the authority, which is a mistake, and which is
 * noise. Only the first response with the right state counts; after any other request the wait continues.
 *
 * <p>A response in the query is redirected at once to a clean address and held there, so that its code is neither in
 * the address bar nor behind the back button while it is redeemed. The browser's own records may still contain the
 * redirect, which only form_post avoids.
 */
final class AnswerGate {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Set<String> hosts;
    private final String path;
    private final String resultPath;
    private final LoopbackTiming timing;
    private final Deadlines deadlines;

    private @Nullable Expectation expectation;
    private @Nullable LoopbackAnswer answer;
    private ResponseMode answeredBy = ResponseMode.QUERY;
    private boolean closed;
    private boolean redirected;

    AnswerGate(int port, String path, LoopbackTiming timing, Deadlines deadlines) {
        String suffix = port == 80 ? "" : ":" + port;
        this.hosts = Set.of("localhost" + suffix, "127.0.0.1" + suffix, "[::1]" + suffix);
        this.path = path.isEmpty() ? "/" : path;
        this.resultPath = this.path.endsWith("/") ? this.path + "done" : this.path + "/done";
        this.timing = timing;
        this.deadlines = deadlines;
    }

    synchronized CompletableFuture<LoopbackAnswer> expect(String state, ResponseMode mode) {
        if (state.isEmpty() || mode == ResponseMode.FRAGMENT) {
            throw new IllegalArgumentException("a state is required, and the mode must be query or form_post");
        }
        if (expectation != null) {
            throw new IllegalStateException("a listener can wait for only one response");
        }
        Expectation expected = new Expectation(state, mode, new CompletableFuture<>());
        expectation = expected;
        if (closed) {
            expected.future.completeExceptionally(cancelled());
        }
        return expected.future;
    }

    /** Ends the wait with an error, unless a response has already arrived. */
    void fail(AuthException error) {
        Expectation expected = shut();
        if (expected != null) {
            expected.future.completeExceptionally(error);
        }
    }

    /**
     * Stops waiting; a page without an outcome becomes the neutral one.
     *
     * @return the response whose browser was redirected to the result but has not fetched it, or null
     */
    @Nullable
    LoopbackAnswer close() {
        fail(cancelled());
        synchronized (this) {
            if (answer != null) {
                answer.page().complete(ResultPage.ended());
            }
            return redirected ? answer : null;
        }
    }

    private synchronized @Nullable Expectation shut() {
        closed = true;
        return expectation;
    }

    Reply handle(LoopbackRequest request) {
        if (!hosts.contains(LowerCase.of(request.header("host")))) {
            return Reply.plain(400);
        }
        String allowed = formPostExpected() ? "GET, HEAD, POST" : "GET, HEAD";
        if (!Set.of(allowed.split(", ")).contains(request.method())) {
            return Reply.of(LoopbackResponse.notAllowed(allowed));
        }
        if (request.path().equals(resultPath)) {
            return result(request);
        }
        if (!request.path().equals(path)) {
            return request.path().equals("/favicon.ico") ? Reply.of(LoopbackResponse.empty(204)) : Reply.plain(404);
        }
        if (request.is("HEAD")) {
            return Reply.of(LoopbackResponse.empty(200));
        }
        return request.is("POST") ? posted(request) : inQuery(request.query());
    }

    private synchronized boolean formPostExpected() {
        return expectation != null && expectation.mode == ResponseMode.FORM_POST;
    }

    private synchronized Reply result(LoopbackRequest request) {
        if (answer == null || answeredBy != ResponseMode.QUERY) {
            return Reply.plain(404);
        }
        if (!request.is("GET")) {
            return Reply.of(LoopbackResponse.empty(200));
        }
        redirected = false;
        return Reply.held(answer);
    }

    private Reply posted(LoopbackRequest request) {
        if (!mediaType(request.header("content-type")).equalsIgnoreCase(FORM)) {
            return Reply.of(LoopbackResponse.unsupportedMediaType(FORM));
        }
        return request.query() == null ? answered(request.body(), ResponseMode.FORM_POST) : Reply.plain(400);
    }

    /** Without its parameters: some authorities name a charset, which this type does not have. */
    private static String mediaType(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip();
    }

    private Reply inQuery(@Nullable String query) {
        return query == null || query.isEmpty() ? Reply.plain(404) : answered(query, ResponseMode.QUERY);
    }

    private Reply answered(String encoded, ResponseMode way) {
        EncodedResponse response = EncodedResponse.of(encoded);
        return response.isReadable() ? judged(response.parameters(), way) : malformed(response);
    }

    /** From whoever knows the state it is the authority's answer: nothing better will come. */
    private synchronized Reply malformed(EncodedResponse response) {
        Expectation expected = expectation;
        if (expected == null || closed || answer != null || !expected.isFor(response.state())) {
            return Reply.page(400, ResultPage.notExpected());
        }
        return refused(expected, response.failure());
    }

    private synchronized Reply judged(Parameters parameters, ResponseMode way) {
        Expectation expected = expectation;
        if (expected == null || !expected.isFor(parameters.get("state"))) {
            return Reply.page(400, ResultPage.notExpected());
        }
        if (answer != null) {
            return Reply.page(410, ResultPage.alreadyUsed());
        }
        if (closed || expected.future.isDone()) {
            return Reply.page(410, ResultPage.ended());
        }
        boolean isError = parameters.get("error") != null && parameters.get("code") == null;
        return way == expected.mode || isError ? accepted(expected, parameters, way) : wrongWay(expected);
    }

    private Reply accepted(Expectation expected, Parameters parameters, ResponseMode way) {
        LoopbackAnswer accepted = new LoopbackAnswer(parameters);
        answer = accepted;
        answeredBy = way;
        keepTime(accepted);
        LoopbackThreads.start(() -> expected.future.complete(accepted));
        if (way == ResponseMode.FORM_POST) {
            return Reply.held(accepted);
        }
        redirected = true;
        return Reply.of(LoopbackResponse.seeOther(resultPath));
    }

    private void keepTime(LoopbackAnswer accepted) {
        Deadlines.Deadline deadline =
                deadlines.after(timing.answerTimeout(), () -> accepted.page().complete(ResultPage.ended()));
        var unused = accepted.page().thenRun(() -> {
            deadline.cancel();
            deadlines.after(timing.deliveryTimeout(), accepted::delivered);
        });
    }

    /** A code arrived by the wrong method: someone may have read it on the way, so the response is rejected. */
    private Reply wrongWay(Expectation expected) {
        return refused(
                expected,
                new ClientAuthException(
                        ErrorCodes.LOOPBACK_SERVER_QUERY_RESPONSE_NOT_SUPPORTED,
                        "the authority sent the response in the query although form_post was requested; "
                                + "the response was discarded"));
    }

    private Reply refused(Expectation expected, ClientAuthException error) {
        closed = true;
        LoopbackThreads.start(() -> expected.future.completeExceptionally(error));
        return Reply.page(400, ResultPage.of(error));
    }

    private static BrowserAuthException cancelled() {
        return new BrowserAuthException(ErrorCodes.USER_CANCELLED, "the wait for the browser's response was cancelled");
    }

    /** The expected response. */
    private record Expectation(String state, ResponseMode mode, CompletableFuture<LoopbackAnswer> future) {
        boolean isFor(@Nullable String candidate) {
            return candidate != null
                    && MessageDigest.isEqual(
                            state.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
        }
    }
}
