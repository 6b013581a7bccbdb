package dev.latchkey.cli.command;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Option;
import dev.latchkey.cli.args.Syntax;
import dev.latchkey.cli.console.CliEnvironment;
import dev.latchkey.core.account.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signs a user in. */
final class LoginCommand implements Command {
    @Override
    public Syntax syntax() {
        List<Option> options = new ArrayList<>(Applications.OPTIONS);
        options.addAll(List.of(Option.SCOPE, Option.ACCOUNT, Option.TENANT, Option.RESOURCE, Option.CLAIMS));
        options.addAll(Interaction.OPTIONS);
        options.addAll(Common.OPTIONS);
        return new Syntax(
                "login",
                "Signs you in and stores the tokens.",
                List.of(
                        "",
                        "Opens your browser. If there is none, prints the address and waits; or add --device-code to sign"
                                + " in on another device. The account that signed in last is the one that the other"
                                + " commands use by default."),
                options);
    }

    @Override
    public ExitCode run(Arguments arguments, CliEnvironment environment) {
        try (PublicClientApplication app = Applications.open(arguments, environment)) {
            AuthenticationResult result = new Interaction(app, arguments, environment).ask(null, Optional.empty());
            Account account = result.account().orElseThrow();
            environment.show(arguments.has(Option.JSON) ? Shown.account(account) : sentence(account));
            return ExitCode.OK;
        }
    }

    private static String sentence(Account account) {
        String tenant = account.tenantId().isEmpty() ? "" : " in tenant " + account.tenantId();
        return "Signed in as " + account.username() + tenant + " at " + account.environment() + ".";
    }
}
