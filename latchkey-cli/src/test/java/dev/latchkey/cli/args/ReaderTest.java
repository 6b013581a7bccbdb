package dev.latchkey.cli.args;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReaderTest {
    private static final Syntax ALL = new Syntax("all", "Everything.", List.of(), Arrays.asList(Option.values()));
    private static final Reader.Book BOOK = new Reader.Book() {
        @Override
        public Optional<Syntax> syntax(String name) {
            return name.equals("all") ? Optional.of(ALL) : Optional.empty();
        }

        @Override
        public List<Syntax> all() {
            return List.of(ALL);
        }

        @Override
        public Map<Integer, String> exitCodes() {
            return Map.of(0, "done");
        }
    };
    private static final List<String> VALUES = List.of(
            "x",
            "a b",
            "https://id.example/a?b=c",
            "",
            "-",
            "--json",
            "-x",
            "--",
            "=",
            "a=b",
            "\"quoted\"",
            "'q'",
            "@f",
            "%s",
            "${x}",
            "é");

    private final Reader reader = new Reader(BOOK, () -> "1");

    /** The fast parser decides only where it agrees with picocli. */
    @Test
    void read_anyWords_agreesWithPicocli() {
        Random random = new Random(20_251_122);
        int plain = 0;
        for (int round = 0; round < 3_000; round++) {
            List<String> words = words(random);
            Arguments quick = PlainReader.read(ALL, words.subList(1, words.size()), Map.of());
            if (quick != null) {
                plain++;
                Reading atLength = reader.readAtLength(words, Map.of());
                assertThat(atLength).as(words.toString()).isEqualTo(new Reading.Run(quick));
                assertThat(((Reading.Run) atLength).arguments().text(Option.AUTHORITY))
                        .isEqualTo(quick.text(Option.AUTHORITY));
            }
        }
        assertThat(plain).isGreaterThan(300);
    }

    @Test
    void text_notOnTheCommandLine_comesFromTheEnvironment() {
        Map<String, String> environment =
                Map.of("LATCHKEY_AUTHORITY", " https://id.example ", "LATCHKEY_SCOPE", "a, b");
        Arguments arguments = run(environment, "all");

        assertThat(arguments.text(Option.AUTHORITY)).contains("https://id.example");
        assertThat(arguments.list(Option.SCOPE)).containsExactly("a", "b");
        assertThat(arguments.has(Option.SCOPE)).isFalse();
        assertThat(run(environment, "all", "--scope", "c", "--scope=d e").list(Option.SCOPE))
                .containsExactly("c", "d", "e");
    }

    @Test
    void text_givenBlank_hidesTheEnvironment() {
        assertThat(run(Map.of("LATCHKEY_ACCOUNT", "x"), "all", "--account=").text(Option.ACCOUNT))
                .isEmpty();
    }

    private Arguments run(Map<String, String> environment, String... words) {
        return ((Reading.Run) reader.read(List.of(words), environment)).arguments();
    }

    private static List<String> words(Random random) {
        List<String> words = new ArrayList<>(List.of("all"));
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            Option option = Option.values()[random.nextInt(Option.values().length)];
            String value = VALUES.get(random.nextInt(VALUES.size()));
            switch (random.nextInt(4)) {
                case 0 -> words.add(option.longName() + "=" + value);
                case 1 -> words.addAll(List.of(option.longName(), value));
                case 2 -> words.add(option.longName());
                default -> words.addAll(option.isFlag() ? List.of(option.longName()) : List.of(option.longName(), "v"));
            }
        }
        return words;
    }
}
