package dev.latchkey.cli.command;

import dev.latchkey.PublicClientApplication;
import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Option;
import dev.latchkey.cli.args.Syntax;
import dev.latchkey.cli.console.CliEnvironment;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.account.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the signed-in accounts. */
final class AccountsCommand implements Command {
    @Override
    public Syntax syntax() {
        List<Option> options = new ArrayList<>(Applications.OPTIONS);
        options.addAll(List.of(Option.JSON, Option.CACHE, Option.VERBOSE));
        return new Syntax(
                "accounts",
                "Lists the accounts signed in here, once per tenant.",
                List.of("", "The star marks the account that the other commands use by default."),
                options);
    }

    @Override
    public ExitCode run(Arguments arguments, CliEnvironment environment) {
        try (PublicClientApplication app = Applications.open(arguments, environment)) {
            List<Account> accounts = new Accounts(app, arguments).all();
            Optional<Account> active = app.blocking().activeAccount();
            if (arguments.has(Option.JSON)) {
                environment.show(Shown.accounts(accounts, active));
            } else if (accounts.isEmpty()) {
                environment.tell("Nobody has signed in.");
            } else {
                accounts.forEach(account -> environment.show(PrintableText.of(line(account, active))));
            }
            return ExitCode.OK;
        }
    }

    private static String line(Account account, Optional<Account> active) {
        String name = account.name().map(text -> " (" + text + ")").orElse("");
        String tenant = account.tenantId().isEmpty() ? "" : "  tenant " + account.tenantId();
        return (active.filter(account::equals).isPresent() ? "* " : "  ") + account.username() + name + tenant + "  id "
                + account.homeAccountId();
    }
}
