package dev.latchkey.authority.status;

import dev.latchkey.authority.Faults;
import dev.latchkey.authority.VirtualClock;
import java.util.Optional;

/** What can be changed from the status page. */
public record Controls(Faults faults, Optional<VirtualClock> clock, Runnable reset) {}
