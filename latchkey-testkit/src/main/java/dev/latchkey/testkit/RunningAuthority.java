package dev.latchkey.testkit;

import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.LocalAuthorityBuilder;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.authority.person.ScriptedPerson;
import java.util.Optional;
import java.util.function.Consumer;

/** An authority with its clock and scheduler. The test engine closes it. */
record RunningAuthority(LocalAuthority authority, VirtualClock clock, ManualScheduler scheduler)
        implements AutoCloseable {
    static RunningAuthority start(Consumer<LocalAuthorityBuilder> configuration) {
        VirtualClock clock = VirtualClock.atPresent();
        LocalAuthorityBuilder builder = LocalAuthority.builder().clock(clock);
        configuration.accept(builder);
        return new RunningAuthority(builder.start(), clock, ManualScheduler.on(clock));
    }

    void reset() {
        authority.reset();
        scheduler.forgetAll();
        clock.setTo(VirtualClock.atPresent().instant());
    }

    ScriptedPerson person(Optional<SignsInAs> who) {
        return authority.person(who.map(SignsInAs::value)
                .orElseGet(() -> authority.users().get(0).userName()));
    }

    @Override
    public void close() {
        authority.close();
    }
}
