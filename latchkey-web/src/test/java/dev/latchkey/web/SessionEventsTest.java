package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.Blob;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.SessionId;
import jakarta.servlet.AsyncEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The events that a page receives, whatever its browser accepts; and the number of streams. */
final class SessionEventsTest {
    private final BareSite site = new BareSite();
    private final EventsEndpoint events = new EventsEndpoint(site.web);
    private final Account alice = site.person("alice");
    private final Account bob = site.person("bob");
    private final SessionId id = site.session(alice, bob);

    private Call serve(SessionId session, PlayedStream stream) throws Exception {
        Call call = site.of(session, site.get("/events"));
        call.async = stream == null ? null : stream.context;
        events.serve(call.exchange());
        return call;
    }

    /** A stream that has sent the current state of the session. */
    private PlayedStream open() throws Exception {
        PlayedStream stream = new PlayedStream();
        serve(id, stream);
        stream.writer.onWritePossible();
        assertThat(stream.run().got()).startsWith("event: session\ndata: {").endsWith("}\n\n");
        return stream;
    }

    private void activate(Account account) {
        site.web.sessions().change(id, data -> data.activating(account == null ? null : AccountRef.of(account)));
    }

    @Test
    void stream_begins_asOneThatNobodyKeeps() throws Exception {
        PlayedStream stream = new PlayedStream();

        Call call = serve(id, stream);

        assertThat(call.answer("Content-Type")).isEqualTo("text/event-stream;charset=utf-8");
        assertThat(call.answer("Cache-Control")).isEqualTo("no-store");
        assertThat(stream.timeout).isEqualTo(30 * 60 * 1000);
        assertThat(events.open()).isEqualTo(1);
        assertThat(stream.run().got()).as("before the container asks").isEmpty();
    }

    @Test
    void change_ofTheSession_isTold() throws Exception {
        PlayedStream stream = open();

        activate(bob);
        activate(null);

        assertThat(stream.begun).as("one look for both").hasSize(1);
        assertThat(stream.run().got()).contains("\"activeAccount\":null").containsOnlyOnce("event: session");
        activate(alice);
        assertThat(stream.run().got()).contains("\"activeAccount\":{");
        assertThat(stream.completed).isZero();
    }

    @Test
    void change_ofAnotherSession_isNotTold() throws Exception {
        PlayedStream stream = open();

        site.session(alice);

        assertThat(stream.begun).isEmpty();
    }

    @Test
    void browser_thatTakesNothing_getsTheNewestLater() throws Exception {
        PlayedStream stream = open();
        stream.isReady = false;
        activate(bob);
        stream.run();
        activate(null);
        assertThat(stream.run().got()).isEmpty();

        stream.ready();

        assertThat(stream.got()).contains("\"activeAccount\":null").containsOnlyOnce("event: session");
    }

    @Test
    void heartbeat_isACommentEveryFifteenSeconds() throws Exception {
        PlayedStream stream = open();
        for (int i = 0; i < 5; i++) {
            site.clock.advance(EventsEndpoint.HEARTBEAT.minusSeconds(1));
            assertThat(stream.got()).isEmpty();
            site.clock.advance(EventsEndpoint.HEARTBEAT.minusSeconds(14));
            assertThat(stream.got()).isEqualTo(":\n\n");
        }
        assertThat(stream.completed).isZero();
        assertThat(site.scheduler.waiting()).isEqualTo(1);
    }

    @Test
    void browser_thatTakesNothingUntilTheSecondHeartbeat_isGivenUp() throws Exception {
        PlayedStream stream = open();
        stream.isReady = false;

        site.clock.advance(EventsEndpoint.HEARTBEAT);
        assertThat(stream.completed).isZero();
        site.clock.advance(EventsEndpoint.HEARTBEAT);

        assertThat(stream.completed).isEqualTo(1);
        assertThat(events.open()).isZero();
        site.clock.advance(EventsEndpoint.HEARTBEAT);
        assertThat(site.scheduler.waiting()).as("nobody is left").isZero();
    }

    @Test
    void browser_thatTakesTheFirstHeartbeatLate_isKept() throws Exception {
        PlayedStream stream = open();
        stream.isReady = false;
        site.clock.advance(EventsEndpoint.HEARTBEAT);
        stream.ready();
        stream.isReady = false;

        site.clock.advance(EventsEndpoint.HEARTBEAT);

        assertThat(stream.completed).isZero();
    }

    @Test
    void session_thatEverybodyLeft_isToldAndEndsTheStream() throws Exception {
        PlayedStream stream = open();

        site.web.sessions().change(id, data -> data.without(data.accounts()));

        assertThat(stream.run().got() + stream.completed)
                .contains("\"accounts\":[]")
                .endsWith("1");
        assertThat(events.open()).isZero();
    }

    @Test
    void session_thatIsOver_endsTheStream() throws Exception {
        PlayedStream stream = open();

        site.web.sessions().end(id);

        assertThat(stream.run().got()).contains("\"accounts\":[]");
        assertThat(stream.completed).isEqualTo(1);
    }

    @Test
    void session_thatCannotBeRead_endsTheStream() throws Exception {
        PlayedStream stream = open();
        for (var key : site.sessions.list()) {
            Blob broken = new Blob("broken", site.clock.instant().plusSeconds(60));
            site.sessions.write(key, site.sessions.read(key).version(), Partition.of(broken), null);
        }

        stream.run();

        assertThat(stream.completed).isEqualTo(1);
    }

    @Test
    void browser_thatIsGone_endsTheStream() throws Exception {
        PlayedStream stream = open();
        stream.isBroken = true;

        activate(bob);
        stream.run();

        assertThat(stream.completed).isEqualTo(1);
        assertThat(events.open()).isZero();
    }

    @Test
    void container_thatEndsIt_isHeardOnce() throws Exception {
        PlayedStream failed = open();
        failed.listener.onError(new AsyncEvent(failed.context));
        failed.listener.onComplete(new AsyncEvent(failed.context));
        PlayedStream late = open();
        late.listener.onTimeout(new AsyncEvent(late.context));
        PlayedStream unwritable = open();
        unwritable.writer.onError(new IllegalStateException());
        PlayedStream gone = open();
        gone.listener.onComplete(new AsyncEvent(gone.context));

        assertThat(List.of(failed.completed, late.completed, unwritable.completed, gone.completed))
                .containsExactly(1, 1, 1, 0);
        assertThat(events.open()).isZero();
        activate(bob);
        assertThat(gone.begun).isEmpty();
        gone.writer.onWritePossible();
        assertThat(gone.got()).isEmpty();
    }

    @Test
    void change_thatIsLookedAtAfterTheEnd_isNotTold() throws Exception {
        PlayedStream stream = open();
        activate(bob);
        stream.listener.onComplete(new AsyncEvent(stream.context));

        assertThat(stream.run().got()).isEmpty();
    }

    @Test
    void stream_theNinthOfASession_isNotGivenUntilOneEnds() throws Exception {
        List<PlayedStream> streams = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            streams.add(open());
        }
        Call ninth = serve(id, new PlayedStream());
        assertThat(ninth.status).isEqualTo(204);
        assertThat(events.open()).isEqualTo(8);
        assertThat(serve(site.session(alice), new PlayedStream()).status)
                .as("another session")
                .isZero();

        streams.get(3).listener.onComplete(new AsyncEvent(streams.get(3).context));

        assertThat(serve(id, new PlayedStream()).status).isZero();
    }

    @Test
    void stream_ofAStrangerOrOfNobody_isNotGiven() throws Exception {
        site.web.sessions().change(id, data -> data.without(data.accounts()));

        assertThat(serve(null, new PlayedStream()).status).isEqualTo(204);
        assertThat(serve(id, new PlayedStream()).status).isEqualTo(204);
        assertThat(events.open()).isZero();
    }

    @Test
    void stream_thatCannotBegin_takesNoPlace() {
        assertThatThrownBy(() -> serve(id, null)).isInstanceOf(IllegalStateException.class);

        assertThat(events.open()).isZero();
        assertThat(site.scheduler.waiting()).isZero();
    }

    @Test
    void endpoint_closed_endsEveryStreamAndLooksAfterNone() throws Exception {
        PlayedStream stream = open();

        events.close();

        assertThat(stream.completed).isEqualTo(1);
        assertThat(events.open()).isZero();
        assertThat(site.scheduler.waiting()).isZero();
        PlayedStream late = new PlayedStream();
        serve(id, late);
        assertThat(site.scheduler.waiting()).isZero();
        late.begun.clear();
        activate(bob);
        assertThat(late.begun).as("the store tells nothing any more").isEmpty();
    }

    @Test
    void servlet_destroyed_endsItsStreams() throws Exception {
        PlayedStream stream = new PlayedStream();
        Call call = site.of(id, site.get("/events"));
        call.async = stream.context;
        site.serve(call);
        assertThat(site.servlet.openStreams()).isEqualTo(1);

        site.servlet.destroy();

        assertThat(site.servlet.openStreams()).isZero();
        assertThat(stream.completed).isEqualTo(1);
    }
}
