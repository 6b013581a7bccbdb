package dev.latchkey.interaction;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The commands that may open an address, best first. The address is one argument of a program, and a {@link CommandAddress}. */
final class BrowserCommands {
    private static final List<List<String>> DESKTOP = List.of(
            List.of("xdg-open"),
            List.of("gio", "open"),
            List.of("kde-open"),
            List.of("gnome-open"),
            List.of("x-www-browser"),
            List.of("firefox"),
            List.of("google-chrome"),
            List.of("chromium"));

    private static final String HANDLER = "url.dll,FileProtocolHandler";

    private final BrowserHost host;
    private final BrowserPlace place;

    BrowserCommands(BrowserHost host, BrowserPlace place) {
        this.host = host;
        this.place = place;
    }

    /** All commands for this address: those of {@code BROWSER}, then those of the operating system. */
    List<List<String>> opening(String address) {
        Stream<List<String>> system =
                place.whyNoDesktop().isPresent() ? Stream.empty() : ofSystem().map(command -> with(command, address));
        return Stream.concat(ofEnvironment(address), system).toList();
    }

    private Stream<List<String>> ofSystem() {
        return switch (place.kind()) {
            case WINDOWS -> Stream.of(List.of(windowsDirectory() + "\\System32\\rundll32.exe", HANDLER));
            case MACOS -> Stream.of(List.of("/usr/bin/open"));
            case WSL -> Stream.concat(wsl(), place.hasScreen() ? DESKTOP.stream() : Stream.empty());
            case UNIX -> DESKTOP.stream();
        };
    }

    private static Stream<List<String>> wsl() {
        return Stream.of(
                List.of("wslview"),
                List.of("rundll32.exe", HANDLER),
                List.of("/mnt/c/Windows/System32/rundll32.exe", HANDLER));
    }

    /** The full path, for a bare name would be looked for in the current directory first. */
    private String windowsDirectory() {
        String directory = host.environment("SystemRoot");
        return directory == null || directory.isEmpty() ? "C:\\Windows" : directory;
    }

    /**
     * The convention of {@code BROWSER}: a list of commands, {@code %s} standing for the address and {@code %%} for a
     * percent sign, the address added at the end where there is no {@code %s}.
     */
    private Stream<List<String>> ofEnvironment(String address) {
        String browsers = host.environment("BROWSER");
        if (browsers == null) {
            return Stream.empty();
        }
        String separator = place.kind() == BrowserPlace.Kind.WINDOWS ? ";" : ":";
        return Stream.of(browsers.split(separator))
                .map(command -> commandLine(command, address))
                .flatMap(Stream::ofNullable);
    }

    private static @Nullable List<String> commandLine(String command, String address) {
        List<String> words = words(command);
        if (words.isEmpty()) {
            return null;
        }
        List<String> filled = words.stream().map(word -> fill(word, address)).toList();
        return command.replace("%%", "").contains("%s") ? filled : with(filled, address);
    }

    /** Replaces in one pass, so that percent signs of the address stay as they are. */
    private static String fill(String word, String address) {
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            if (word.startsWith("%s", i)) {
                filled.append(address);
                i++;
            } else if (word.startsWith("%%", i)) {
                filled.append('%');
                i++;
            } else {
                filled.append(word.charAt(i));
            }
        }
        return filled.toString();
    }

    /** Splits at spaces outside of quotes; a lone {@code &} at the end means nothing here, nothing waits for the command. */
    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (char c : (command + " ").toCharArray()) {
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                addUnlessEmpty(words, word);
            } else {
                word.append(c);
            }
        }
        addUnlessEmpty(words, word);
        if (!words.isEmpty() && words.get(words.size() - 1).equals("&")) {
            words.remove(words.size() - 1);
        }
        return words;
    }

    private static void addUnlessEmpty(List<String> words, StringBuilder word) {
        if (word.length() > 0) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static List<String> with(List<String> command, String address) {
        return Stream.concat(command.stream(), Stream.of(address)).toList();
    }
}
