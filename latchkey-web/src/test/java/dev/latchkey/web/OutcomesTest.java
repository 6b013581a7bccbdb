package dev.latchkey.web;

import static dev.latchkey.web.Browser.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.GrantType;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.web.session.SessionId;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page learns about a sign-in while it is being completed, and when that is interrupted. */
@Timeout(120)
final class OutcomesTest {
    private final String id = Browser.newId();
    private WebBench bench;
    private Browser page;
    private Browser popup;
    private URI callback;
    private WebBench.Hold hold;

    @BeforeEach
    void start() throws Exception {
        bench = WebBench.start();
        page = bench.browser();
    }

    @AfterEach
    void stop() {
        if (hold != null) {
            hold.release();
        }
        bench.close();
    }

    /** The response has arrived, and the code is about to be sent. */
    private CompletableFuture<HttpResponse<String>> redeeming(String person) throws Exception {
        callback = page.visit(person, page.start(id, "popup", Map.of(), "User.Read"));
        hold = new WebBench.Hold();
        bench.hold = hold;
        popup = page.window();
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> popup.navigate(callback), task -> new Thread(task).start());
        hold.awaitReached();
        return answer;
    }

    private HttpResponse<String> released(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        hold.release();
        return answer.get(60, TimeUnit.SECONDS);
    }

    private HttpResponse<String> result() {
        return page.post("/result", Map.of("id", id));
    }

    private void assertNobodyIsSignedIn() {
        assertThat(popup.usernames()).isEmpty();
        assertThat(page.usernames()).isEmpty();
        assertThat(bench.tokens.list().stream().filter(key -> key.value().startsWith("user")))
                .as("tokens that nobody may use")
                .isEmpty();
    }

    @Test
    void redemption_thatNeverEnds_isPendingAsLongAsItMayLastAndThenAnError() throws Exception {
        redeeming(WebBench.ALICE);
        assertThat(result().statusCode()).isEqualTo(202);
        bench.clock.advance(Duration.ofSeconds(89));
        assertThat(result().statusCode()).isEqualTo(202);

        bench.clock.advance(Duration.ofSeconds(1));

        assertThat(errorOf(result())).isEqualTo("interrupted");
        assertThat(errorOf(result())).as("told once").isEqualTo("no_interaction");
    }

    @Test
    void redemption_onANodeThatIsGone_isToldByAnother() throws Exception {
        redeeming(WebBench.ALICE);
        bench.replaceServer();
        assertThat(result().statusCode()).isEqualTo(202);

        bench.clock.advance(Duration.ofSeconds(90));

        assertThat(errorOf(result())).isEqualTo("interrupted");
    }

    @Test
    void redemption_interrupted_isToldAtOnce() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = redeeming(WebBench.ALICE);

        bench.serving.interrupt();

        assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        page.learnFrom(popup);
        assertThat(errorOf(result())).isEqualTo("interrupted");
        assertThat(page.others).isEmpty();
    }

    @Test
    void redemption_refused_isToldAtOnceAndLeavesNothing() {
        callback = page.visit(WebBench.ALICE, page.start(id, "popup", Map.of(), "User.Read"));
        bench.clock.advance(Duration.ofMinutes(9));
        bench.idp.close();

        page.navigate(callback);

        assertThat(result().statusCode()).isEqualTo(502);
        assertThat(page.others).isEmpty();
        assertThat(page.cookie).isNull();
        assertThat(errorOf(result())).isEqualTo("no_interaction");
    }

    @Test
    void replay_duringTheRedemption_isRefusedUnredeemed() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = redeeming(WebBench.ALICE);
        Browser thief = popup.window();
        bench.replaceServer();

        HttpResponse<String> again = thief.navigate(callback);

        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(thief.cookie).isNull();
        assertThat(released(answer).statusCode()).isEqualTo(200);
        page.learnFrom(popup);
        assertThat(result().statusCode()).isEqualTo(200);
        bench.idp.verify().tokenRequests(GrantType.AUTHORIZATION_CODE).exactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cancel", "/logout", "/clear"})
    void givenUp_duringTheFirstSignIn_nobodyJoins(String call) throws Exception {
        CompletableFuture<HttpResponse<String>> answer = redeeming(WebBench.ALICE);

        page.post(call, Map.of("type", "redirect", "id", id));

        assertThat(released(answer).statusCode()).isEqualTo(200);
        assertNobodyIsSignedIn();
        assertThat(errorOf(result())).isEqualTo("no_interaction");
        assertThat(errorOf(popup.post("/result", Map.of("id", id)))).isEqualTo("user_cancelled");
    }

    @Test
    void signOut_duringASecondSignIn_nobodyJoins() throws Exception {
        JsonObject alice = page.signIn(WebBench.ALICE, "User.Read").object("account");
        CompletableFuture<HttpResponse<String>> answer = redeeming(WebBench.BOB);

        page.post("/logout", Map.of("type", "redirect", "id", Browser.newId(), "account", Browser.ref(alice)));

        released(answer);
        assertNobodyIsSignedIn();
    }

    /** The operator ends the session while the user signs in again. */
    @Test
    void session_endedDuringASecondSignIn_nobodyJoins() throws Exception {
        page.signIn(WebBench.ALICE, "User.Read");
        CompletableFuture<HttpResponse<String>> answer = redeeming(WebBench.BOB);

        bench.web().sessions().end(SessionId.of(page.cookie).orElseThrow());

        released(answer);
        assertThat(popup.usernames()).isEmpty();
        assertThat(errorOf(popup.post("/result", Map.of("id", id)))).isEqualTo("user_cancelled");
    }

    @Test
    void cancel_beforeTheAnswer_holdsForACopyOfTheCookieToo() {
        callback = page.visit(WebBench.ALICE, page.start(id, "popup", Map.of(), "User.Read"));
        Browser copy = page.window();

        page.post("/cancel", Map.of("id", id));

        assertThat(page.others).isEmpty();
        assertThat(copy.navigate(callback).statusCode()).isEqualTo(400);
        bench.idp.verify().tokenRequests(GrantType.AUTHORIZATION_CODE).none();
    }
}
