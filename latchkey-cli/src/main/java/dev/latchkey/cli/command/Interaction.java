package dev.latchkey.cli.command;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.DeviceCodeRequest;
import dev.latchkey.PopupRequest;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Option;
import dev.latchkey.cli.console.CliEnvironment;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.token.DeviceCodeResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signs the user in with the browser or on another device. The account that signs in becomes active. */
final class Interaction {
    /** The options that affect the sign-in. */
    static final List<Option> OPTIONS = List.of(
            Option.DEVICE_CODE,
            Option.DEVICE_CODE_IF_NEEDED,
            Option.NO_BROWSER,
            Option.PROMPT,
            Option.OFFLINE_ACCESS,
            Option.REDIRECT_HOST,
            Option.REDIRECT_PORT,
            Option.REDIRECT_PATH);

    private static final Set<String> NEED_A_DEVICE = Set.of(ErrorCodes.NO_BROWSER, ErrorCodes.LOOPBACK_UNREACHABLE);

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
        arguments.notBoth(Option.DEVICE_CODE, Option.DEVICE_CODE_IF_NEEDED);
        arguments.notBoth(Option.NO_BROWSER, Option.DEVICE_CODE_IF_NEEDED);
        for (Option way : List.of(Option.DEVICE_CODE, Option.DEVICE_CODE_IF_NEEDED)) {
            arguments.notBoth(way, Option.CLAIMS);
            arguments.notBoth(way, Option.PROMPT);
        }
        AuthenticationResult result = arguments.has(Option.DEVICE_CODE) ? byDeviceCode() : here(account, claims);
        app.blocking().setActiveAccount(result.account().orElse(null));
        return result;
    }

    private AuthenticationResult here(@Nullable Account account, Optional<String> claims) {
        try {
            return byBrowser(account, claims);
        } catch (BrowserAuthException e) {
            if (!arguments.has(Option.DEVICE_CODE_IF_NEEDED) || !NEED_A_DEVICE.contains(e.errorCode())) {
                throw e;
            }
            environment.tell("No browser can be opened here, so sign in on another device.");
            return byDeviceCode();
        }
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
        Scopes scopes = SilentRequestFactory.scopes(arguments);
        Optional<String> authority = arguments.text(Option.TENANT).map(tenant -> Applications.authority(arguments)
                .withRealm(tenant)
                .toString());
        DeviceCodeRequest.Builder request = DeviceCodeRequest.builder(scopes, this::show)
                .authority(authority.orElse(null))
                .resource(arguments.text(Option.RESOURCE).orElse(null));
        if (arguments.has(Option.TIMEOUT)) {
            request.timeout(Applications.timeout(arguments));
        }
        return app.blocking().acquireTokenByDeviceCode(request.build());
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
}
