package dev.latchkey;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps the events, and the status that a user interface would make of them. */
final class Recorder implements Consumer<EventMessage> {
    private final List<EventMessage> events = new CopyOnWriteArrayList<>();
    private final List<InteractionStatus> statuses = new CopyOnWriteArrayList<>(List.of(InteractionStatus.NONE));

    static Recorder of(PublicClientApplication app) {
        Recorder recorder = new Recorder();
        app.addEventCallback(recorder);
        return recorder;
    }

    @Override
    public void accept(EventMessage event) {
        events.add(event);
        InteractionStatus last = statuses.get(statuses.size() - 1);
        InteractionStatus next = last.after(event);
        if (next != last) {
            statuses.add(next);
        }
    }

    List<EventMessage> events() {
        return events;
    }

    List<EventType> types() {
        return events.stream().map(EventMessage::eventType).toList();
    }

    List<InteractionStatus> statuses() {
        return statuses;
    }

    int count(EventType type) {
        return (int) types().stream().filter(type::equals).count();
    }
}
