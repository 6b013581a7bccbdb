package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForEachSuppressingTest {
    @Test
    void run_someFail_goesThroughAllAndThrowsTheFirstWithTheOthers() {
        List<String> done = new ArrayList<>();

        assertThatThrownBy(() -> ForEachSuppressing.run(List.of("a", "b", "c"), it -> {
                    done.add(it);
                    if (!it.equals("b")) {
                        throw new IllegalStateException(it);
                    }
                }))
                .hasMessage("a")
                .hasSuppressedException(new IllegalStateException("c"));
        assertThat(done).containsExactly("a", "b", "c");
        ForEachSuppressing.run(List.of("a"), done::add);
        assertThat(done).hasSize(4);
    }
}
