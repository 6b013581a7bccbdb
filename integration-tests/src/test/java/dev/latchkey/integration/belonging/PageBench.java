package dev.latchkey.integration.belonging;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.integration.belonging.Complaints.Complaint;
import dev.latchkey.integration.belonging.Faces.Face;
import dev.latchkey.integration.belonging.Front.Site;
import dev.latchkey.integration.belonging.WebSignIn.Begin;
import dev.latchkey.store.MemoryTokenStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A front with two browsers, for tests of the judges. */
final class PageBench {
    static final Wish READ = new Wish(Scopes.of("read"), "", "", Set.of());

    final Scene scene = new Scene(1, clock -> MemoryTokenStore.builder().build());
    final SignInBook signIns = new SignInBook();
    final AnswerJudge answers = new AnswerJudge(scene.world.ledger(), scene.complaints, signIns);
    final PageJudge results = new PageJudge(scene, signIns);
    final Person alice = scene.world.people(Places.A).get(0);
    final Page page = page(false);
    final Page other = new Page(page.browser, page.front);

    /** A page of another front. */
    Page page(boolean tokensStay) {
        Site site = new Site(
                URI.create("https://www.example.test/latchkey"),
                Duration.ofHours(1),
                URI.create("http://127.0.0.1:1/"),
                false,
                tokensStay,
                false);
        Actor actor = scene.cast.publicOne("front", Places.A);
        return new Page(
                new WebBrowser("X", scene.world, List.of()), new Front(actor, site, scene.world.clock(), scene.store));
    }

    /** Alice has been signed in at a page since this time. */
    void join(Page where, int when) {
        where.presence().join(new Face(Places.A, alice), when);
    }

    /** A completed sign-in of alice. */
    WebSignIn signIn(Page where, Asked asked, int when) {
        Fact code = Fact.of(Kind.CODE, Places.A, alice, Cast.SHARED);
        Parameters answer = Parameters.builder()
                .set("code", scene.world.ledger().issue(code))
                .set("state", scene.world.ledger().issue(Fact.of(Kind.STATE, Places.A, null, Cast.SHARED)))
                .build();
        Landing landing = new Landing(where.front.callback(), answer, false, alice);
        Begin begin = new Begin("popup", asked, "the page's state", "/", null, Instant.MAX);
        WebSignIn signIn = new WebSignIn(where, "id", begin, landing);
        signIn.succeed(new Face(Places.A, alice), when, false);
        signIns.begin(signIn);
        return signIn;
    }

    /** What a page requests. */
    Asked asked(Wish wish) {
        return new Asked(page.front.actor, null, null, null, wish);
    }

    String secret(Kind kind) {
        return secret(kind, Places.A, Cast.SHARED);
    }

    String secret(Kind kind, Issuer issuer, String clientId) {
        return scene.world
                .ledger()
                .issue(Fact.of(kind, issuer, scene.world.people(issuer).get(0), clientId));
    }

    /** An access token of alice. */
    String token(Wish wish, String code) {
        return scene.world
                .ledger()
                .issue(new Fact(Kind.ACCESS_TOKEN, Places.A, alice, Cast.SHARED, wish, wish.scopes(), code));
    }

    List<String> found() {
        return scene.complaints.all().stream().map(Complaint::kind).toList();
    }
}
