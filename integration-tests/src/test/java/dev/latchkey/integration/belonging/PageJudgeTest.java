package dev.latchkey.integration.belonging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Shows that the judge finds violations: one that accepted every result would report no problem at all. */
final class PageJudgeTest {
    private static final Wish STRONGER = new Wish(PageBench.READ.scopes(), "", "", Set.of("acr gold"));

    private final PageBench bench = new PageBench();
    private final Account account = Api.account(Places.A, bench.alice, Habits.PLAIN);

    @Test
    void signIn_asAsked_isInOrder() {
        WebSignIn signIn = bench.signIn(bench.page, bench.asked(PageBench.READ), 1);
        signedIn(signIn, PageBench.READ, signIn.code());
        assertFound();
    }

    @Test
    void signIn_withTheTokenOrStateOfAnother_isFound() {
        WebSignIn signIn = bench.signIn(bench.page, bench.asked(PageBench.READ), 1);
        bench.results.signedIn(signIn, json(bench.token(PageBench.READ, "another"), "another's state"));
        assertFound("result of another sign-in", "result with the state of another call");
    }

    @Test
    void signIn_inWhichNobodySignedIn_isFound() {
        WebSignIn signIn = bench.signIn(bench.page, bench.asked(PageBench.READ), 1);
        signIn.forget();
        signedIn(signIn, PageBench.READ, signIn.code());
        assertFound("result of a sign-in in which nobody signed in");
    }

    @Test
    void signIn_ofAnotherStrength_isFound() {
        WebSignIn signIn = bench.signIn(bench.page, bench.asked(PageBench.READ), 1);
        signedIn(signIn, STRONGER, signIn.code());
        assertFound("result of another strength: stronger");
    }

    @Test
    void silent_strongerThanAsked_isInOrderAfterOnesOwnStepUpOnly() {
        bench.join(bench.page, 1);
        WebSignIn own = bench.signIn(bench.page, bench.asked(STRONGER), 2);
        silent(bench.token(STRONGER, own.code()), PageBench.READ);
        assertFound();
        silent(bench.token(STRONGER, ""), PageBench.READ);
        assertFound("result of another strength: stronger");
    }

    @Test
    void silent_strongerForAnotherAudienceThanAsked_isFound() {
        bench.join(bench.page, 1);
        Wish elsewhere = new Wish(PageBench.READ.scopes(), "", "audience", Set.of("acr gold"));
        WebSignIn own = bench.signIn(bench.page, bench.asked(elsewhere), 2);
        silent(bench.token(elsewhere, own.code()), PageBench.READ);
        assertFound("result of another audience");
    }

    @Test
    void silent_forAnotherThanWhoIsActive_isFound() {
        JsonObject json = json(bench.token(PageBench.READ, ""), "");
        Person bob = bench.scene.world.people(Places.A).get(1);
        bench.results.silent(bench.page, bench.page.presence(), json, bench.asked(PageBench.READ), Set.of(bob));
        assertFound("result of another person than is active");
    }

    @Test
    void result_thatSaysOfAnotherPersonWhereTokensStay_isFound() {
        Page page = bench.page(true);
        WebSignIn signIn = bench.signIn(page, bench.asked(PageBench.READ), 1);
        Person bob = bench.scene.world.people(Places.A).get(1);
        Map<String, Object> ofBob = Map.of("homeAccountId", "bob", "environment", "e", "username", bob.username());
        bench.results.signedIn(
                signIn, JsonObject.of(Map.of("account", ofBob, "accessToken", "", "state", signIn.begin.state())));
        assertFound("result of somebody who did not sign in");
    }

    @Test
    void person_sentElsewhere_isFound() {
        Asked asked = bench.asked(PageBench.READ);
        bench.results.sentTo(bench.page, Places.A, asked);
        assertFound();
        bench.results.sentTo(bench.page, Places.B, asked);
        bench.results.sentTo(bench.page, null, asked);
        assertFound("person sent to another issuer", "person sent to another issuer");
    }

    @Test
    void person_sentToATenantThatIsNotAllowed_isFound() {
        Issuer own = Places.ENTRA.get(1);
        Page page = new Page(
                bench.page.browser,
                new Front(
                        bench.scene.cast.publicOne("entra", own),
                        bench.page.front.site,
                        bench.scene.world.clock(),
                        bench.scene.store));
        Issuer elsewhere = Places.ENTRA.get(2);
        bench.results.sentTo(
                page, elsewhere, new Asked(page.front.actor, elsewhere.address(), null, null, PageBench.READ));
        assertFound("person sent to a tenant that the front does not allow");
    }

    @Test
    void accounts_oneOfTwoPeople_isFound() {
        Person bob = bench.scene.world.people(Places.A).get(1);
        bench.results.accounts(bench.page, List.of(account(bench.alice), account(bob)));
        assertFound("two people with one account");
    }

    private JsonObject account(Person person) {
        return JsonObject.of(Map.of(
                "homeAccountId", account.homeAccountId(),
                "environment", account.environment(),
                "tenantId", "",
                "localAccountId", account.localAccountId(),
                "username", person.username()));
    }

    private JsonObject json(String token, String state) {
        return JsonObject.of(Map.of(
                "accessToken", token,
                "authority", Places.A.address(),
                "scopes", List.of("read"),
                "state", state,
                "account", account(bench.alice).asMap()));
    }

    private void signedIn(WebSignIn signIn, Wish wish, String code) {
        bench.results.signedIn(signIn, json(bench.token(wish, code), signIn.begin.state()));
    }

    private void silent(String token, Wish asked) {
        bench.results.silent(bench.page, bench.page.presence(), json(token, ""), bench.asked(asked), null);
    }

    private void assertFound(String... kinds) {
        assertThat(bench.found()).containsExactlyInAnyOrder(kinds);
    }
}
