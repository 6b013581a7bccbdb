package dev.latchkey.core;

import static org.instancio.Instancio.gen;

import java.util.List;
import java.util.stream.Stream;

/** Text that grammars, files and digests might trip over, drawn anew at each call. No half characters. */
public final class AnyText {
    private static final List<String> TRAPS = Stream.concat(
                    " ,;:=.|-_/\\\"'{}[]<>%&?#\t\r\n\u0000\u0001\u007f\u0085\u00e4\u00df\u0130\u0131\u0301\u2028\u202e\ufeff\uffff"
                            .chars()
                            .mapToObj(Character::toString),
                    Stream.of(Character.toString(0x1f511), Character.toString(0x10ffff)))
            .toList();

    private AnyText() {}

    /** A text of so many characters. */
    public static String of(int least, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = gen().ints().range(least, most).get(); i > 0; i--) {
            text.append(character());
        }
        return text.toString();
    }

    private static String character() {
        return switch (gen().ints().range(0, 2).get()) {
            case 0 -> gen().oneOf(TRAPS).get();
            case 1 -> Character.toString(gen().ints().range(0x20, 0x7e).get());
            // Of the whole plane, but for the halves.
            default ->
                Character.toString(gen().oneOf(
                                gen().ints().range(0x80, 0xd7ff).get(),
                                gen().ints().range(0xe000, 0x10ffff).get())
                        .get());
        };
    }
}
