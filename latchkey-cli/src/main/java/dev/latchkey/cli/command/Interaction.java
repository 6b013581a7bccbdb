package dev.latchkey.cli.command;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.DeviceCodeRequest;
import dev.latchkey.Futures;
import dev.latchkey.PopupRequest;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Option;
import dev.latchkey.cli.args.UsageException;
import dev.latchkey.cli.console.CliEnvironment;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.token.DeviceCodeResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Signs the user in with the browser or on another device. The account that signs in becomes active. */
final class Interaction {
    /** The options that affect the sign-in. */
    static final List<Option> OPTIONS = List.of(
            Option.DEVICE_CODE,
            Option.NO_BROWSER,
            Option.PROMPT,
            Option.OFFLINE_ACCESS,
            Option.REDIRECT_HOST,
            Option.REDIRECT_PORT,
            Option.REDIRECT_PATH);

    private final PublicClientApplication app;
    private final Arguments arguments;
    private final CliEnvironment environment;

    Interaction(PublicClientApplication app, Arguments arguments, CliEnvironment environment) {
        this.app = app;
        this.arguments = arguments;
        this.environment = environment;
    }

    /**
     * Requests what the arguments specify.
     *
     * @param account the account expected to sign in, if known
     * @param claims the claims challenge that required the interaction
     */
    AuthenticationResult ask(@Nullable Account account, Optional<String> claims) {
        AuthenticationResult result = arguments.has(Option.DEVICE_CODE) ? byDeviceCode() : byBrowser(account, claims);
        app.blocking().setActiveAccount(result.account().orElse(null));
        return result;
    }

    private AuthenticationResult byBrowser(@Nullable Account account, Optional<String> claims) {
        if (!arguments.has(Option.NO_BROWSER)) {
            environment.tell("Waiting for you to sign in with your browser...");
        }
        PopupRequest.Builder request = PopupRequest.builder(SilentRequestFactory.scopes(arguments))
                .account(account)
                .claims(claims.or(() -> arguments.text(Option.CLAIMS)).orElse(null))
                .resource(arguments.text(Option.RESOURCE).orElse(null))
                .tenantId(arguments.text(Option.TENANT).orElse(null))
                .prompt(arguments.text(Option.PROMPT).orElse(null));
        if (account == null) {
            request.loginHint(arguments.text(Option.ACCOUNT).orElse(null));
        }
        return app.blocking().acquireTokenPopup(request.build());
    }

    private AuthenticationResult byDeviceCode() {
        for (Option option : List.of(Option.CLAIMS, Option.PROMPT)) {
            if (arguments.has(option)) {
                throw new UsageException(option.longName() + " cannot be combined with --device-code");
            }
        }
        Scopes scopes = SilentRequestFactory.scopes(arguments);
        Optional<String> authority = arguments.text(Option.TENANT).map(tenant -> Applications.authority(arguments)
                .withRealm(tenant)
                .toString());
        DeviceCodeRequest request = DeviceCodeRequest.builder(scopes, this::show)
                .authority(authority.orElse(null))
                .resource(arguments.text(Option.RESOURCE).orElse(null))
                .build();
        if (!arguments.has(Option.TIMEOUT)) {
            return app.blocking().acquireTokenByDeviceCode(request);
        }
        return await(app.acquireTokenByDeviceCode(request));
    }

    private void show(DeviceCodeResponse code) {
        List.of(
                        "On any device, open",
                        "",
                        "  " + code.verificationUri(),
                        "",
                        "and type the code",
                        "",
                        "  " + code.userCode(),
                        "",
                        "within " + code.expiresIn().toMinutes() + " minutes.")
                .forEach(environment::tell);
    }

    /** A device code stays valid longer than most users wait, so the caller's deadline applies. */
    private AuthenticationResult await(CompletableFuture<AuthenticationResult> future) {
        Duration timeout = Applications.timeout(arguments);
        BrowserAuthException late = new BrowserAuthException(
                ErrorCodes.TIMED_OUT,
                "the sign-in on another device was not completed within " + timeout.toSeconds() + " s");
        try {
            return Futures.await(future, timeout, () -> late);
        } finally {
            future.cancel(true);
        }
    }
}
