package dev.latchkey.cli.command;

import dev.latchkey.OfflineAccess;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.PublicClientApplicationBuilder;
import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Option;
import dev.latchkey.cli.args.UsageException;
import dev.latchkey.cli.console.CliEnvironment;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.interaction.UserAgent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Builds the application that the arguments describe. */
final class Applications {
    /** The options of every command that talks to an authority. */
    static final List<Option> OPTIONS =
            List.of(Option.AUTHORITY, Option.AUTHORITY_TYPE, Option.KNOWN_AUTHORITY, Option.CLIENT_ID);

    private static final int LONGEST_TIMEOUT = 86_400;
    private static final int LAST_PORT = 65_535;

    private Applications() {}

    /** Builds the application without any network request. */
    static PublicClientApplication open(Arguments arguments, CliEnvironment environment) {
        PublicClientApplicationBuilder builder = PublicClientApplication.builder(arguments.required(Option.CLIENT_ID))
                .authority(authority(arguments))
                .knownAuthorities(arguments.list(Option.KNOWN_AUTHORITY))
                .userAgent(userAgent(arguments, environment))
                .store(StoreLocation.open(arguments, environment))
                .transport(CommandTransport.of(arguments, environment));
        arguments.text(Option.OFFLINE_ACCESS).ifPresent(when -> builder.offlineAccess(offlineAccess(when)));
        if (arguments.has(Option.REDIRECT_HOST)
                || arguments.has(Option.REDIRECT_PORT)
                || arguments.has(Option.REDIRECT_PATH)) {
            builder.loopback(loopback(arguments));
        }
        if (arguments.has(Option.TIMEOUT)) {
            Duration timeout = timeout(arguments);
            builder.httpTimeout(timeout).silentTimeout(timeout).interactionTimeout(timeout);
        }
        return builder.build();
    }

    /** The authority, of the given type or the type evident from its address. */
    static Authority authority(Arguments arguments) {
        String address = arguments.required(Option.AUTHORITY);
        return arguments
                .text(Option.AUTHORITY_TYPE)
                .map(type -> Authority.of(address, kind(type)))
                .orElseGet(() -> Authority.of(address));
    }

    /** The maximum duration of a call, if the option is present. */
    static Duration timeout(Arguments arguments) {
        return Duration.ofSeconds(
                arguments.number(Option.TIMEOUT, 1, LONGEST_TIMEOUT).orElseThrow());
    }

    private static OfflineAccess offlineAccess(String when) {
        return switch (when.toLowerCase(Locale.ROOT)) {
            case "auto" -> OfflineAccess.AUTO;
            case "always" -> OfflineAccess.ALWAYS;
            case "never" -> OfflineAccess.NEVER;
            default -> throw new UsageException("--offline-access must be auto, always or never, not: " + when);
        };
    }

    private static AuthorityKind kind(String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "entra" -> AuthorityKind.ENTRA;
            case "b2c" -> AuthorityKind.B2C;
            case "ciam" -> AuthorityKind.CIAM;
            case "adfs" -> AuthorityKind.ADFS;
            case "oidc" -> AuthorityKind.OIDC;
            case "oauth" -> AuthorityKind.OAUTH;
            default ->
                throw new UsageException(
                        "--authority-type must be entra, b2c, ciam, adfs, oidc or oauth, not: " + type);
        };
    }

    /** Where there is no browser, the user can still bring the answer here: over ssh by forwarding the port. */
    private static UserAgent userAgent(Arguments arguments, CliEnvironment environment) {
        UserAgent printer = uri -> new AddressNotice(uri).lines().forEach(environment::tell);
        if (arguments.has(Option.NO_BROWSER)) {
            return printer;
        }
        UserAgent browser = uri -> environment.browser().get().open(uri);
        return arguments.has(Option.DEVICE_CODE_IF_NEEDED)
                ? browser
                : browser.orElse(uri -> {
                    environment.tell("No browser can be opened here.");
                    printer.open(uri);
                });
    }

    private static LoopbackOptions loopback(Arguments arguments) {
        try {
            LoopbackOptions.Builder builder = LoopbackOptions.builder();
            arguments.text(Option.REDIRECT_HOST).ifPresent(builder::host);
            arguments.number(Option.REDIRECT_PORT, 0, LAST_PORT).ifPresent(builder::preferredPort);
            arguments.text(Option.REDIRECT_PATH).ifPresent(builder::path);
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new UsageException("the redirect URI is not valid: " + e.getMessage());
        }
    }
}
