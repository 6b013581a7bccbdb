package dev.latchkey.cli.command;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.LocalAuthorityBuilder;
import dev.latchkey.authority.Tenant;
import dev.latchkey.authority.User;
import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Option;
import dev.latchkey.cli.args.Syntax;
import dev.latchkey.cli.args.UsageException;
import dev.latchkey.cli.console.CliEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs the local authority until it is interrupted. */
final class AuthorityCommand implements Command {
    private static final int LAST_PORT = 65_535;

    @Override
    public Syntax syntax() {
        return new Syntax(
                "authority",
                "Runs an identity provider on this machine, for tests and demos.",
                List.of(
                        "",
                        "Real protocol, real pages, loopback only. Without --config it has the tenant contoso, two"
                                + " users and a public client. Ctrl-C stops it."),
                List.of(Option.PORT, Option.HTTPS, Option.CA_FILE, Option.CONFIG, Option.VERBOSE));
    }

    @Override
    public ExitCode run(Arguments arguments, CliEnvironment environment) {
        try (LocalAuthority authority = start(arguments)) {
            writeCertificate(arguments, authority);
            describe(authority, arguments, environment);
            environment.out().flush();
            Runtime.getRuntime().addShutdownHook(new Thread(authority::close, "latchkey-authority-stop"));
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // An interrupt is the normal way to stop this command.
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }

    private static LocalAuthority start(Arguments arguments) {
        LocalAuthorityBuilder builder = LocalAuthority.builder();
        arguments.number(Option.PORT, 0, LAST_PORT).ifPresent(builder::port);
        if (arguments.has(Option.HTTPS)) {
            builder.https();
        } else if (arguments.has(Option.CA_FILE)) {
            throw new UsageException("--ca-file requires --https");
        }
        try {
            arguments.text(Option.CONFIG).map(Path::of).ifPresent(builder::watchedConfig);
            return builder.start();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static void writeCertificate(Arguments arguments, LocalAuthority authority) {
        if (!arguments.has(Option.CA_FILE)) {
            return;
        }
        Path file = Path.of(arguments.required(Option.CA_FILE));
        try {
            Files.writeString(file, Certificates.pem(authority.caCertificate()));
        } catch (IOException | GeneralSecurityException e) {
            throw new UsageException("cannot write " + file + ": " + e);
        }
    }

    private static void describe(LocalAuthority authority, Arguments arguments, CliEnvironment environment) {
        environment.show("Local authority, for tests and demos only. Press Ctrl-C to stop it.");
        for (Tenant tenant : authority.tenants()) {
            environment.show("  Entra-shaped  " + authority.entraAuthority(tenant.name()));
        }
        environment.show("  plain OIDC    " + authority.oidcIssuer());
        environment.show("  API           " + authority.apiUri() + "/me");
        boolean builtIn = arguments.text(Option.CONFIG).isEmpty();
        for (User user : authority.users()) {
            environment.show(
                    "  person        " + user.userName() + (builtIn ? "  password " + user.revealPassword() : ""));
        }
        for (Client client : authority.clients()) {
            environment.show("  client        " + client.clientId() + "  " + client.redirectUris());
        }
        arguments.text(Option.CA_FILE).ifPresent(file -> environment.show("  CA            " + file));
        tryThis(authority, arguments, environment);
    }

    private static void tryThis(LocalAuthority authority, Arguments arguments, CliEnvironment environment) {
        Client client = authority.clients().get(0);
        environment.show("Try:");
        environment.show("  latchkey login --authority " + authority.oidcIssuer() + " \\");
        String trust = arguments
                .text(Option.CA_FILE)
                .map(file -> " --ca-certificate " + file)
                .orElse("");
        environment.show("    --client-id " + client.clientId() + trust);
    }
}
