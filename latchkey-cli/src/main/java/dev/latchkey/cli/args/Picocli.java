package dev.latchkey.cli.args;

import dev.latchkey.core.PrintableText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Parses any command line, prints help, and explains errors. */
final class Picocli {
    private static final int WIDTH = 80;

    private final Reader.Book book;
    private final CommandLine root;

    Picocli(Reader.Book book, String version) {
        this.book = book;
        CommandSpec spec = CommandSpec.create().name("latchkey").mixinStandardHelpOptions(true);
        spec.version(version);
        describeRoot(spec.usageMessage());
        for (Syntax syntax : book.all()) {
            spec.addSubcommand(syntax.name(), new CommandLine(specOf(syntax)));
        }
        spec.addSubcommand("help", new CommandLine(new CommandLine.HelpCommand()));
        this.root = new CommandLine(spec).setExpandAtFiles(false).setUsageHelpWidth(WIDTH);
    }

    Reading read(List<String> words, Map<String, String> environment) {
        try {
            ParseResult result = root.parseArgs(words.toArray(String[]::new));
            StringWriter help = new StringWriter();
            root.setOut(new PrintWriter(help)).setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
            if (CommandLine.executeHelpRequest(result) != null) {
                return new Reading.Say(help.toString(), false);
            }
            if (!result.hasSubcommand()) {
                return new Reading.Say("latchkey: missing command\n\n" + root.getUsageMessage(Ansi.OFF), true);
            }
            return new Reading.Run(arguments(result.subcommand(), environment));
        } catch (ParameterException e) {
            return new Reading.Say(explain(e), true);
        }
    }

    private Arguments arguments(ParseResult result, Map<String, String> environment) {
        Map<Option, List<String>> given = new EnumMap<>(Option.class);
        Syntax syntax = book.syntax(result.commandSpec().name()).orElseThrow();
        for (Option option : syntax.options()) {
            OptionSpec matched = result.matchedOption(option.longName());
            if (matched != null) {
                given.put(option, option.isFlag() ? List.of() : matched.originalStringValues());
            }
        }
        return new Arguments(syntax.name(), given, environment);
    }

    private static String explain(ParameterException e) {
        CommandLine at = e.getCommandLine();
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        writer.println("latchkey: " + PrintableText.of(String.valueOf(e.getMessage())));
        CommandLine.UnmatchedArgumentException.printSuggestions(e, writer);
        writer.println("Try: " + at.getCommandSpec().qualifiedName() + " --help");
        return text.toString();
    }

    private void describeRoot(UsageMessageSpec usage) {
        usage.description("Access tokens for the APIs you call: silently when it can, by asking you when it must.%n")
                .synopsisSubcommandLabel("COMMAND")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes())
                .footer(
                        "",
                        "Options can also be set in the environment: LATCHKEY_AUTHORITY,",
                        "LATCHKEY_CLIENT_ID, LATCHKEY_SCOPE and so on; 'latchkey COMMAND --help' lists them.");
    }

    private CommandSpec specOf(Syntax syntax) {
        CommandSpec spec = CommandSpec.create().name(syntax.name()).mixinStandardHelpOptions(true);
        List<String> paragraphs = new ArrayList<>(List.of(syntax.summary()));
        paragraphs.addAll(syntax.description());
        paragraphs.add("");
        spec.usageMessage()
                .description(escaped(paragraphs))
                .abbreviateSynopsis(true)
                .sortOptions(false)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes());
        syntax.options().forEach(option -> spec.addOption(specOf(option)));
        return spec;
    }

    private static OptionSpec specOf(Option option) {
        String variable = option.variable().map(name -> " [" + name + "]").orElse("");
        OptionSpec.Builder spec =
                OptionSpec.builder(option.longName()).description(escaped(List.of(option.description() + variable)));
        if (option.isFlag()) {
            return spec.type(boolean.class).build();
        }
        spec.paramLabel(option.parameter().orElseThrow());
        return option.isRepeatable()
                ? spec.type(List.class).auxiliaryTypes(String.class).build()
                : spec.type(String.class).build();
    }

    private Map<String, String> exitCodes() {
        Map<String, String> texts = new LinkedHashMap<>();
        book.exitCodes().forEach((code, meaning) -> texts.put(" " + code, meaning));
        return texts;
    }

    /** Picocli treats a per cent sign as the start of a placeholder. */
    private static String[] escaped(List<String> texts) {
        return texts.stream().map(text -> text.replace("%", "%%")).toArray(String[]::new);
    }
}
