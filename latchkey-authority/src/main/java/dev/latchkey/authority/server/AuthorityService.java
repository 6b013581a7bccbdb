package dev.latchkey.authority.server;

import dev.latchkey.authority.CrossOriginOpenerPolicy;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.RecordedRequest;
import dev.latchkey.authority.http.HttpService;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.interference.Interference;
import dev.latchkey.authority.oauth.CrossOrigin;
import dev.latchkey.authority.page.Pages;
import dev.latchkey.authority.page.ScopeTexts;
import dev.latchkey.authority.problem.ErrorReport;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.SigningKeys;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Answers every request: finds the endpoint, turns errors into answers, records, adds the headers all answers have. */
public final class AuthorityService implements HttpService {
    private static final String CORRELATION_ID = "client-request-id";

    private final Site site;
    private final Pages pages;
    private final Interference interference;
    private final Dispatcher dispatcher;
    private final Recorder recorder;

    public AuthorityService(
            Site site, Stores stores, SigningKeys keys, Interference interference, Consumer<RecordedRequest> log) {
        this.site = site;
        this.interference = interference;
        this.pages = new Pages(new ScopeTexts(site.directory().apis()));
        this.dispatcher = new Dispatcher(site, stores, keys, pages);
        this.recorder = new Recorder(site, log);
    }

    @Override
    public CompletionStage<Reply> answer(Request request) {
        String correlationId = correlationId(request);
        Optional<Call> call = dispatcher.find(request, correlationId);
        if (call.isEmpty()) {
            Call nowhere = new Call(Endpoint.ASSET, Optional.empty(), request, correlationId);
            OAuthException failure = Problem.NOT_FOUND.because("there is nothing at " + request.path());
            return CompletableFuture.completedFuture(error(nowhere, failure));
        }
        return answer(call.get());
    }

    private CompletionStage<Reply> answer(Call call) {
        AtomicReference<String> error = new AtomicReference<>("");
        return interference.around(call.incoming(), () -> work(call, error)).thenApply(reply -> {
            recorder.record(call.endpoint(), call.request(), reply, Objects.requireNonNullElse(error.get(), ""));
            return reply;
        });
    }

    private Reply work(Call call, AtomicReference<String> error) {
        Reply reply;
        try {
            reply = dispatcher.dispatch(call);
        } catch (OAuthException failure) {
            reply = error(call, failure);
            error.set(failure.problem().error());
        }
        return CrossOrigin.allow(site.directory().clients(), call.request(), isolated(call, reply))
                .header(CORRELATION_ID, call.correlationId())
                .header("x-ms-request-id", site.entropy().uuid().toString());
    }

    private Reply isolated(Call call, Reply reply) {
        Optional<CrossOriginOpenerPolicy> policy = site.settings().browser().openerPolicy();
        return policy.isEmpty() || !call.endpoint().facesPeople()
                ? reply
                : reply.header("Cross-Origin-Opener-Policy", policy.get().value());
    }

    private Reply error(Call call, OAuthException failure) {
        ErrorReport report = new ErrorReport(
                failure, site.now(), call.correlationId(), site.entropy().uuid().toString());
        int status = failure.problem().status();
        if (call.endpoint().facesPeople()) {
            return pages.error(status, report, call.dialect());
        }
        Reply reply = Reply.json(status, report.asJson(call.dialect()));
        if (failure.problem() == Problem.METHOD_NOT_ALLOWED) {
            return reply.header("Allow", String.join(", ", Dispatcher.methods(call.endpoint())));
        }
        if (failure.problem() == Problem.DPOP_NONCE_NEEDED) {
            return reply.header("DPoP-Nonce", dispatcher.dpopNonce());
        }
        boolean challenge =
                status == 401 && call.request().header("authorization").isPresent();
        return challenge ? reply.header("WWW-Authenticate", "Basic realm=\"token\"") : reply;
    }

    private String correlationId(Request request) {
        return request.header(CORRELATION_ID)
                .or(() -> request.parameters().get(CORRELATION_ID))
                .filter(id -> id.matches("[A-Za-z0-9-]{1,64}"))
                .orElseGet(() -> site.entropy().uuid().toString());
    }
}
