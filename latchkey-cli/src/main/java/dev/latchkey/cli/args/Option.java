package dev.latchkey.cli.args;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every option there is. What reads the command line, and what explains it, both go by this table. */
public enum Option {
    AUTHORITY("--authority", "URL", "LATCHKEY_AUTHORITY", "Who issues the tokens."),
    AUTHORITY_TYPE(
            "--authority-type",
            "TYPE",
            "LATCHKEY_AUTHORITY_TYPE",
            "entra, b2c, ciam, adfs or oidc; needed only where it does not show in the address."),
    KNOWN_AUTHORITY(
            "--known-authority",
            "HOST",
            "LATCHKEY_KNOWN_AUTHORITY",
            "A host to trust without asking Microsoft about it; may be repeated."),
    CLIENT_ID("--client-id", "ID", "LATCHKEY_CLIENT_ID", "The id the program is registered under."),
    SCOPE(
            "--scope",
            "SCOPE",
            "LATCHKEY_SCOPE",
            "What the token is for; repeat it, or separate several by blanks or commas."),
    ACCOUNT("--account", "NAME", "LATCHKEY_ACCOUNT", "Whose token: a user name or a home account id."),
    TENANT("--tenant", "ID", "LATCHKEY_TENANT", "In which tenant, for a guest's token. Entra only."),
    RESOURCE("--resource", "URI", "LATCHKEY_RESOURCE", "The API the token is bound to (RFC 8707)."),
    CLAIMS("--claims", "JSON", "A claims challenge to satisfy, as an API sent it."),
    PROMPT("--prompt", "VALUE", "login, select_account, consent or create: what the person is asked for certain."),
    DEVICE_CODE("--device-code", "Sign in on another device: prints an address and a code to type there."),
    INTERACTIVE("--interactive", "Ask the person if there is no other way. Without it nobody is ever asked."),
    FORCE_REFRESH("--force-refresh", "Do not take a cached access token; renew it."),
    NO_BROWSER("--no-browser", "Open no browser; print the address to open on this machine."),
    JSON("--json", "Print JSON; an error goes to standard error as JSON, too."),
    REDIRECT_HOST("--redirect-host", "HOST", "localhost (default) or 127.0.0.1, as registered."),
    REDIRECT_PORT("--redirect-port", "PORT", "The port the answer is awaited on, if it is free. Default: any."),
    REDIRECT_PATH("--redirect-path", "PATH", "The path of the redirect URI, as registered. Default: none."),
    CACHE("--cache", "DIR", "LATCHKEY_CACHE", "Where tokens rest, encrypted."),
    NO_CACHE("--no-cache", "Keep no tokens beyond this run."),
    CA_CERTIFICATE(
            "--ca-certificate",
            "FILE",
            "LATCHKEY_CA_CERTIFICATE",
            "Trust the certificates in this PEM file, too: a company's, or the local authority's."),
    TIMEOUT("--timeout", "SECONDS", "How long to wait for the network (default 30) or for the person (default 300)."),
    PORT("--port", "PORT", "The port to listen on. Default: any free one."),
    HTTPS("--https", "Speak https with a certificate of a CA made for this run."),
    CA_FILE("--ca-file", "FILE", "Write that CA's certificate here, as PEM."),
    CONFIG("--config", "FILE", "Tenants, people, clients, APIs and settings as JSON; changes are taken over."),
    HEADLESS("--headless", "Open no browser; a scripted person fills in the real pages."),
    COLOR("--color", "WHEN", "auto (default), always or never. NO_COLOR is heeded, too."),
    VERBOSE("--verbose", "Tell on standard error what happens, with stack traces of failures.");

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

    /** As typed, with its two dashes. */
    public String longName() {
        return longName;
    }

    /** What its value is called; empty if it is a flag. */
    public Optional<String> parameter() {
        return Optional.ofNullable(parameter);
    }

    /** The environment variable that stands in for it. */
    public Optional<String> variable() {
        return Optional.ofNullable(variable);
    }

    /** One sentence. */
    public String description() {
        return description;
    }

    /** Whether it takes no value. */
    public boolean isFlag() {
        return parameter == null;
    }

    /** Whether it may stand several times. */
    public boolean isRepeatable() {
        return this == SCOPE || this == KNOWN_AUTHORITY;
    }
}
