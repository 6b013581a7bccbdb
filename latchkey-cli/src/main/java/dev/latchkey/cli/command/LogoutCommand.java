package dev.latchkey.cli.command;

import dev.latchkey.LogoutRequest;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Option;
import dev.latchkey.cli.args.Syntax;
import dev.latchkey.cli.console.CliEnvironment;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signs an account out. */
final class LogoutCommand implements Command {
    @Override
    public Syntax syntax() {
        List<Option> options = new ArrayList<>(Applications.OPTIONS);
        options.addAll(List.of(Option.ACCOUNT, Option.NO_BROWSER));
        options.addAll(Common.OPTIONS);
        options.remove(Option.NO_CACHE);
        return new Syntax(
                "logout",
                "Revokes and removes an account's tokens, and ends its session.",
                List.of(
                        "",
                        "The tokens stored here are removed in any case. The session at the authority ends in the"
                                + " browser; with --no-browser, its sign-out address is printed on standard output."),
                options);
    }

    @Override
    public ExitCode run(Arguments arguments, CliEnvironment environment) {
        try (PublicClientApplication app = Applications.open(arguments, environment)) {
            Optional<Account> account = new Accounts(app, arguments).choose();
            if (account.isEmpty()) {
                environment.tell("Nobody is signed in.");
                return ExitCode.OK;
            }
            Optional<URI> page = signOut(app, account.get());
            tell(arguments, environment, account.get(), page.map(LogoutCommand::withoutToken));
            if (page.isPresent() && !arguments.has(Option.NO_BROWSER)) {
                show(page.get(), environment);
            }
            return ExitCode.OK;
        }
    }

    /**
     * The address that ends the session; empty if the authority has none, in which case the local sign-out still
     * completes.
     */
    private static Optional<URI> signOut(PublicClientApplication app, Account account) {
        try {
            return Optional.of(app.blocking().logout(LogoutRequest.of(account)));
        } catch (ClientConfigurationException e) {
            if (e.errorCode().equals(ErrorCodes.END_SESSION_ENDPOINT_NOT_SUPPORTED)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void tell(Arguments arguments, CliEnvironment environment, Account account, Optional<URI> page) {
        environment.tell("Signed out " + PrintableText.of(account.username()) + ": the local tokens were removed.");
        String address = page.map(URI::toString).orElse(null);
        if (arguments.has(Option.JSON)) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("username", account.username());
            members.put("home_account_id", account.homeAccountId());
            members.put("end_session_uri", address);
            environment.show(Shown.write(members));
        } else if (address != null && arguments.has(Option.NO_BROWSER)) {
            environment.show(address);
        }
    }

    private static void show(URI page, CliEnvironment environment) {
        try {
            environment.browser().get().open(page);
        } catch (BrowserAuthException e) {
            environment.tell("No browser can be opened. To end the session, open: " + withoutToken(page));
        }
    }

    /** The ID token in the address saves the user a question, but must not appear on a terminal. */
    private static URI withoutToken(URI page) {
        return URI.create(
                page.toString().replaceAll("id_token_hint=[^&]*&?", "").replaceAll("[?&]$", ""));
    }
}
