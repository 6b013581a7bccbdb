package dev.latchkey.integration.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A text that is expensive for a careless parser.
 *
 * @param name for messages
 * @param text the whole text
 * @param words its parts, for parameters that take many short texts
 */
record HostileText(String name, String text, List<String> words) {
    private static final int WORD = 16;

    private HostileText(String name, String text) {
        this(
                name,
                text,
                IntStream.range(0, text.length() / WORD)
                        .mapToObj(i -> text.substring(i * WORD, (i + 1) * WORD))
                        .toList());
    }

    /** One text of each kind, of about this many characters. */
    static List<HostileText> ofLength(int length) {
        List<HostileText> texts = new ArrayList<>();
        for (char c = 0x20; c <= 0x7f; c++) {
            if (!Character.isLetterOrDigit(c) || c == '0' || c == 'A') {
                texts.add(repeated("" + c, length));
            }
        }
        Stream.of(
                        "\t",
                        "\r\n",
                        "\u0000",
                        "\u00a0",
                        "\u2028",
                        "\u0130",
                        "\u03a3",
                        "\u0315\u0316",
                        "\ud83d\ude00",
                        "\ud800",
                        "\udc00",
                        "\u202e",
                        "%41",
                        "%zz",
                        "&amp;",
                        "a=b&",
                        "a.",
                        "/a",
                        "://",
                        "a://",
                        "//@",
                        "[]",
                        "{}",
                        "()",
                        "{\"a\":",
                        "[[",
                        "\"a\",",
                        "\\\"",
                        "a, ",
                        "Bearer ",
                        "{tenantid}",
                        "AaBB",
                        "<a",
                        "-1",
                        "9e9")
                .forEach(part -> texts.add(repeated(part, length)));
        for (String prefix : List.of("a://", "https://", "https://h/", "https://h/?", "https://[", "127.", "/", "{")) {
            for (String part : List.of("/", "a", ".", ":", "@", "%", "\u03a3", "/a")) {
                texts.add(new HostileText(prefix + part + "...!", prefix + part.repeat(length / part.length()) + "!"));
            }
        }
        texts.add(marks(length));
        texts.add(equalHashes(length));
        return texts;
    }

    private static HostileText repeated(String part, int length) {
        return new HostileText(part + "...", part.repeat(length / part.length()));
    }

    /** Every mark of the second half sorts before each of the first: normalizing the order can take quadratic time. */
    private static HostileText marks(int length) {
        return new HostileText("marks", "https://h/" + "\u0315".repeat(length / 2) + "\u0316".repeat(length / 2));
    }

    /** Words with the same hash: a hash table without ordered buckets scans all of them for each. */
    private static HostileText equalHashes(int length) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < length / 32; i++) {
            StringBuilder word = new StringBuilder();
            for (int bit = 0; bit < WORD; bit++) {
                word.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            words.add(word.toString());
        }
        return new HostileText("equal hashes", String.join(" ", words), List.copyOf(words));
    }

    @Override
    public String toString() {
        return name.codePoints()
                .collect(
                        StringBuilder::new,
                        (shown, c) -> shown.append(c > 0x20 && c < 0x7f ? Character.toString(c) : "U+" + c),
                        StringBuilder::append)
                .toString();
    }
}
