package dev.latchkey.integration.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that the documentation tests find the mistakes they look for. */
final class JavaBlockTest {
    @TempDir
    private Path folder;

    @Test
    void statements_withOwnImportAndTheTemplatesVariables_compile() {
        assertThat(errors("import java.util.stream.Stream;", "Stream.of(app.blocking().accounts());"))
                .isEmpty();
    }

    @Test
    void variable_ofTheTemplate_mayBeDeclaredAnew() {
        assertThat(errors("var app = PublicClientApplication.builder(\"id\").build();"))
                .isEmpty();
    }

    @Test
    void methods_ofAClass_compile() {
        assertThat(errors("String header() {", "    return result.authorizationHeader();", "}"))
                .isEmpty();
    }

    @Test
    void wholeFile_withoutItsImports_isRefused() {
        assertThat(errors("class Program {", "    PublicClientApplication app;", "}"))
                .hasSize(1);
    }

    @Test
    void method_thatDoesNotExist_isNamedWithItsLine() {
        assertThat(errors("app.acquireTokenMagically();"))
                .singleElement()
                .asString()
                .startsWith("line ")
                .contains("acquireTokenMagically");
    }

    @Test
    void type_thatIsNotExported_isRefused() {
        assertThat(errors("dev.latchkey.internal.Engine engine = null;")).isNotEmpty();
    }

    @Test
    void blocks_ofOtherLanguages_areNotJava() {
        MarkdownFile page = MarkdownFile.parse(
                Path.of("page.md"),
                List.of("Prose", "```text", "not Java", "```", "- item", "  ```java", "  int i = 1;", "  ```", "more"));

        assertThat(page.java()).singleElement().satisfies(block -> {
            assertThat(block.code()).isEqualTo("int i = 1;\n");
            assertThat(block.line()).isEqualTo(7);
        });
        assertThat(page.prose()).isEqualTo("Prose\n- item\nmore\n");
    }

    private List<String> errors(String... lines) {
        String code = String.join("\n", lines) + "\n";
        return new JavaBlock(new MarkdownFile.CodeBlock(Path.of("page.md"), 1, "java", code)).compileTo(folder);
    }
}
