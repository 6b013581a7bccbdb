package dev.latchkey.core.challenge;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the challenges of a header (RFC 9110 section 11.6.1): schemes with parameters, separated by commas that also
 * separate the parameters. A word after a comma that is followed by no {@code =} begins a challenge; elsewhere it is the
 * {@code token68} of the challenge before it and passed over. Never fails: what cannot be read ends the reading.
 */
final class ChallengeReader {
    private final String text;
    private int at;

    private ChallengeReader(String text) {
        this.text = text;
    }

    /**
     * One challenge.
     *
     * @param scheme as sent
     * @param parameters by name in lower case; of two with one name the first counts
     */
    record Challenge(String scheme, Map<String, String> parameters) {
        /** Names only: what a server sent is not for logs. */
        @Override
        public String toString() {
            return PrintableText.of(scheme + " " + parameters.keySet());
        }
    }

    static List<Challenge> read(String header) {
        return new ChallengeReader(header).challenges();
    }

    private List<Challenge> challenges() {
        List<Challenge> found = new ArrayList<>();
        while (at < text.length()) {
            boolean mayBegin = skipSeparators() || found.isEmpty();
            String word = token();
            if (word.isEmpty()) {
                break;
            }
            if (nextIsEquals()) {
                String value = value();
                if (!found.isEmpty()) {
                    found.get(found.size() - 1).parameters.putIfAbsent(LowerCase.of(word), value);
                }
            } else if (mayBegin) {
                found.add(new Challenge(word, new LinkedHashMap<>()));
            }
        }
        return found;
    }

    /** Whether there was a comma among them. */
    private boolean skipSeparators() {
        boolean comma = false;
        while (at < text.length() && (isBlank(text.charAt(at)) || text.charAt(at) == ',')) {
            comma |= text.charAt(at) == ',';
            at++;
        }
        return comma;
    }

    private String token() {
        int start = at;
        while (at < text.length() && isTokenCharacter(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** Goes past an equals sign, and past blanks around it, which some senders put there. */
    private boolean nextIsEquals() {
        int ahead = at;
        while (ahead < text.length() && isBlank(text.charAt(ahead))) {
            ahead++;
        }
        if (ahead >= text.length() || text.charAt(ahead) != '=') {
            return false;
        }
        at = ahead + 1;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return true;
    }

    private String value() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && !isBlank(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                break;
            }
            if (c == '\\' && at + 1 < text.length()) {
                c = text.charAt(++at);
            }
            value.append(c);
        }
        return value.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~/".indexOf(c) >= 0;
    }
}
