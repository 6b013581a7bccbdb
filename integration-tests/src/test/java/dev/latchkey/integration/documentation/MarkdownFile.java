package dev.latchkey.integration.documentation;

import dev.latchkey.integration.house.Checkout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, relative to the root, split into its fenced blocks and the prose around them. */
record MarkdownFile(Path file, String prose, List<CodeBlock> blocks) {
    private static final Pattern FENCE = Pattern.compile("( *)(`{3,})(.*)");

    /**
     * A fenced block.
     *
     * @param line the line where its code begins
     * @param language the first word after the fence; empty if there is none
     */
    record CodeBlock(Path file, int line, String language, String code) {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    static List<MarkdownFile> all() {
        return Checkout.files().stream()
                .filter(file -> file.toString().endsWith(".md"))
                .map(MarkdownFile::read)
                .toList();
    }

    static MarkdownFile read(Path file) {
        String text = Checkout.text(file).orElseThrow(() -> new AssertionError(file + " is not text"));
        return parse(file, text.lines().toList());
    }

    List<CodeBlock> java() {
        return blocks.stream().filter(block -> block.language.equals("java")).toList();
    }

    static MarkdownFile parse(Path file, List<String> lines) {
        StringBuilder prose = new StringBuilder();
        List<CodeBlock> blocks = new ArrayList<>();
        int next = 0;
        while (next < lines.size()) {
            Matcher fence = FENCE.matcher(lines.get(next++));
            if (!fence.matches()) {
                prose.append(lines.get(next - 1)).append('\n');
                continue;
            }
            int end = next;
            while (end < lines.size() && !closes(lines.get(end), fence.group(2))) {
                end++;
            }
            String language = fence.group(3).strip().split("\\s", 2)[0];
            String code = dedented(lines.subList(next, end), fence.group(1).length());
            blocks.add(new CodeBlock(file, next + 1, language, code));
            next = end + 1;
        }
        return new MarkdownFile(file, prose.toString(), blocks);
    }

    private static boolean closes(String line, String fence) {
        return line.strip().equals(fence);
    }

    private static String dedented(List<String> lines, int indent) {
        StringBuilder code = new StringBuilder();
        for (String line : lines) {
            boolean indented =
                    line.length() > indent && line.substring(0, indent).isBlank();
            code.append(indented ? line.substring(indent) : line).append('\n');
        }
        return code.toString();
    }
}
