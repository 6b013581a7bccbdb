package dev.latchkey.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.error.ErrorCodes;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/errors.md explains every code of ours, once, and none that is not. */
class ErrorsTableTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_]+)` \\|[^|]+\\|[^|]+\\|$", Pattern.MULTILINE);

    @Test
    void codes_all_areExplained() throws Exception {
        List<String> explained = ROW.matcher(Files.readString(Path.of("..", "docs", "errors.md")))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(explained).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(codes());
    }

    private static List<String> codes() {
        return Arrays.stream(ErrorCodes.class.getFields())
                .map(ErrorsTableTest::value)
                .toList();
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
