package dev.latchkey.integration.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.integration.documentation.MarkdownFile.CodeBlock;
import dev.latchkey.integration.house.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every {@code java} block of every Markdown file compiles: unchanged if a type begins at its left edge, otherwise
 * inside {@code documentation/Fragment.java.txt}. Blocks in other languages are ignored. Every link has a target, and
 * every file named in prose exists.
 */
final class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)\\s]*)?\\)");
    private static final Pattern JAVA_FILE = Pattern.compile("[\\w./-]*\\b\\w+\\.java\\b");
    private static final Pattern TEST_CLASS = Pattern.compile("`(\\w+Test)`");
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern PATH = Pattern.compile("(?:\\./)?(\\.?[\\w-]+(?:[./][\\w.-]+)*/?)(?: .*)?");

    private static List<JavaBlock> javaBlocks() {
        return MarkdownFile.all().stream()
                .flatMap(page -> page.java().stream())
                .map(JavaBlock::new)
                .toList();
    }

    private static List<MarkdownFile> pages() {
        return MarkdownFile.all();
    }

    @ParameterizedTest
    @MethodSource("javaBlocks")
    void javaBlock_ofAPage_compiles(JavaBlock block, @TempDir Path folder) {
        assertThat(block.compileTo(folder)).as(block.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_ofAPage_leadSomewhere(MarkdownFile page) {
        assertThat(found(LINK, page.prose()).filter(link -> !link.contains("://") && !link.startsWith("mailto:")))
                .allSatisfy(link -> assertThat(Checkout.root()
                                .resolve(page.file())
                                .resolveSibling(link)
                                .normalize())
                        .exists());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pathsInCodeSpans_ofAPage_exist(MarkdownFile page) {
        assertThat(found(CODE_SPAN, page.prose()).filter(DocumentationTest::looksLikeAPath))
                .allSatisfy(
                        path -> assertThat(Checkout.root().resolve(path(path))).exists());
    }

    @Test
    void javaFiles_namedInTheArchitecture_exist() {
        Stream<String> named = MarkdownFile.all().stream()
                .filter(page -> page.file().toString().equals("ARCHITECTURE.md"))
                .flatMap(page -> Stream.concat(
                        Stream.of(page.prose()), page.blocks().stream().map(CodeBlock::code)))
                .flatMap(text -> found(JAVA_FILE, text));

        assertThat(named).isNotEmpty().allSatisfy(name -> assertThat(Checkout.files())
                .anySatisfy(file -> assertThat("/" + file).endsWith("/" + name)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void testsNamed_onAPage_exist(MarkdownFile page) {
        assertThat(found(TEST_CLASS, page.prose())).allSatisfy(name -> assertThat(Checkout.files())
                .anySatisfy(file -> assertThat("/" + file).endsWith("/" + name + ".java")));
    }

    @Test
    void readme_firstJavaBlock_isAWholeProgram() {
        CodeBlock first = MarkdownFile.read(Path.of("README.md")).java().get(0);

        assertThat(new JavaBlock(first).typeName()).isPresent();
        assertThat(first.code()).contains("void main(String");
    }

    /** Begins with a source folder in the root, or with a command to run there. */
    private static boolean looksLikeAPath(String span) {
        if (!PATH.matcher(span).matches() || span.contains("://")) {
            return false;
        }
        String path = path(span);
        boolean rooted =
                path.contains("/") && Checkout.files().stream().anyMatch(file -> file.startsWith(path.split("/")[0]));
        return span.startsWith("./") || rooted;
    }

    private static String path(String span) {
        Matcher path = PATH.matcher(span);
        return path.matches() ? path.group(1) : span;
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.groupCount() == 0 ? result.group() : result.group(1));
    }
}
