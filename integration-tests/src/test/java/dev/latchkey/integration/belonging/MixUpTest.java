package dev.latchkey.integration.belonging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.PopupRequest;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.RedirectRequest;
import dev.latchkey.RedirectSignIn;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.integration.belonging.Complaints.Complaint;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.store.MemoryTokenStore;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The mix-up of RFC 9700 section 4.4: an evil issuer passes the user on to an honest one, whose code the application
 * would then redeem at the evil one. It is detected by {@code iss} (RFC 9207), or if the honest issuer sends none, by
 * the redirect URI, which is different for each issuer.
 */
final class MixUpTest {
    private static final long SEED = 1;

    private final Complaints complaints = new Complaints();
    private final World world = new World(new Dice(SEED), complaints);
    private final Browser browser = new Browser(world);

    @BeforeEach
    void beEvil() {
        world.setHabits(Places.EVIL, Habits.PLAIN.attacking());
        makeHonestOnes(Habits.PLAIN);
    }

    @Test
    void redirect_honestIssuerSendsIssuer_codeStaysHome() throws Exception {
        makeHonestOnes(Habits.PLAIN.sendingIssuer());
        requireRefusal(byRedirect(application(LoopbackOptions.defaults())));
    }

    @Test
    void redirect_redirectUriOfEachIssuer_codeStaysHome() throws Exception {
        requireRefusal(byRedirect(application(LoopbackOptions.defaults())));
    }

    @Test
    void popup_honestIssuerSendsIssuer_codeStaysHome() {
        makeHonestOnes(Habits.PLAIN.sendingIssuer());
        CompletableFuture<?> result =
                application(LoopbackOptions.defaults()).acquireTokenPopup(PopupRequest.of("read"));
        assertThat(result).failsWithin(Duration.ofSeconds(30));
        requireRefusal(result);
    }

    @Test
    void popup_redirectPathOfEachIssuer_codeStaysHome() throws Exception {
        LoopbackOptions options =
                LoopbackOptions.builder().path(Places.redirectPath(Places.EVIL)).build();
        var result = application(options).acquireTokenPopup(PopupRequest.of("read"));
        browser.awaitPage();
        // The response went to another path, where no listener waits: the deadline passed.
        requireRefusal(result);
    }

    /** Without an attack, the evil issuer is an issuer like any other. */
    @Test
    void redirect_evilIssuerKeepsThePerson_signsIn() throws Exception {
        world.setHabits(Places.EVIL, Habits.PLAIN);
        assertThat(byRedirect(application(LoopbackOptions.defaults())).get().authority())
                .isEqualTo(Places.EVIL.address());
        assertThat(complaints.all()).isEmpty();
    }

    /** All policies of a tenant use the same issuer name, but each has its own codes. */
    @Test
    void redirect_finishedByAnApplicationOfAnotherPolicy_codeStaysHome() throws Exception {
        Issuer policy = Places.POLICIES.get(0);
        world.setHabits(policy, Habits.PLAIN.sendingIssuer());
        PublicClientApplication beginner = application(policy, LoopbackOptions.defaults());
        RedirectSignIn signIn =
                Scene.await(beginner.acquireTokenRedirect(RedirectRequest.of(Places.redirectUri(policy), "read")));
        Landing landing = Objects.requireNonNull(browser.visit(signIn.authorizationUri()));

        requireRefusal(application(Places.POLICIES.get(1), LoopbackOptions.defaults())
                .handleRedirect(signIn.saved(), landing.inQuery()));
        assertThat(beginner.handleRedirect(signIn.saved(), landing.inQuery())).succeedsWithin(Duration.ofSeconds(30));
    }

    private void makeHonestOnes(Habits habits) {
        world.setHabits(Places.A, habits);
        world.setHabits(Places.B, habits);
    }

    private void requireRefusal(CompletableFuture<?> result) {
        assertThat(complaints.all()).extracting(Complaint::text).isEmpty();
        assertThatThrownBy(result::join).hasCauseInstanceOf(AuthException.class);
    }

    private CompletableFuture<AuthenticationResult> byRedirect(PublicClientApplication app) throws Exception {
        Asked asked = new Asked(new Actor("mixed up", Places.EVIL, app), null, null, null, Wish.NONE);
        RedirectSignIn signIn =
                Scene.await(app.acquireTokenRedirect(RedirectRequest.of(Places.redirectUri(Places.EVIL), "read")));
        Landing landing = Objects.requireNonNull(browser.visit(signIn.authorizationUri()));
        return app.handleRedirect(signIn.saved(), landing.inQuery());
    }

    private PublicClientApplication application(LoopbackOptions options) {
        return application(Places.EVIL, options);
    }

    private PublicClientApplication application(Issuer issuer, LoopbackOptions options) {
        return PublicClientApplication.builder(Cast.SHARED)
                .authority(issuer.address())
                .transport(world)
                .store(MemoryTokenStore.builder().clock(world.clock()).build())
                .executor(Runnable::run)
                .scheduler(new Alarms(world.clock()))
                .clock(world.clock())
                .userAgent(browser)
                .loopback(options)
                .build();
    }
}
