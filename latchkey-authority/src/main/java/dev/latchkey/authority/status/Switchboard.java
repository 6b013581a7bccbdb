package dev.latchkey.authority.status;

import dev.latchkey.authority.ActiveFault;
import dev.latchkey.authority.Faults;
import java.util.HashMap;
import java.util.Map;

/** Which switches are on. What a test takes back is off here too. */
final class Switchboard {
    private final Map<String, ActiveFault> on = new HashMap<>();
    private final Faults faults;

    Switchboard(Faults faults) {
        this.faults = faults;
    }

    synchronized boolean isOn(FaultSwitch which) {
        ActiveFault fault = on.get(which.id());
        return fault != null && fault.isInForce();
    }

    synchronized void turn(FaultSwitch which, boolean wanted) {
        ActiveFault before = on.remove(which.id());
        if (before != null) {
            before.close();
        }
        if (wanted) {
            on.put(which.id(), which.script().apply(faults));
        }
    }
}
