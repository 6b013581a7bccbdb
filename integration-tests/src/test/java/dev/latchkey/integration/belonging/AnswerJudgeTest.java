package dev.latchkey.integration.belonging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.authorize.Pkce;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shows that the judge finds violations: one that missed them would report no problem at all. */
final class AnswerJudgeTest {
    private static final Wish STRONGER = new Wish(PageBench.READ.scopes(), "", "", Set.of("acr gold"));
    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

    private final PageBench bench = new PageBench();

    @Test
    void body_ofSomebodySignedInThere_isInOrder() {
        bench.join(bench.page, 1);
        answer(bench.secret(Kind.ACCESS_TOKEN), bench.secret(Kind.ID_TOKEN), bench.alice.username());
        assertFound();
    }

    @Test
    void body_ofSomebodyWhoIsNotSignedInThere_isFound() {
        bench.join(bench.other, 1);
        answer(bench.secret(Kind.ACCESS_TOKEN), bench.secret(Kind.ID_TOKEN), bench.alice.username());
        assertFound(
                "ACCESS_TOKEN of somebody who is not signed in there, in an answer",
                "ID_TOKEN of somebody who is not signed in there, in an answer",
                "HINT of somebody who is not signed in there, in an answer");
    }

    @Test
    void body_ofSomebodyWhoSignedOut_isFound() {
        bench.join(bench.page, 1);
        bench.page.presence().leaveAll();
        answer(bench.secret(Kind.ACCESS_TOKEN));
        assertFound("ACCESS_TOKEN of somebody who is not signed in there, in an answer");
    }

    @Test
    void body_afterTheSessionsTime_isFound() {
        bench.page.use(bench.scene.world.clock().instant());
        bench.join(bench.page, 1);
        bench.scene.world.clock().advance(bench.page.front.site.sessionTimeout());
        bench.page.use(bench.scene.world.clock().instant());
        answer(bench.alice.username());
        assertFound("HINT of somebody who is not signed in there, in an answer");
    }

    @Test
    void body_tokenOfAnotherIssuerOrClient_isFound() {
        bench.join(bench.page, 1);
        answer(
                bench.secret(Kind.ACCESS_TOKEN, Places.B, Cast.SHARED),
                bench.secret(Kind.ACCESS_TOKEN, Places.A, "another"));
        assertFound("ACCESS_TOKEN of another issuer, in an answer", "ACCESS_TOKEN of another client, in an answer");
    }

    @ParameterizedTest
    @EnumSource(names = {"REFRESH_TOKEN", "CODE", "DEVICE_CODE", "SESSION"})
    void body_whatIsTheServers_isFound(Kind kind) {
        bench.join(bench.page, 1);
        answer(bench.secret(kind));
        assertFound(kind + " which is the server's, in an answer");
    }

    @Test
    void body_proofKeyAndClientSecret_areFound() {
        String verifier = "a-verifier-of-43-characters-or-more-0123456789";
        bench.scene
                .world
                .judge()
                .address(URI.create(Places.A.address() + "/authorize?code_challenge=" + Pkce.challengeOf(verifier)));
        String secret = bench.scene.world.register(Places.A, "server");
        answer(verifier, "text around " + secret + " it");
        assertFound(
                "VERIFIER which is the server's, in an answer", "CLIENT_SECRET which is the server's, in an answer");
    }

    @Test
    void body_tokensThatStayOnTheServer_areFound() {
        Page page = bench.page(true);
        bench.join(page, 1);
        bench.answers.answer(page, page.presence(), reply(bench.secret(Kind.ACCESS_TOKEN)), Set.of());
        assertFound("ACCESS_TOKEN that was to stay on the server, in an answer");
    }

    @Test
    void body_tokenOfOnesOwnStepUp_isInOrder() {
        bench.join(bench.page, 1);
        WebSignIn stepUp = bench.signIn(bench.page, bench.asked(STRONGER), 2);
        answer(bench.token(STRONGER, stepUp.code()));
        assertFound();
    }

    @Test
    void body_tokenOfAnotherSessionsStepUp_isFound() {
        bench.join(bench.page, 1);
        bench.join(bench.other, 1);
        WebSignIn stepUp = bench.signIn(bench.other, bench.asked(STRONGER), 2);
        answer(bench.token(STRONGER, stepUp.code()));
        assertFound("ACCESS_TOKEN that another session stepped up for, in an answer");
    }

    @Test
    void body_tokenOfAStepUpBeforeTheSignOut_isFound() {
        bench.join(bench.page, 1);
        WebSignIn stepUp = bench.signIn(bench.page, bench.asked(STRONGER), 2);
        bench.page.presence().leaveAll();
        bench.join(bench.page, 3);
        answer(bench.token(STRONGER, stepUp.code()));
        assertFound("ACCESS_TOKEN that another session stepped up for, in an answer");
    }

    @Test
    void body_stateOfAnotherPagesSignIn_isFound() {
        String ours = bench.signIn(bench.page, bench.asked(PageBench.READ), 1).state();
        String theirs =
                bench.signIn(bench.other, bench.asked(PageBench.READ), 1).state();
        answer(ours, theirs);
        assertFound("STATE of another's sign-in, in an answer");
    }

    @Test
    void address_nameOfAStranger_isFoundUnlessThePageSaidIt() {
        String hint = bench.alice.username();
        String address = "https://id.example.test/a/logout?logout_hint=" + hint.replace("@", "%40");
        HttpReply reply = new HttpReply(200, Map.of(), "{\"url\":\"" + address + "\"}");
        bench.answers.answer(bench.page, bench.page.presence(), reply, Set.of(hint));
        assertFound();
        bench.answers.answer(bench.page, bench.page.presence(), reply, Set.of());
        assertFound("HINT of somebody who is not signed in there, in an answer");
    }

    @Test
    void header_nameOfAStranger_isFound() {
        HttpReply reply = new HttpReply(303, Map.of("Location", List.of("/?who=" + bench.alice.loginHint())), "");
        bench.answers.answer(bench.page, bench.page.presence(), reply, Set.of());
        assertFound("HINT of somebody who is not signed in there, in an answer");
    }

    @Test
    void cookie_setTwice_isFound() {
        cookie("__Host-x=value-of-a-session" + ATTRIBUTES);
        assertFound();
        cookie("__Host-x=value-of-a-session" + ATTRIBUTES);
        assertFound("SESSION set as a cookie, in an answer");
    }

    @Test
    void cookie_withoutItsProtection_isFound() {
        cookie("__Host-x=y; Path=/; Secure; SameSite=Lax");
        assertFound("cookie without its protection");
    }

    @Test
    void status500_isFound() {
        bench.answers.answer(bench.page, bench.page.presence(), new HttpReply(500, Map.of(), ""), Set.of());
        assertFound("status 500");
    }

    @Test
    void message_withASession_isFound() {
        String session = bench.secret(Kind.SESSION);
        bench.scene.world.judge().address(URI.create(Places.A.address() + "/authorize?x=" + session));
        assertFound("SESSION sent to a stranger's authorize");
    }

    private void cookie(String header) {
        HttpReply reply = new HttpReply(200, Map.of("Set-Cookie", List.of(header)), "");
        bench.answers.answer(bench.page, bench.page.presence(), reply, Set.of());
    }

    private void answer(String... texts) {
        bench.answers.answer(
                bench.page, bench.page.presence(), reply("[\"" + String.join("\",\"", texts) + "\"]"), Set.of());
    }

    private static HttpReply reply(String body) {
        return new HttpReply(200, Map.of(), body);
    }

    private void assertFound(String... kinds) {
        assertThat(bench.found()).containsExactlyInAnyOrder(kinds);
    }
}
