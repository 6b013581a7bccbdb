package dev.latchkey.integration.belonging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.RedirectRequest;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.store.MemoryTokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two subjects are two accounts, and one subject is one, whatever unsigned values and private claims say. */
final class SubjectsTest {
    private static final int SIGN_INS = 12;

    private final Complaints complaints = new Complaints();

    private static List<Issuer> issuers() {
        return Places.ALL;
    }

    @ParameterizedTest
    @MethodSource("issuers")
    void peopleOfOneIssuer_signingInOneAfterAnother_keepTheirOwnTokens(Issuer issuer) throws Exception {
        World world = new World(new Dice(7), complaints);
        world.setHabits(issuer, Habits.PLAIN);
        Browser browser = new Browser(world);
        PublicClientApplication app = application(world, issuer);
        Map<Person, Account> accounts = new HashMap<>();

        for (int i = 0; i < SIGN_INS; i++) {
            AuthenticationResult result = signIn(app, browser, issuer);
            Person person = browser.takeLast();
            if (result != null && person != null) {
                Account account = result.account().orElseThrow();
                Account before = accounts.put(person, account);
                assertThat(before == null || before.partitionKey().equals(account.partitionKey()))
                        .as("one person, one account")
                        .isTrue();
            }
        }

        assertThat(accounts).hasSizeGreaterThan(1);
        assertThat(accounts.values().stream().map(Account::partitionKey)).doesNotHaveDuplicates();
        for (boolean forced : List.of(false, true)) {
            for (Map.Entry<Person, Account> entry : accounts.entrySet()) {
                SilentRequest.Builder request = SilentRequest.builder("read").account(entry.getValue());
                AuthenticationResult result = Scene.await(
                        app.acquireTokenSilent(forced ? request.forceRefresh().build() : request.build()));
                assertThat(world.ledger()
                                .find(result.accessToken(), Kind.ACCESS_TOKEN)
                                .person())
                        .isEqualTo(entry.getKey());
            }
        }
        assertThat(complaints.all()).extracting(Complaints.Complaint::text).isEmpty();
    }

    /** A claim named tid has a meaning only at Microsoft's authorities. */
    @Test
    void plainIssuer_privateTenantClaimThatChanges_isOneAccountAndHits() throws Exception {
        World world = new World(new Dice(3), complaints);
        world.setHabits(Places.A, Habits.PLAIN.withPrivateTenant());
        PublicClientApplication app = application(world, Places.A);
        Browser browser = new Browser(world);
        List<Account> seen = new ArrayList<>();
        for (int i = 0; i < SIGN_INS; i++) {
            AuthenticationResult result = signIn(app, browser, Places.A);
            if (result != null) {
                seen.add(result.account().orElseThrow());
            }
        }
        Account account = seen.get(seen.size() - 1);
        world.clock().advance(Duration.ofHours(2));
        SilentRequest request = SilentRequest.builder("read").account(account).build();

        assertThat(seen).extracting(Account::tenantId).containsOnly("");
        assertThat(app.blocking().accounts()).hasSizeLessThanOrEqualTo(2);
        assertThat(Scene.await(app.acquireTokenSilent(request)).fromCache()).isFalse();
        assertThat(Scene.await(app.acquireTokenSilent(request)).fromCache()).isTrue();
    }

    private static AuthenticationResult signIn(PublicClientApplication app, Browser browser, Issuer issuer)
            throws Exception {
        var begun = Scene.await(app.acquireTokenRedirect(RedirectRequest.of(Places.redirectUri(issuer), "read")));
        Landing landing = browser.visit(begun.authorizationUri());
        return landing == null || landing.answer().get("code") == null
                ? null
                : Scene.await(app.handleRedirect(begun.saved(), landing.inQuery()));
    }

    private static PublicClientApplication application(World world, Issuer issuer) {
        return PublicClientApplication.builder(Cast.SHARED)
                .authority(issuer.address())
                .transport(world)
                .store(MemoryTokenStore.builder().clock(world.clock()).build())
                .executor(Runnable::run)
                .scheduler(new Alarms(world.clock()))
                .clock(world.clock())
                .build();
    }
}
