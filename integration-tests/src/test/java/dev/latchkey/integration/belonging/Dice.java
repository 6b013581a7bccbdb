package dev.latchkey.integration.belonging;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All randomness of a sequence, from one seed. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        this.random = new Random(seed);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** One of the others in this percentage of cases, otherwise the first. */
    <T> T mostlyFirst(int percentOther, List<T> of) {
        return chance(percentOther) ? one(of) : of.get(0);
    }

    /** One of them in this percentage of cases, otherwise none. */
    <T> @Nullable T maybe(int percent, List<T> of) {
        return chance(percent) && !of.isEmpty() ? one(of) : null;
    }

    RandomGenerator random() {
        return random;
    }
}
