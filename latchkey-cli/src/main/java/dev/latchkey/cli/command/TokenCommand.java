package dev.latchkey.cli.command;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Option;
import dev.latchkey.cli.args.Syntax;
import dev.latchkey.cli.console.CliEnvironment;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints an access token. */
final class TokenCommand implements Command {
    @Override
    public Syntax syntax() {
        List<Option> options = new ArrayList<>(Applications.OPTIONS);
        options.addAll(List.of(
                Option.SCOPE,
                Option.ACCOUNT,
                Option.TENANT,
                Option.RESOURCE,
                Option.CLAIMS,
                Option.FORCE_REFRESH,
                Option.INTERACTIVE));
        options.addAll(Interaction.OPTIONS);
        options.addAll(Common.OPTIONS);
        return new Syntax(
                "token",
                "Prints an access token on standard output, and nothing else there.",
                List.of(
                        "",
                        "From the cache if there is a valid one, otherwise by refresh token. Never asks the user"
                                + " unless --interactive is given; exits with 3 if the user has to sign in."),
                options);
    }

    @Override
    public ExitCode run(Arguments arguments, CliEnvironment environment) {
        try (PublicClientApplication app = Applications.open(arguments, environment)) {
            AuthenticationResult result = acquire(app, arguments, environment);
            requireAccessToken(result);
            environment.show(arguments.has(Option.JSON) ? Shown.token(result) : result.accessToken());
            return ExitCode.OK;
        }
    }

    /** Some authorities answer OpenID Connect's own scopes with an ID token alone. */
    private static void requireAccessToken(AuthenticationResult result) {
        if (!result.hasAccessToken()) {
            throw new ClientAuthException(
                    ErrorCodes.NULL_OR_EMPTY_TOKEN,
                    "the authority issued no access token for these scopes; name a scope of the API with --scope");
        }
    }

    private static AuthenticationResult acquire(
            PublicClientApplication app, Arguments arguments, CliEnvironment environment) {
        Account account = new Accounts(app, arguments).choose().orElse(null);
        try {
            return silently(app, arguments, account);
        } catch (InteractionRequiredAuthException e) {
            if (!arguments.has(Option.INTERACTIVE)) {
                throw e;
            }
            return new Interaction(app, arguments, environment).ask(account, e.claims());
        }
    }

    private static AuthenticationResult silently(
            PublicClientApplication app, Arguments arguments, @Nullable Account account) {
        if (account == null) {
            Optional<String> named = arguments.text(Option.ACCOUNT);
            throw new InteractionRequiredAuthException(
                    ErrorCodes.NO_ACCOUNT_FOUND,
                    named.map(name -> name + " has not signed in").orElse("nobody has signed in")
                            + " with this client id at " + Applications.authority(arguments));
        }
        return app.blocking().acquireTokenSilent(SilentRequestFactory.request(arguments, account));
    }
}
