package dev.latchkey.authority.status;

import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.state.Stores;
import java.time.Duration;
import java.util.Optional;

/** Does what the forms of the status page ask. */
final class StatusForms {
    private static final int MAX_DIGITS = 9;

    private final Stores stores;
    private final Controls controls;
    private final Switchboard switchboard;

    StatusForms(Stores stores, Controls controls, Switchboard switchboard) {
        this.stores = stores;
        this.controls = controls;
        this.switchboard = switchboard;
    }

    /** False if the form asks for nothing known. */
    boolean submit(Params form) {
        return switch (form.get("action").orElse("")) {
            case "fault-on" -> turn(form, true);
            case "fault-off" -> turn(form, false);
            case "sign-out" -> signOut(form);
            case "advance" -> advance(form);
            case "reset" -> {
                controls.reset().run();
                yield true;
            }
            default -> false;
        };
    }

    private boolean turn(Params form, boolean on) {
        Optional<FaultSwitch> which = form.get("fault").flatMap(FaultSwitch::of);
        which.ifPresent(fault -> switchboard.turn(fault, on));
        return which.isPresent();
    }

    private boolean signOut(Params form) {
        Optional<String> session = form.get("session");
        session.ifPresent(id ->
                stores.sessions().signOutEverywhere(person -> person.sessionId().equals(id)));
        return session.isPresent();
    }

    private boolean advance(Params form) {
        Optional<Duration> step = form.get("minutes")
                .filter(text -> text.matches("\\d{1," + MAX_DIGITS + "}"))
                .map(text -> Duration.ofMinutes(Long.parseLong(text)));
        if (step.isEmpty() || controls.clock().isEmpty()) {
            return false;
        }
        controls.clock().get().advance(step.get());
        return true;
    }
}
