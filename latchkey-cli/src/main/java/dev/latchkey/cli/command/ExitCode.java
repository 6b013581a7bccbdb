package dev.latchkey.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a command ends with, for scripts to go by. */
public enum ExitCode {
    OK(0, "done"),
    FAILURE(1, "failed for another reason than those below"),
    USAGE(2, "the command line or the configuration cannot work"),
    INTERACTION_REQUIRED(3, "only the person can help: latchkey login"),
    REFUSED(4, "the person refused, cancelled or did not finish in time"),
    NETWORK(5, "the authority could not be reached, or cannot answer now"),
    STORE(6, "the token store failed");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number the process ends with. */
    public int code() {
        return code;
    }

    /** All of them with what they mean. */
    public static Map<Integer, String> meanings() {
        Map<Integer, String> meanings = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            meanings.put(code.code, code.meaning);
        }
        return meanings;
    }
}
