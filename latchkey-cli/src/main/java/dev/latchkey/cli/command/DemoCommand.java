package dev.latchkey.cli.command;

import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Option;
import dev.latchkey.cli.args.Syntax;
import dev.latchkey.cli.args.UsageException;
import dev.latchkey.cli.console.AnsiStyle;
import dev.latchkey.cli.console.CliEnvironment;
import dev.latchkey.cli.demo.Demo;
import java.util.List;
import java.util.Set;

/** Shows with real requests, on this machine only, how a program gets a token. */
final class DemoCommand implements Command {
    private static final Set<String> WHEN = Set.of("auto", "always", "never");

    @Override
    public Syntax syntax() {
        return new Syntax(
                "demo",
                "Shows step by step, on this machine, how a program gets a token.",
                List.of(
                        "",
                        "Starts the local authority and an API, signs a user in and calls the API; every step is"
                                + " checked. With a display you sign in yourself, in your browser; without one, or with"
                                + " --headless, a scripted user fills in the real pages."),
                List.of(Option.HEADLESS, Option.COLOR, Option.VERBOSE));
    }

    @Override
    public ExitCode run(Arguments arguments, CliEnvironment environment) {
        String when = arguments.text(Option.COLOR).orElse("auto");
        if (!WHEN.contains(when)) {
            throw new UsageException("--color must be auto, always or never, not: " + when);
        }
        AnsiStyle style = environment.style(when);
        return new Demo(environment, style, arguments.has(Option.HEADLESS)).run() ? ExitCode.OK : ExitCode.FAILURE;
    }
}
