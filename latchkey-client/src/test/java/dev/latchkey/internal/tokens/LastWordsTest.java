package dev.latchkey.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What runs when the process ends is arranged while there is something to say, once, and taken back after. */
class LastWordsTest {
    private final List<Thread> hooks = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private boolean processEnds;
    private final LastWords words = new LastWords(
            () -> said.add("lost"),
            hook -> unlessItEnds(() -> hooks.add(hook)),
            hook -> unlessItEnds(() -> hooks.remove(hook)));

    @Test
    void arranged_again_isArrangedOnce() {
        words.arrange();
        words.arrange();

        assertThat(hooks).hasSize(1);
        hooks.get(0).run();
        assertThat(said).containsExactly("lost");
    }

    @Test
    void cancelled_isTakenBack_andMayBeArrangedAgain() {
        words.cancel();
        words.arrange();
        words.cancel();
        assertThat(hooks).isEmpty();
        words.cancel();

        words.arrange();
        assertThat(hooks).hasSize(1);
    }

    @Test
    void processEnds_isLeftAsItIs() {
        processEnds = true;
        words.arrange();
        assertThat(hooks).isEmpty();

        processEnds = false;
        words.arrange();
        processEnds = true;
        words.cancel();
        assertThat(hooks).hasSize(1);
    }

    private void unlessItEnds(Runnable change) {
        if (processEnds) {
            throw new IllegalStateException("Shutdown in progress");
        }
        change.run();
    }
}
