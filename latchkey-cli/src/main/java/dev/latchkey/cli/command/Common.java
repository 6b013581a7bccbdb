package dev.latchkey.cli.command;

import dev.latchkey.cli.args.Option;
import java.util.List;

/** The options that all commands with tokens share. */
final class Common {
    static final List<Option> OPTIONS = List.of(
            Option.JSON,
            Option.CACHE,
            Option.NO_CACHE,
            Option.CA_CERTIFICATE,
            Option.PROXY,
            Option.NO_PROXY,
            Option.TIMEOUT,
            Option.VERBOSE);

    private Common() {}
}
