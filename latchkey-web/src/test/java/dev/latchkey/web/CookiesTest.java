package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.web.session.SessionId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Cookies that belong to this host only: no script can read them, and no neighbouring host can plant them. */
final class CookiesTest {
    private static final String NAME = "__Host-latchkey-front";
    private static final String VALUE = "A".repeat(43);

    private final SessionCookie cookie = SessionCookie.of("front");
    private final Call call = Call.get("https://www.example.com/");

    @Test
    void session_isKeptAsLongAsTheBrowserRuns() {
        cookie.write(call.response(), SessionId.of(VALUE).orElseThrow());

        assertThat(call.answered.get("Set-Cookie"))
                .containsExactly(NAME + "=" + VALUE + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void session_thatIsOver_isTakenAway() {
        cookie.write(call.response(), null);

        assertThat(call.answered.get("Set-Cookie"))
                .containsExactly(NAME + "=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    @Test
    void cookie_forSomeTime_saysHowLong() {
        HostCookies.set(call.response(), NAME, "x", Duration.ofMinutes(10));
        HostCookies.set(call.response(), NAME + "2", "y", Duration.ofMinutes(5));

        assertThat(call.answered.get("Set-Cookie"))
                .containsExactly(
                        NAME + "=x; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600",
                        NAME + "2=y; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=300");
    }

    @Test
    void session_isReadFromTheCookieOfThisFrontAlone() {
        assertThat(cookie.read(call.request())).isEmpty();
        call.cookie("__Host-latchkey-other", "B".repeat(43)).cookie("front", "C".repeat(43));
        assertThat(cookie.read(call.request())).isEmpty();

        call.cookie(NAME, VALUE);

        assertThat(cookie.read(call.request())).map(SessionId::value).contains(VALUE);
    }

    @Test
    void session_thatCannotBeOne_isNone() {
        assertThat(cookie.read(call.cookie(NAME, VALUE + "A").request())).isEmpty();
    }
}
