package dev.latchkey.spring.metrics;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import java.util.Locale;

/**
 * How acquisitions are named: {@code latchkey.acquire}, with {@code outcome} (success, error), {@code error.code} (a
 * code, or none), {@code interaction} (silent) and {@code from.cache} (true, false). To change the names, extend it and
 * define a bean. Thread-safe.
 */
public class AcquireConvention implements ObservationConvention<AcquireContext> {
    private final KnownCodes codes = new KnownCodes();

    /** Creates the convention with the default names. */
    public AcquireConvention() {}

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof AcquireContext;
    }

    @Override
    public String getName() {
        return "latchkey.acquire";
    }

    @Override
    public String getContextualName(AcquireContext context) {
        return "acquire token";
    }

    /** Has no tag {@code error}, which meters set themselves. */
    @Override
    public KeyValues getLowCardinalityKeyValues(AcquireContext context) {
        return KeyValues.of(
                "outcome",
                context.errorCode().isPresent() ? "error" : "success",
                "error.code",
                context.errorCode().map(codes::bounded).orElse("none"),
                "interaction",
                context.interaction().name().toLowerCase(Locale.ROOT),
                "from.cache",
                String.valueOf(context.fromCache().orElse(false)));
    }
}
