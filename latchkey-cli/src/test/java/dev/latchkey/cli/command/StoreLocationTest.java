package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StoreLocationTest {
    private static final Path HOME = Path.of("/people/alice");

    @Test
    void ofPerson_onEachSystem_isWhereStateBelongs() {
        assertThat(StoreLocation.ofPerson("Linux", HOME.toString(), Map.of()))
                .isEqualTo(HOME.resolve(".local/state/latchkey"));
        assertThat(StoreLocation.ofPerson("Linux", HOME.toString(), Map.of("XDG_STATE_HOME", "/state")))
                .isEqualTo(Path.of("/state/latchkey"));
        assertThat(StoreLocation.ofPerson("Linux", HOME.toString(), Map.of("XDG_STATE_HOME", "relative")))
                .isEqualTo(HOME.resolve(".local/state/latchkey"));
        assertThat(StoreLocation.ofPerson("Mac OS X", HOME.toString(), Map.of()))
                .isEqualTo(HOME.resolve("Library/Application Support/latchkey"));
        assertThat(StoreLocation.ofPerson("Windows 11", HOME.toString(), Map.of()))
                .isEqualTo(HOME.resolve("AppData/Local/latchkey"));
        assertThat(StoreLocation.ofPerson("Windows 11", HOME.toString(), Map.of("LOCALAPPDATA", "/local")))
                .isEqualTo(Path.of("/local/latchkey"));
    }
}
