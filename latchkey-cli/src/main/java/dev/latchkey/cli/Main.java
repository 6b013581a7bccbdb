package dev.latchkey.cli;

import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Option;
import dev.latchkey.cli.args.Reader;
import dev.latchkey.cli.args.Reading;
import dev.latchkey.cli.args.UsageException;
import dev.latchkey.cli.command.Command;
import dev.latchkey.cli.command.Commands;
import dev.latchkey.cli.command.ErrorReport;
import dev.latchkey.cli.command.ExitCode;
import dev.latchkey.cli.command.StoreLocation;
import dev.latchkey.cli.console.CliEnvironment;
import dev.latchkey.cli.console.Terminal;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.interaction.SystemBrowser;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the command line, runs one command, and reports the result. */
public final class Main {
    private final CliEnvironment environment;

    Main(CliEnvironment environment) {
        this.environment = environment;
    }

    /** Runs the process, which exits with an {@link ExitCode}. */
    public static void main(String[] words) {
        QuickStart.prepare(List.of(words));
        letProxiesAuthenticate();
        int code = new Main(environment(System.out, System.getenv())).run(List.of(words));
        System.out.flush();
        System.exit(System.out.checkError() && code == 0 ? ExitCode.FAILURE.code() : code);
    }

    /**
     * By default the JDK lets no program tell a proxy its name and password on the way to an https server. It reads this
     * with the first HTTP client.
     */
    private static void letProxiesAuthenticate() {
        String property = "jdk.http.auth.tunneling.disabledSchemes";
        if (System.getProperty(property) == null) {
            System.setProperty(property, "");
        }
    }

    /** The real environment, except for the output and the variables. */
    static CliEnvironment environment(PrintStream out, Map<String, String> variables) {
        return new CliEnvironment(
                out, System.err, variables, Terminal::isThere, SystemBrowser::create, StoreLocation::openFiles);
    }

    /** Runs a command line; returns the exit code of the process. */
    int run(List<String> words) {
        Reading reading = new Reader(new Commands(), Version::text).read(words, environment.variables());
        if (reading instanceof Reading.Run run) {
            return run(run.arguments()).code();
        }
        Reading.Say say = (Reading.Say) reading;
        say.text().lines().forEach(say.isError() ? environment::tell : environment::show);
        return (say.isError() ? ExitCode.USAGE : ExitCode.OK).code();
    }

    private ExitCode run(Arguments arguments) {
        if (arguments.has(Option.VERBOSE)) {
            // The logger reads this once, when the first one is created, which happens later.
            System.setProperty("org.slf4j.simpleLogger.log.dev.latchkey", "debug");
        }
        try {
            Command command = Objects.requireNonNull(Commands.named(arguments.command()));
            return command.run(arguments, environment);
        } catch (UsageException e) {
            environment.tell("latchkey: " + e.getMessage());
            environment.tell("Try: latchkey " + arguments.command() + " --help");
            return ExitCode.USAGE;
        } catch (AuthException e) {
            return failed(new ErrorReport(e), arguments, e);
        } catch (RuntimeException e) {
            // The message is left out: it could contain anything.
            environment.tell("latchkey: failed unexpectedly: " + e.getClass().getName() + "; add --verbose for more");
            trace(arguments, e);
            return ExitCode.FAILURE;
        }
    }

    private ExitCode failed(ErrorReport report, Arguments arguments, AuthException e) {
        if (arguments.has(Option.JSON)) {
            environment.tell(report.json());
        } else {
            report.lines().forEach(environment::tell);
        }
        trace(arguments, e);
        return report.exitCode();
    }

    private void trace(Arguments arguments, RuntimeException e) {
        if (arguments.has(Option.VERBOSE)) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            trace.toString().lines().map(Main::printable).forEach(environment.err()::println);
        }
    }

    /** Makes a line of a stack trace printable but keeps its leading tabs. */
    private static String printable(String line) {
        return line.startsWith("\t") ? "\t" + printable(line.substring(1)) : PrintableText.of(line);
    }
}
