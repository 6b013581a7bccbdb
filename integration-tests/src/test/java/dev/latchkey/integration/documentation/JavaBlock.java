package dev.latchkey.integration.documentation;

import dev.latchkey.integration.documentation.MarkdownFile.CodeBlock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java block: a whole file if a type begins at its left edge, otherwise a fragment to be put into the template. */
record JavaBlock(CodeBlock block) {
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:(?:public|abstract|final|sealed) )*(?:class|interface|record|enum) (\\w+)");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^public (?:(?:abstract|final|sealed) )*(?:class|interface|record|enum) (\\w+)");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;$");
    private static final String TEMPLATE = template();

    /** The type that the file would be named after; empty for a fragment. */
    Optional<String> typeName() {
        Matcher open = PUBLIC_TYPE.matcher(block.code());
        Matcher any = TYPE.matcher(block.code());
        if (open.find()) {
            return Optional.of(open.group(1));
        }
        return any.find() ? Optional.of(any.group(1)) : Optional.empty();
    }

    /** The compiler's errors; empty if the block compiles. */
    List<String> compileTo(Path folder) {
        Optional<String> name = typeName();
        if (name.isPresent()) {
            return SnippetCompiler.compile(name.get(), block.code(), folder);
        }
        List<String> againstStatements = SnippetCompiler.compile("Fragment", fragment("/*statements*/"), folder);
        if (againstStatements.isEmpty()
                || SnippetCompiler.compile("Fragment", fragment("/*members*/"), folder)
                        .isEmpty()) {
            return List.of();
        }
        return againstStatements;
    }

    @Override
    public String toString() {
        return block.toString();
    }

    private String fragment(String place) {
        StringBuilder imports = new StringBuilder();
        Matcher found = IMPORT.matcher(block.code());
        while (found.find()) {
            imports.append(found.group()).append('\n');
        }
        return TEMPLATE.replace("/*imports*/", imports)
                .replace(place, IMPORT.matcher(block.code()).replaceAll(""));
    }

    private static String template() {
        try (InputStream in = JavaBlock.class.getResourceAsStream("/documentation/Fragment.java.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
