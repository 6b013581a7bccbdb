package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream that nobody is signed in to any more would tell of itself without end. */
final class EventsTest {
    private WebBench bench;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        bench = WebBench.start();
        browser = bench.browser();
        browser.signIn(WebBench.ALICE, "User.Read");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void stream_afterEverybodyLeft_tellsItOnceAndEnds() throws Exception {
        try (EventStream events = EventStream.open(bench, browser)) {
            assertThat(events.next()).contains(WebBench.ALICE);

            browser.post("/clear", "{}");

            assertThat(events.next()).contains("\"accounts\":[]");
            assertThat(events.next()).as("the end").isEmpty();
        }
    }

    @Test
    void stream_ofASessionThatEverybodyLeft_isNotGiven() {
        browser.post("/clear", Map.of());

        assertThat(browser.get("/events").statusCode()).isEqualTo(204);
        assertThat(browser.cookie).as("the session is still there").isNotNull();
    }
}
