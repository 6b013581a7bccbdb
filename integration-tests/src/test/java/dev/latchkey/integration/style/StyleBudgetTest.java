package dev.latchkey.integration.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The limits of the coding conventions; the table that it prints also shows the targets. */
final class StyleBudgetTest {
    private static final int MOST_METHOD_LINES = 40;
    private static final int MOST_FILE_LINES = 400;
    private static final int MOST_PARAMETERS = 5;
    private static final int MOST_TYPES = 30;

    /** Methods that may exceed the parameter limit, with the reason. */
    private static final Map<String, String> WIDE_ON_PURPOSE =
            Map.of("dev.latchkey.core.cache.Partition.new", "the whole of a value, made by its editor alone");

    private static final List<SourceFile> FILES = SourceScan.mainSources();

    @BeforeAll
    static void print() {
        System.out.println(StyleTable.of(FILES));
    }

    @Test
    void methods_all_areShort() {
        assertThat(methodsWhere(method -> method.lines() > MOST_METHOD_LINES)).isEmpty();
    }

    @Test
    void methods_all_takeFewParameters() {
        assertThat(methodsWhere(method -> method.parameters() > MOST_PARAMETERS))
                .containsExactlyInAnyOrderElementsOf(WIDE_ON_PURPOSE.keySet());
    }

    @Test
    void files_all_areShort() {
        assertThat(FILES.stream().filter(file -> file.lines() > MOST_FILE_LINES).map(SourceFile::file))
                .isEmpty();
    }

    @Test
    void packages_all_holdFewTypes() {
        assertThat(StyleTable.typesPerPackage(FILES))
                .allSatisfy((name, types) -> assertThat(types).as(name).isLessThanOrEqualTo(MOST_TYPES));
    }

    @Test
    void publicTypesMethodsAndConstants_ofExportedPackages_haveJavadoc() {
        assertThat(FILES.stream()
                        .flatMap(file -> file.undocumented().stream().map(name -> file.packageName() + "." + name)))
                .isEmpty();
    }

    private static Stream<String> methodsWhere(Predicate<SourceFile.Method> condition) {
        return FILES.stream().flatMap(file -> file.methods().stream()
                .filter(condition)
                .map(method -> file.packageName() + "." + method.name()));
    }
}
