package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.cache.Blob;
import dev.latchkey.store.file.FileTokenStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions are kept in a store: another node serves them, and they survive a restart. */
final class NodesTest {
    @Test
    void server_replacedBetweenStartAndCallback_finishesTheSignIn(@TempDir Path folder) throws Exception {
        FileTokenStore store = FileTokenStore.builder(folder.resolve("sessions"))
                .withoutKeychain()
                .open();
        try (WebBench bench = WebBench.keepingSessionsIn(store)) {
            Browser browser = bench.browser();
            String id = Browser.newId();
            URI callback = browser.visit(WebBench.ALICE, browser.start(id, "redirect", Map.of(), "User.Read"));

            bench.replaceServer();

            assertThat(browser.navigate(callback).statusCode()).isEqualTo(303);
            bench.replaceServer();
            assertThat(browser.post("/result", Map.of("id", id)).statusCode()).isEqualTo(200);
            assertThat(browser.usernames()).containsExactly(WebBench.ALICE);
        }
    }

    /** The store's content, even decrypted, contains no session cookie. */
    @Test
    void store_ofSessions_tellsNeitherCookieNorVerifier() throws Exception {
        try (WebBench bench = WebBench.start()) {
            Browser browser = bench.browser();
            browser.signIn(WebBench.ALICE, "User.Read");
            browser.start(Browser.newId(), "popup", Map.of(), "User.Read");

            assertThat(bench.sessions.list()).isNotEmpty().allSatisfy(key -> {
                Blob blob = bench.sessions.read(key).partition().blob();
                assertThat(key.value() + blob.text())
                        .doesNotContain(browser.cookie)
                        .doesNotContain("verifier");
            });
        }
    }

    @Test
    void sweep_dropsWhatIsOver() throws Exception {
        try (WebBench bench = WebBench.start()) {
            Browser browser = bench.browser();
            browser.start(Browser.newId(), "popup", Map.of(), "User.Read");
            Browser signedIn = bench.browser();
            signedIn.signIn(WebBench.ALICE, "User.Read");
            bench.clock.advance(Duration.ofMinutes(11));

            signedIn.usernames();

            assertThat(bench.sessions.list())
                    .as("a session, the list of its account, the key")
                    .hasSize(3);
        }
    }
}
