package dev.latchkey.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WarmUpTest {
    @Test
    void warmUp_givesTheLongestTaskAwayAndDoesNotFail() {
        List<Runnable> tasks = new ArrayList<>();

        PartitionSealer.warmUp(tasks::add);

        assertThat(tasks).hasSize(1);
        assertThatCode(() -> tasks.forEach(Runnable::run)).doesNotThrowAnyException();
    }
}
