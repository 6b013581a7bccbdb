package dev.latchkey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.cli.command.StoreLocation;
import dev.latchkey.cli.console.CliEnvironment;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.interaction.UserAgent;
import dev.latchkey.store.TokenStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Runs the command in this process: each run opens the store anew, like a separate process. */
final class Cli {
    static final String ALICE = "alice@contoso.example";

    private final Map<String, String> variables = new HashMap<>();
    private final List<URI> shown = new ArrayList<>();
    private final Path cache;
    private UserAgent browser = uri -> {
        throw new AssertionError("nobody is to be asked");
    };

    private Consumer<String> reader = text -> {};

    Cli(Path cache) {
        this.cache = cache;
        variables.put("LATCHKEY_CACHE", cache.toString());
    }

    /** A command that knows the authority's plain issuer, with alice as its user. */
    Cli(Path cache, LocalAuthority authority) {
        this(cache);
        set("LATCHKEY_AUTHORITY", authority.oidcIssuer().toString());
        set("LATCHKEY_CLIENT_ID", LocalAuthority.DEFAULT_CLIENT_ID);
        set("LATCHKEY_SCOPE", "User.Read");
        person(authority, UnaryOperator.identity());
    }

    /** The result of a run. */
    record Ended(int code, String out, String err) {}

    void set(String variable, String value) {
        variables.put(variable, value);
    }

    /** Sets the user of the browser: alice, with her behaviour adapted by the test. */
    void person(LocalAuthority authority, UnaryOperator<ScriptedPerson> manners) {
        ScriptedPerson person = manners.apply(authority.person(ALICE));
        browser(uri -> {
            Thread visit = new Thread(() -> person.visit(uri));
            visit.setDaemon(true);
            visit.start();
        });
    }

    void browser(UserAgent replacement) {
        browser = replacement;
    }

    /** Sets a reader of standard error, which receives all output so far each time something is written. */
    void reader(Consumer<String> replacement) {
        reader = replacement;
    }

    /** The pages that the browser was asked to show. */
    List<URI> shown() {
        return shown;
    }

    Ended run(String... words) {
        Ended ended = runWithoutStore(words);
        refreshTokens().forEach(token -> assertThat(ended.out() + ended.err()).doesNotContain(token));
        return ended;
    }

    /** Like {@link #run}, but without a store that can be inspected afterwards. */
    Ended runWithoutStore(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                super.write(bytes, offset, length);
                reader.accept(toString(UTF_8));
            }
        };
        UserAgent watched = uri -> {
            shown.add(uri);
            browser.open(uri);
        };
        CliEnvironment environment = new CliEnvironment(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                variables,
                () -> false,
                () -> watched,
                StoreLocation::openFiles);
        int code = new Main(environment).run(List.of(words));
        Ended ended = new Ended(code, out.toString(UTF_8), err.toString(UTF_8));
        assertThat(ended.err()).doesNotContainPattern(SECRETS);
        return ended;
    }

    /** A run that must succeed. */
    String succeed(String... words) {
        Ended ended = run(words);
        assertThat(ended.code()).as(ended.err()).isZero();
        return ended.out();
    }

    /** The refresh tokens in the store. */
    List<String> refreshTokens() {
        TokenStore store = StoreLocation.openFiles(cache);
        List<String> tokens = new ArrayList<>();
        for (PartitionKey key : store.list()) {
            RefreshTokenEntry entry = store.read(key).partition().refreshToken(LocalAuthority.DEFAULT_CLIENT_ID);
            if (entry != null) {
                tokens.add(entry.secret().reveal());
            }
        }
        return tokens;
    }

    /** A JWT, or a parameter that carries a secret. */
    static final String SECRETS = "eyJ[A-Za-z0-9_-]{8,}\\.|[?&](code|id_token_hint|code_verifier)=|refresh_token=";
}
