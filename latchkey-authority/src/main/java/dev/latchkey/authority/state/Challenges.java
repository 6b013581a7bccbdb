package dev.latchkey.authority.state;

import dev.latchkey.authority.User;
import dev.latchkey.authority.memory.BoundedStore;
import java.time.Instant;
import java.util.Optional;

/** Since when APIs want fresh tokens of a person: continuous access evaluation. */
public final class Challenges {
    private static final int MAX_PEOPLE = 10_000;

    private final BoundedStore<Instant> since = new BoundedStore<>(MAX_PEOPLE);

    Challenges() {}

    /** From now on only tokens that answer a challenge of this instant or later are good. */
    public void challenge(User user, Instant instant) {
        since.put(user.id().toString(), instant);
    }

    public Optional<Instant> of(User user) {
        return since.get(user.id().toString());
    }

    void clear() {
        since.clear();
    }
}
