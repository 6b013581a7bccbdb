package dev.latchkey.authority;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Time that moves only when told to. Share one with the client under test. Thread-safe. */
public final class VirtualClock implements InstantSource {
    private final List<Alarm> alarms = new CopyOnWriteArrayList<>();
    private Instant now;

    private VirtualClock(Instant start) {
        this.now = start;
    }

    /** A clock standing at an instant. */
    public static VirtualClock at(Instant start) {
        return new VirtualClock(start);
    }

    /** A clock standing at the machine's present second. */
    public static VirtualClock atPresent() {
        return new VirtualClock(
                Instant.ofEpochSecond(InstantSource.system().instant().getEpochSecond()));
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves time; backwards too, for a clock that was set. */
    public void advance(Duration step) {
        synchronized (this) {
            now = now.plus(step);
        }
        ring();
    }

    /** Sets time. */
    public void setTo(Instant instant) {
        synchronized (this) {
            now = instant;
        }
        ring();
    }

    /**
     * Runs something once the clock stands at an instant or later, on the thread that moves it; at once if it does.
     * Where the clock passes several instants in one step, the order is theirs.
     */
    public void onReaching(Instant instant, Runnable action) {
        alarms.add(new Alarm(instant, action));
        ring();
    }

    @Override
    public String toString() {
        return "VirtualClock[" + instant() + "]";
    }

    private void ring() {
        Instant present = instant();
        List<Alarm> due = alarms.stream()
                .filter(alarm -> !alarm.at().isAfter(present))
                .sorted(Comparator.comparing(Alarm::at))
                .toList();
        due.stream().filter(alarms::remove).forEach(alarm -> alarm.action().run());
    }

    private record Alarm(Instant at, Runnable action) {}
}
