package dev.latchkey.cli.args;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every option. Both the parser and the help use this table. */
public enum Option {
    AUTHORITY("--authority", "URL", "LATCHKEY_AUTHORITY", "The address of the authority that issues the tokens."),
    AUTHORITY_TYPE(
            "--authority-type",
            "TYPE",
            "LATCHKEY_AUTHORITY_TYPE",
            "entra, b2c, ciam, adfs, oidc or oauth; needed only if the address does not reveal it."),
    KNOWN_AUTHORITY(
            "--known-authority",
            "HOST",
            "LATCHKEY_KNOWN_AUTHORITY",
            "A host to trust without Microsoft's instance discovery; can be repeated."),
    CLIENT_ID("--client-id", "ID", "LATCHKEY_CLIENT_ID", "The client ID of the registration."),
    SCOPE(
            "--scope",
            "SCOPE",
            "LATCHKEY_SCOPE",
            "The scopes of the token; repeat the option, or separate scopes with spaces or commas."),
    ACCOUNT("--account", "NAME", "LATCHKEY_ACCOUNT", "The account: a user name or a home account ID."),
    TENANT("--tenant", "ID", "LATCHKEY_TENANT", "The tenant, for a guest's token. Entra only."),
    RESOURCE("--resource", "URI", "LATCHKEY_RESOURCE", "The API that the token is for (RFC 8707)."),
    CLAIMS("--claims", "JSON", "A claims challenge to satisfy, as received from an API."),
    PROMPT("--prompt", "VALUE", "login, select_account, consent or create: what the user must always be asked."),
    OFFLINE_ACCESS(
            "--offline-access",
            "WHEN",
            "auto (default), always or never: whether to ask for a refresh token by the scope offline_access. auto asks"
                    + " unless the authority lists its scopes without it."),
    DEVICE_CODE("--device-code", "Sign in on another device: prints an address to open and a code to enter there."),
    DEVICE_CODE_IF_NEEDED("--device-code-if-needed", "Like --device-code, but only if no browser can be opened here."),
    INTERACTIVE("--interactive", "Sign in interactively if necessary. Without this option, the user is never asked."),
    FORCE_REFRESH("--force-refresh", "Do not use a cached access token; renew it."),
    NO_BROWSER("--no-browser", "Do not open a browser; print the address to open on this machine."),
    JSON("--json", "Print JSON; errors go to standard error as JSON too."),
    REDIRECT_HOST(
            "--redirect-host",
            "HOST",
            "The host of the redirect URI, as registered: localhost (default) or 127.0.0.1."),
    REDIRECT_PORT("--redirect-port", "PORT", "The port of the redirect URI, if it is free. Default: any free port."),
    REDIRECT_PATH("--redirect-path", "PATH", "The path of the redirect URI, as registered. Default: none."),
    CACHE("--cache", "DIR", "LATCHKEY_CACHE", "The directory in which tokens are stored, encrypted."),
    NO_CACHE("--no-cache", "Do not store any tokens."),
    CA_CERTIFICATE(
            "--ca-certificate",
            "FILE",
            "LATCHKEY_CA_CERTIFICATE",
            "Also trust the certificates in this PEM file, such as a company's or the local authority's."),
    PROXY(
            "--proxy",
            "URL",
            "The HTTP proxy, as http://host:port. Default: what HTTPS_PROXY, HTTP_PROXY or ALL_PROXY says, except for the"
                    + " hosts in NO_PROXY. A password is safer there than here."),
    NO_PROXY("--no-proxy", "Do not use a proxy, whatever the environment says."),
    TIMEOUT("--timeout", "SECONDS", "How long to wait for the network (default 30) or for the user (default 300)."),
    PORT("--port", "PORT", "The port to listen on. Default: any free port."),
    HTTPS("--https", "Use https, with a certificate of a CA created for this run."),
    CA_FILE("--ca-file", "FILE", "Write the certificate of that CA to this file, as PEM."),
    CONFIG("--config", "FILE", "Tenants, users, clients, APIs and settings as JSON; changes to the file take effect."),
    HEADLESS("--headless", "Do not open a browser; a scripted user fills in the real pages."),
    COLOR("--color", "WHEN", "auto (default), always or never. NO_COLOR is respected too."),
    VERBOSE("--verbose", "Report progress on standard error, with stack traces of failures.");

    private final String longName;
    private final @Nullable String parameter;
    private final @Nullable String variable;
    private final String description;

    Option(String longName, String description) {
        this(longName, null, null, description);
    }

    Option(String longName, String parameter, String description) {
        this(longName, parameter, null, description);
    }

    Option(String longName, @Nullable String parameter, @Nullable String variable, String description) {
        this.longName = longName;
        this.parameter = parameter;
        this.variable = variable;
        this.description = description;
    }

    /** The name with its two dashes. */
    public String longName() {
        return longName;
    }

    /** The name of its value; empty for a flag. */
    public Optional<String> parameter() {
        return Optional.ofNullable(parameter);
    }

    /** The environment variable that can replace it. */
    public Optional<String> variable() {
        return Optional.ofNullable(variable);
    }

    /** Its description for help, in one sentence. */
    public String description() {
        return description;
    }

    /** Whether it takes no value. */
    public boolean isFlag() {
        return parameter == null;
    }

    /** Whether it may be repeated. */
    public boolean isRepeatable() {
        return this == SCOPE || this == KNOWN_AUTHORITY;
    }
}
