package dev.latchkey.spring.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Records the acquisitions that ended. */
public final class RecordedAcquisitions implements ObservationHandler<AcquireContext> {
    public final Queue<AcquireContext> ended = new ConcurrentLinkedQueue<>();

    @Override
    public void onStop(AcquireContext context) {
        ended.add(context);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof AcquireContext;
    }
}
