package dev.latchkey.cli.command;

import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Option;
import dev.latchkey.cli.args.UsageException;
import dev.latchkey.cli.console.CliEnvironment;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.http.JdkHttpTransport;
import dev.latchkey.http.ProxySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The network of one run: trust and proxies as the command line says, else proxies as the environment says. The variables
 * of the environment are for many programs, so they are read when something is sent: a command that sends nothing does
 * not fail for them.
 */
final class CommandTransport implements HttpTransport {
    private final @Nullable SSLContext trust;
    private final Supplier<ProxySettings> proxy;
    private @Nullable JdkHttpTransport made;

    private CommandTransport(@Nullable SSLContext trust, Supplier<ProxySettings> proxy) {
        this.trust = trust;
        this.proxy = proxy;
    }

    static CommandTransport of(Arguments arguments, CliEnvironment environment) {
        SSLContext trust = arguments
                .text(Option.CA_CERTIFICATE)
                .map(file -> Certificates.trusting(Path.of(file)))
                .orElse(null);
        return new CommandTransport(trust, proxy(arguments, environment.variables()));
    }

    private static Supplier<ProxySettings> proxy(Arguments arguments, Map<String, String> variables) {
        arguments.notBoth(Option.PROXY, Option.NO_PROXY);
        if (arguments.has(Option.NO_PROXY)) {
            return ProxySettings::none;
        }
        Optional<String> address = arguments.text(Option.PROXY);
        if (address.isEmpty()) {
            return () -> ProxySettings.environment(variables);
        }
        try {
            ProxySettings named = ProxySettings.of(address.get());
            return () -> named.withoutProxyFor(exceptions(variables));
        } catch (IllegalArgumentException e) {
            throw new UsageException(Option.PROXY.longName() + ": " + e.getMessage());
        }
    }

    private static String exceptions(Map<String, String> variables) {
        String small = variables.getOrDefault("no_proxy", "");
        return small.isBlank() ? variables.getOrDefault("NO_PROXY", "") : small;
    }

    @Override
    public HttpAnswer send(HttpMessage message, Duration timeout) throws IOException, InterruptedException {
        return transport().send(message, timeout);
    }

    private synchronized JdkHttpTransport transport() throws ProxyException {
        JdkHttpTransport present = made;
        if (present == null) {
            JdkHttpTransport.Builder builder = JdkHttpTransport.builder();
            if (trust != null) {
                builder.trust(trust);
            }
            try {
                present = builder.proxy(proxy.get()).build();
            } catch (IllegalArgumentException e) {
                throw new ProxyException(String.valueOf(e.getMessage()), 0, e);
            }
            made = present;
        }
        return present;
    }
}
