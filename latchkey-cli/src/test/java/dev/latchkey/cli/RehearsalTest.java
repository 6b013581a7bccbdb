package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.command.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void run_goesAllTheWayOfACachedToken() throws IOException {
        assertThat(Rehearsal.run()).isEqualTo(ExitCode.OK.code());
    }
}
