package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.web.session.SessionId;
import org.junit.jupiter.api.Test;

/** The total number of event streams is limited, however many sessions ask for them. */
final class ManyStreamsTest {
    private final BareSite site = new BareSite();
    private final EventsEndpoint events = new EventsEndpoint(site.web);

    private int statusOf(SessionId session) throws Exception {
        Call call = site.of(session, site.get("/events"));
        call.async = new PlayedStream().context;
        events.serve(call.exchange());
        return call.status;
    }

    @Test
    void streams_moreThanThereMayBe_areNotGiven() throws Exception {
        for (int person = 0; person < 1_250; person++) {
            SessionId session = site.session(site.person("person" + person));
            for (int i = 0; i < 8; i++) {
                assertThat(statusOf(session)).isZero();
            }
        }

        assertThat(statusOf(site.session(site.person("late")))).isEqualTo(204);
        assertThat(events.open()).isEqualTo(10_000);
    }
}
