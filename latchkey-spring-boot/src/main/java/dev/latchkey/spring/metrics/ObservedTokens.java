package dev.latchkey.spring.metrics;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.InteractionType;
import dev.latchkey.SilentRequest;
import dev.latchkey.spring.http.TokenSource;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Observes the acquisitions of another source: each runs in an observation that is a child of the thread's current one
 * and ends before the token is passed on. Costs nothing if there is no observer. Thread-safe.
 */
public final class ObservedTokens implements TokenSource {
    private final TokenSource tokens;
    private final ObservationRegistry registry;
    private final AcquireConvention usual = new AcquireConvention();
    private final @Nullable AcquireConvention convention;

    /**
     * Observes acquisitions from this source.
     *
     * @param convention the naming convention; null for the registry's own convention, or the default names if it has
     *     none
     */
    public ObservedTokens(TokenSource tokens, ObservationRegistry registry, @Nullable AcquireConvention convention) {
        this.tokens = tokens;
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public Caller caller(Map<String, Object> attributes) {
        Caller caller = tokens.caller(attributes);
        return request -> registry.isNoop() ? caller.token(request) : observed(caller, request);
    }

    private CompletableFuture<AuthenticationResult> observed(Caller caller, SilentRequest request) {
        AcquireContext context = new AcquireContext(InteractionType.SILENT);
        Observation observation = Observation.createNotStarted(convention, usual, () -> context, registry)
                .start();
        CompletableFuture<AuthenticationResult> token = within(observation, caller, request);
        CompletableFuture<AuthenticationResult> handedOn = new CompletableFuture<>();
        var unused = token.whenComplete((result, error) -> {
            try {
                end(observation, context, result, error);
            } finally {
                handOn(handedOn, result, error);
            }
        });
        unused = handedOn.whenComplete((result, error) -> {
            if (error instanceof CancellationException) {
                token.cancel(true);
            }
        });
        return handedOn;
    }

    private static void handOn(
            CompletableFuture<AuthenticationResult> to,
            @Nullable AuthenticationResult result,
            @Nullable Throwable error) {
        if (error == null) {
            to.complete(result);
        } else {
            to.completeExceptionally(error);
        }
    }

    private static CompletableFuture<AuthenticationResult> within(
            Observation observation, Caller caller, SilentRequest request) {
        Observation.Scope scope = observation.openScope();
        try {
            return caller.token(request);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            scope.close();
        }
    }

    private static void end(
            Observation observation,
            AcquireContext context,
            @Nullable AuthenticationResult result,
            @Nullable Throwable error) {
        if (result != null) {
            context.acquired(result.fromCache());
        } else if (error != null) {
            context.failed(KnownCodes.of(error));
            observation.error(new AcquireFailure(KnownCodes.of(error)));
        }
        observation.stop();
    }

    /** Contains only the code: texts of authorities may name users, and traces are widely shared. */
    private static final class AcquireFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AcquireFailure(String code) {
            super(code, null, false, false);
        }
    }
}
