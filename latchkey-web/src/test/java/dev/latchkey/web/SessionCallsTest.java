package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.SessionId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls of a page that need no authority: the accounts, the active one, their cached tokens. */
final class SessionCallsTest {
    private final BareSite site = new BareSite();
    private final Account alice = site.person("alice");
    private final Account bob = site.person("bob");
    private final SessionId both = site.session(alice, bob);

    private static String account(Account account) {
        return Json.write(Map.of("account", AccountRef.of(account).write()));
    }

    private static JsonObject json(Call call) throws Exception {
        return Json.parseObject(call.text());
    }

    private static String errorOf(Call call) throws Exception {
        return json(call).object("error").string("errorCode");
    }

    private Call token(SessionId session, String request) throws Exception {
        return site.serve(site.of(session, site.post("/token", "{\"request\":" + request + "}")));
    }

    @Test
    void session_tellsItsPeopleAndTheActiveOne() throws Exception {
        JsonObject told = json(site.serve(site.of(both, site.get("/session"))));

        assertThat(told.objects("accounts"))
                .extracting(it -> it.string("username"))
                .containsExactly("alice", "bob");
        assertThat(told.object("activeAccount").string("homeAccountId")).isEqualTo(alice.homeAccountId());
        assertThat(told.string("clientId")).isEqualTo(BareSite.CLIENT);
        assertThat(told.string("authority")).isEqualTo(BareSite.AUTHORITY);
    }

    @Test
    void token_cached_isOfWhoIsMeantOrNamed() throws Exception {
        assertThat(json(token(both, "{\"scopes\":[\"User.Read\"]}")).string("accessToken"))
                .isEqualTo("token of alice");
        String named = account(bob);
        assertThat(json(token(both, named.replace("{\"account\"", "{\"scopes\":[\"User.Read\"],\"account\"")))
                        .string("accessToken"))
                .isEqualTo("token of bob");
    }

    @Test
    void token_ofSomebodyOutsideTheSession_isNotGiven() throws Exception {
        SessionId onlyAlice = site.session(alice);
        String named = account(bob).replace("{\"account\"", "{\"scopes\":[\"User.Read\"],\"account\"");

        Call foreign = token(onlyAlice, named);

        assertThat(foreign.status).isEqualTo(401);
        assertThat(errorOf(foreign)).isEqualTo("no_tokens_found");
        assertThat(foreign.text()).doesNotContain("token of");
    }

    @Test
    void token_withoutASession_asksForInteraction() throws Exception {
        assertThat(token(null, "{\"scopes\":[\"User.Read\"]}").status).isEqualTo(401);
    }

    @Test
    void token_whereNobodyIsMeant_isNotGiven() throws Exception {
        site.web.sessions().change(both, data -> data.activating(null));

        Call answer = token(both, "{\"scopes\":[\"User.Read\"]}");

        assertThat(answer.status).isEqualTo(400);
        assertThat(errorOf(answer)).isEqualTo("no_account_error");
    }

    @Test
    void token_ofAnAccountThatCannotBeRead_isRefused() throws Exception {
        Call answer = token(both, "{\"scopes\":[\"User.Read\"],\"account\":{\"username\":\"alice\"}}");

        assertThat(answer.status).isEqualTo(400);
        assertThat(errorOf(answer)).isEqualTo("invalid_request");
    }

    @Test
    void token_withoutARequest_isRefused() throws Exception {
        Call answer = site.serve(site.of(both, site.post("/token", "{}")));

        assertThat(answer.status).isEqualTo(400);
        assertThat(errorOf(answer)).isEqualTo("invalid_request");
    }

    @Test
    void accounts_areABareList() throws Exception {
        String list = site.serve(site.of(both, site.get("/accounts"))).text();

        assertThat(Json.parseObject("{\"a\":" + list + "}").objects("a")).hasSize(2);
        assertThat(site.serve(site.get("/accounts")).text()).isEqualTo("[]");
    }

    @Test
    void active_isWhomThePageNamesIfTheyAreHere() throws Exception {
        JsonObject told = json(site.serve(site.of(both, site.post("/active", account(bob)))));
        assertThat(told.object("activeAccount").string("homeAccountId")).isEqualTo(bob.homeAccountId());
        assertThat(told.objects("accounts")).hasSize(2);

        Call nobody = site.serve(site.of(both, site.post("/active", "{}")));
        assertThat(json(nobody).asMap()).containsEntry("activeAccount", null);

        Call foreign = site.serve(site.of(site.session(alice), site.post("/active", account(bob))));
        assertThat(foreign.status).isEqualTo(400);
        assertThat(errorOf(foreign)).isEqualTo("no_account_found");
        assertThat(json(site.serve(site.post("/active", "{}"))).objects("accounts"))
                .isEmpty();
    }

    @Test
    void clear_ofOne_leavesTheOtherAndForgetsTokensThatNobodyUses() throws Exception {
        site.session(bob);

        JsonObject left = json(site.serve(site.of(both, site.post("/clear", account(alice)))));

        assertThat(left.objects("accounts"))
                .extracting(it -> it.string("username"))
                .containsExactly("bob");
        assertThat(site.tokens.list()).doesNotContain(alice.partitionKey());
        assertThat(site.tokens.list()).contains(bob.partitionKey());
        assertThat(site.web.sessions().isInUse(AccountRef.of(alice))).isFalse();
    }

    @Test
    void clear_ofEverybody_leavesTokensThatAnotherSessionUses() throws Exception {
        site.session(bob);

        JsonObject left = json(site.serve(site.of(both, site.post("/clear", "{}"))));

        assertThat(left.objects("accounts")).isEmpty();
        assertThat(site.tokens.list()).containsExactly(bob.partitionKey());
        assertThat(site.web.sessions().isInUse(AccountRef.of(bob))).isTrue();
        assertThat(json(site.serve(site.post("/clear", "{}"))).objects("accounts"))
                .as("without a session")
                .isEmpty();
    }

    /** Removing an account's tokens elsewhere signs the account out here too. */
    @Test
    void account_whoseTokensAreGone_hasLeftTheSession() throws Exception {
        site.application.clearCache(bob).join();

        assertThat(json(site.serve(site.of(both, site.get("/session")))).objects("accounts"))
                .hasSize(1);
        assertThat(site.web.sessions().read(both).accounts()).containsExactly(AccountRef.of(alice));
        assertThat(site.web.sessions().isInUse(AccountRef.of(bob))).isFalse();
        site.application.clearCache(alice).join();
        assertThat(site.web
                        .session(site.of(both, site.get("/session")).request())
                        .join())
                .isEmpty();
    }

    /** However slow the stores are: they are used on other threads. */
    @Test
    void sessionAndSignOutEverywhere_untilTheStoreAnswers_keepNobody() throws Exception {
        Queue<Runnable> elsewhere = new ArrayDeque<>();
        BareSite slow = new BareSite(settings -> settings.workers(elsewhere::add));
        Account carol = slow.person("carol");
        SessionId id = slow.session(carol);
        var request = slow.of(id, slow.get("/session")).request();

        CompletableFuture<Optional<WebSession>> session = slow.web.session(request);
        CompletableFuture<Void> gone = slow.web.signOutEverywhere(carol);

        assertThat(session).isNotDone();
        assertThat(gone).isNotDone();
        assertThat(slow.web.readSession(request)).isPresent();
        elsewhere.remove().run();
        assertThat(session.join().orElseThrow().accounts()).containsExactly(carol);
        elsewhere.remove().run();
        gone.join();
        assertThat(slow.web.readSession(request)).isEmpty();
    }

    @Test
    void signOutEverywhere_endsTheAccountInEverySession() throws Exception {
        SessionId another = site.session(alice);

        site.web.signOutEverywhere(alice).join();

        assertThat(site.web.sessions().read(both).accounts()).containsExactly(AccountRef.of(bob));
        assertThat(site.web.sessions().read(another).accounts()).isEmpty();
        assertThat(site.tokens.list()).containsExactly(bob.partitionKey());
    }

    @Test
    void sweep_isDueEveryTenMinutes() throws Exception {
        site.session(alice);
        int before = site.sessions.list().size();
        site.clock.advance(Duration.ofHours(25));

        site.serve(site.get("/session"));
        assertThat(site.sessions.list()).hasSizeLessThan(before);

        SessionId late = site.session(bob);
        site.web.sessions().change(late, data -> data.without(AccountRef.of(bob)));
        site.clock.advance(Duration.ofMinutes(10).minusSeconds(1));
        int unswept = site.sessions.list().size();
        site.serve(site.get("/session"));
        assertThat(site.sessions.list()).hasSize(unswept);
        site.clock.advance(Duration.ofSeconds(1));
        site.serve(site.get("/session"));
        assertThat(site.sessions.list()).hasSizeLessThan(unswept);
    }
}
