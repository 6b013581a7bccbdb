package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.LocalAuthorityBuilder;
import dev.latchkey.authority.RefreshTokenPolicy;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.interaction.UserAgent;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A local authority, an application of it, a person in front of it, and the time they all share. */
final class Bench implements AutoCloseable {
    static final String ALICE = "alice@contoso.example";
    static final String BOB = "bob@contoso.example";

    final VirtualClock clock = VirtualClock.atPresent();
    final ManualScheduler scheduler = new ManualScheduler(clock);
    final Wire wire = new Wire();
    final LocalAuthority idp;
    final PublicClientApplication app;
    private volatile ScriptedPerson person;

    private Bench(
            UnaryOperator<LocalAuthorityBuilder> authority, UnaryOperator<PublicClientApplicationBuilder> application) {
        this.idp = authority.apply(LocalAuthority.builder().clock(clock)).start();
        if (idp.baseUri().getScheme().equals("https")) {
            wire.trust(idp.sslContext());
        }
        this.person = idp.person(idp.users().get(0).userName());
        this.app = application(application);
    }

    /** Entra-shaped, strictly rotating refresh tokens, tokens of one hour. */
    static Bench start() {
        return new Bench(it -> it, it -> it);
    }

    static Bench with(UnaryOperator<PublicClientApplicationBuilder> application) {
        return new Bench(it -> it, application);
    }

    static Bench with(
            UnaryOperator<LocalAuthorityBuilder> authority, UnaryOperator<PublicClientApplicationBuilder> application) {
        return new Bench(authority, application);
    }

    /** Refresh tokens that stay good, so that a test may use one several times. */
    static LocalAuthorityBuilder reusable(LocalAuthorityBuilder authority) {
        return authority.refreshTokens(RefreshTokenPolicy.reusable());
    }

    /** Another application on the same authority, wire and clock. */
    PublicClientApplication application(UnaryOperator<PublicClientApplicationBuilder> application) {
        return application(LocalAuthority.DEFAULT_CLIENT_ID, application);
    }

    PublicClientApplication application(String clientId, UnaryOperator<PublicClientApplicationBuilder> application) {
        return application
                .apply(PublicClientApplication.builder(clientId)
                        .authority(idp.entraAuthority("contoso").toString(), AuthorityKind.ENTRA)
                        .clock(clock)
                        .scheduler(scheduler)
                        .transport(wire)
                        .userAgent(browser()))
                .build();
    }

    /** Sends the person of the moment to a page, on a thread of their own as a browser would. */
    UserAgent browser() {
        return page -> {
            ScriptedPerson visitor = person;
            Thread browser = new Thread(() -> visit(visitor, page), "person");
            browser.setDaemon(true);
            browser.start();
        };
    }

    /** A browser that finds nobody listening any more shows its own page; that is no failure of the test. */
    private static void visit(ScriptedPerson visitor, URI page) {
        try {
            visitor.visit(page);
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isNotNull();
        }
    }

    Bench person(UnaryOperator<ScriptedPerson> change) {
        person = change.apply(person);
        return this;
    }

    Bench person(String userName) {
        person = idp.person(userName);
        return this;
    }

    /** Signs the person in and forgets what that took. */
    Account signIn(String... scopes) {
        return signIn(app, scopes);
    }

    Account signIn(PublicClientApplication application, String... scopes) {
        Account account = Face.join(application.acquireTokenPopup(
                        PopupRequest.of(scopes.length == 0 ? new String[] {"User.Read"} : scopes)))
                .account()
                .orElseThrow();
        wire.forget();
        return account;
    }

    Account signInAs(String userName, String... scopes) {
        return person(userName).signIn(scopes);
    }

    /** Past the life of every access token. */
    void expireAccessTokens() {
        clock.advance(Duration.ofHours(2));
    }

    int refreshes() {
        return idp.requests().tokenRequests(GrantType.REFRESH_TOKEN).size();
    }

    /** Runs something on a thread of its own. */
    static <T> CompletableFuture<T> elsewhere(Supplier<T> work) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        outcome.complete(work.get());
                    } catch (Throwable e) {
                        outcome.completeExceptionally(e);
                    }
                })
                .start();
        return outcome;
    }

    URI api() {
        return URI.create(idp.apiUri() + "/me");
    }

    @Override
    public void close() {
        app.close();
        idp.close();
    }
}
