package dev.latchkey.cli.command;

import dev.latchkey.cli.args.Reader;
import dev.latchkey.cli.args.Syntax;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All commands, each loaded only when requested. */
public final class Commands implements Reader.Book {
    private static final List<String> NAMES = List.of("login", "token", "accounts", "logout", "demo", "authority");

    /** The command with the name, or null. */
    public static @Nullable Command named(String name) {
        return switch (name) {
            case "login" -> new LoginCommand();
            case "token" -> new TokenCommand();
            case "accounts" -> new AccountsCommand();
            case "logout" -> new LogoutCommand();
            case "demo" -> new DemoCommand();
            case "authority" -> new AuthorityCommand();
            default -> null;
        };
    }

    @Override
    public Optional<Syntax> syntax(String name) {
        Command command = named(name);
        return command == null ? Optional.empty() : Optional.of(command.syntax());
    }

    @Override
    public List<Syntax> all() {
        return NAMES.stream().map(this::syntax).flatMap(Optional::stream).toList();
    }

    @Override
    public Map<Integer, String> exitCodes() {
        return ExitCode.meanings();
    }
}
