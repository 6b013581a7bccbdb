package dev.latchkey.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.InteractionType;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.spring.http.TokenSource;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Failures, parents and ends; successes are tested in a whole application. */
final class ObservedTokensTest {
    private static final SilentRequest REQUEST =
            SilentRequest.builder(Scopes.of("User.Read")).build();

    private final ObservationRegistry registry = ObservationRegistry.create();
    private final RecordedAcquisitions acquisitions = new RecordedAcquisitions();
    private final CompletableFuture<AuthenticationResult> answer = new CompletableFuture<>();

    private AcquireConvention convention;

    private CompletableFuture<AuthenticationResult> token(TokenSource.Caller caller) {
        return new ObservedTokens(attributes -> caller, registry, convention)
                .caller(Map.of())
                .token(REQUEST);
    }

    @Test
    void acquisition_thatFails_saysTheCodeAndNoMore() {
        registry.observationConfig().observationHandler(acquisitions);

        CompletableFuture<AuthenticationResult> token = token(request -> answer);
        assertThat(acquisitions.ended).as("under way").isEmpty();
        answer.completeExceptionally(new NetworkException("network_error", "alice@contoso.example cannot be reached"));

        assertThatThrownBy(token::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(NetworkException.class);
        AcquireContext context = acquisitions.ended.remove();
        assertThat(context.getLowCardinalityKeyValues())
                .containsExactlyInAnyOrder(
                        KeyValue.of("outcome", "error"),
                        KeyValue.of("error.code", "network_error"),
                        KeyValue.of("interaction", "silent"),
                        KeyValue.of("from.cache", "false"));
        assertThat(context.getHighCardinalityKeyValues()).isEmpty();
        assertThat(context.getError()).hasMessage("network_error").hasNoCause();
    }

    @Test
    void acquisition_whoseSourceThrows_endsAsWell() {
        registry.observationConfig().observationHandler(acquisitions);

        CompletableFuture<AuthenticationResult> token = token(request -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(token).isCompletedExceptionally();
        assertThat(acquisitions.ended.remove().errorCode()).contains("unexpected_error");
    }

    @Test
    void acquisition_withinAnObservation_isItsChildAndTheParentOfWhatItDoes() {
        registry.observationConfig().observationHandler(acquisitions);
        Observation page = Observation.start("page", registry);
        Observation[] during = new Observation[1];

        page.scoped(() -> token(request -> {
            during[0] = registry.getCurrentObservation();
            return answer;
        }));
        answer.completeExceptionally(new NetworkException("network_error", "no route"));

        AcquireContext context = acquisitions.ended.remove();
        assertThat(context.getParentObservation()).isSameAs(page);
        assertThat(during[0].getContext()).isSameAs(context);
        assertThat(registry.getCurrentObservation()).isNull();
    }

    @Test
    void acquisition_thatTheCallerGivesUp_isGivenUp() {
        registry.observationConfig().observationHandler(acquisitions);

        token(request -> answer).cancel(true);

        assertThat(answer).isCancelled();
        assertThat(acquisitions.ended).hasSize(1);
    }

    @Test
    void acquisition_thatNobodyObserves_isTheSourcesOwn() {
        assertThat(token(request -> answer)).isSameAs(answer);
    }

    @Test
    void acquisition_withAConventionOfTheProgram_hasItsNames() {
        registry.observationConfig().observationHandler(acquisitions);
        convention = new AcquireConvention() {
            @Override
            public String getName() {
                return "shop.token";
            }
        };

        answer.completeExceptionally(new NetworkException("network_error", "no route"));
        token(request -> answer);

        assertThat(acquisitions.ended.remove().getName()).isEqualTo("shop.token");
    }

    @Test
    void meters_ofObservations_haveTheCodeBesideTheirOwnTag() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));

        answer.completeExceptionally(new NetworkException("network_error", "no route"));
        token(request -> answer);

        assertThat(meters.get("latchkey.acquire")
                        .tags("error.code", "network_error", "error", "AcquireFailure")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void codes_moreThanOneCanWatch_areOther() {
        AcquireConvention convention = new AcquireConvention();
        AcquireContext context = new AcquireContext(InteractionType.SILENT);
        for (int i = 0; i < 101; i++) {
            context.failed("made_up_" + i);
            convention.getLowCardinalityKeyValues(context);
        }

        assertThat(convention.getLowCardinalityKeyValues(context)).contains(KeyValue.of("error.code", "other"));
    }
}
