package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import dev.latchkey.store.file.FileTokenStore;
import dev.latchkey.web.session.Claims;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing that users without a session start leaves anything on the server or affects other users. {@code
 * -Dlatchkey.web.strangers=1000000} for more of them.
 */
@Tag("once")
final class StrangersTest {
    private static final int STRANGERS = Integer.getInteger("latchkey.web.strangers", 600);

    /** Room for the users of these tests and a few others. */
    private static final int ROOM = 24;

    @Test
    void starts_ofStrangers_inMemory_leaveTheStoreAsItWas() throws Exception {
        MemoryTokenStore store = MemoryTokenStore.builder().maximumSize(ROOM).build();
        try (WebBench bench = WebBench.keepingAllIn(store)) {
            assertNobodyIsDisturbed(bench, store);
            assertThat(store.evictions()).isZero();
        }
    }

    @Test
    void starts_ofStrangers_inFiles_leaveTheFolderAsItWas(@TempDir Path folder) throws Exception {
        Path files = folder.resolve("store");
        FileTokenStore store = FileTokenStore.builder(files).withoutKeychain().open();
        try (WebBench bench = WebBench.keepingAllIn(store)) {
            Browser alice = bench.browser();
            alice.signIn(WebBench.ALICE, "User.Read");
            Set<String> before = namesIn(files);

            for (int i = 0; i < STRANGERS; i++) {
                stranger(bench, i);
            }

            assertThat(namesIn(files)).isEqualTo(before);
            assertNobodyIsDisturbed(bench, store);
        }
    }

    private final Map<WebBench, Browser> strangers = new IdentityHashMap<>();

    private void assertNobodyIsDisturbed(WebBench bench, TokenStore store) {
        Browser alice = bench.browser();
        alice.signIn(WebBench.ALICE, "User.Read");
        Browser bob = bench.browser();
        String id = Browser.newId();
        URI callback = bob.visit(WebBench.BOB, bob.start(id, "popup", Map.of(), "User.Read"));
        Map<String, Long> before = versionsIn(store);

        for (int i = 0; i < STRANGERS; i++) {
            stranger(bench, i);
        }

        assertThat(versionsIn(store)).isEqualTo(before);
        assertThat(bob.navigate(callback).statusCode()).isEqualTo(200);
        assertThat(bob.post("/result", Map.of("id", id)).statusCode()).isEqualTo(200);
        assertThat(bob.usernames()).containsExactly(WebBench.BOB);
        assertThat(alice.usernames()).containsExactly(WebBench.ALICE);
        assertThat(alice.token(Map.of(), "User.Read").statusCode()).isEqualTo(200);
    }

    /** One user of each kind after another, each of them new. */
    private void stranger(WebBench bench, int number) {
        Browser stranger = strangers.computeIfAbsent(bench, WebBench::browser);
        stranger.cookie = number % 3 == 0 ? "x".repeat(43) : null;
        stranger.others.clear();
        String id = Browser.newId();
        switch (number % 6) {
            case 0 -> stranger.start(id, "popup", Map.of("state", "s" + number), "User.Read");
            case 1 -> stranger.start(id, "redirect", Map.of(), "Mail.Read");
            case 2 -> stranger.start(id, "frame", Map.of("prompt", "none"), "User.Read");
            case 3 -> stranger.post("/start", Map.of("type", "popup", "id", id, "request", Map.of("scopes", 7)));
            case 4 -> {
                stranger.others.put(bench.web().cookie().name() + "-abcdefgh", "A".repeat(900));
                stranger.start(id, "popup", Map.of(), "User.Read");
                stranger.navigate(URI.create(bench.origin + "/latchkey/callback?code=c&state=s" + number));
            }
            default -> {
                for (String call : List.of("/result", "/cancel", "/logout", "/clear", "/active")) {
                    stranger.post(call, Map.of("type", "redirect", "id", id));
                }
            }
        }
        stranger.get("/session");
    }

    /** These answer what they start, which is recorded, but only in a limited number of places. */
    @Test
    void callbacks_ofStrangers_leaveABoundedNumberOfBlobs() throws Exception {
        MemoryTokenStore store = MemoryTokenStore.create();
        try (WebBench bench = WebBench.keepingAllIn(store)) {
            Browser stranger = bench.browser();
            for (int i = 0; i < STRANGERS; i++) {
                stranger.others.clear();
                URI address = stranger.start(Browser.newId(), "popup", Map.of(), "User.Read");
                String state = address.getQuery().replaceAll(".*[?&]?state=([^&]*).*", "$1");
                stranger.navigate(URI.create(bench.origin + "/latchkey/callback?error=x&state=" + state));
                assertThat(stranger.cookie).isNull();
            }

            assertThat(store.list())
                    .as("and the key")
                    .hasSizeLessThanOrEqualTo(Claims.SLOTS + 1)
                    .allMatch(key -> key.kind() == PartitionKey.Kind.BLOB);
        }
    }

    private static Map<String, Long> versionsIn(TokenStore store) {
        return store.list().stream()
                .collect(Collectors.toMap(
                        PartitionKey::value, key -> store.read(key).version(), (one, other) -> one, TreeMap::new));
    }

    private static Set<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
