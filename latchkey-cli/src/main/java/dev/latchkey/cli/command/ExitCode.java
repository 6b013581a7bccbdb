package dev.latchkey.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes, for scripts. */
public enum ExitCode {
    OK(0, "done"),
    FAILURE(1, "failed for a reason not listed below"),
    USAGE(2, "the command line or the configuration is invalid"),
    INTERACTION_REQUIRED(3, "interaction is required: run latchkey login"),
    REFUSED(4, "the user refused, cancelled or did not finish in time"),
    NETWORK(5, "the authority could not be reached, or cannot answer now"),
    STORE(6, "the token store failed");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The exit code as a number. */
    public int code() {
        return code;
    }

    /** All exit codes with their meanings. */
    public static Map<Integer, String> meanings() {
        Map<Integer, String> meanings = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            meanings.put(code.code, code.meaning);
        }
        return meanings;
    }
}
