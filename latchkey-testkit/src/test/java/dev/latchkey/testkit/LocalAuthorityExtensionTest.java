package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.PopupRequest;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.SilentRequest;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.authority.person.ScriptedPerson;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

final class LocalAuthorityExtensionTest {
    private static PublicClientApplication application(
            LocalAuthority authority, VirtualClock clock, ScriptedUserAgent browser) {
        return PublicClientApplication.builder(LocalAuthority.DEFAULT_CLIENT_ID)
                .authority(authority.oidcIssuer().toString())
                .clock(clock)
                .userAgent(browser)
                .build();
    }

    @Nested
    @LocalAuthorityTest
    final class OnePerClass {
        private static final Set<LocalAuthority> SEEN = ConcurrentHashMap.newKeySet();
        private LocalAuthority beforeEach;

        @BeforeAll
        static void inBeforeAll(LocalAuthority authority) {
            SEEN.add(authority);
        }

        @BeforeEach
        void inBeforeEach(LocalAuthority authority) {
            beforeEach = authority;
        }

        @RepeatedTest(2)
        void test_repeated_findsTheSameAuthorityFresh(LocalAuthority authority, VirtualClock clock) {
            SEEN.add(authority);
            assertThat(SEEN).hasSize(1);
            assertThat(authority).isSameAs(beforeEach);
            assertThat(authority.requests().all()).isEmpty();
            assertThat(authority.clock().instant()).isEqualTo(clock.instant());
            assertThat(clock.instant())
                    .isBeforeOrEqualTo(VirtualClock.atPresent().instant());
            clock.advance(Duration.ofDays(3));
        }

        @Test
        void client_onTheClockOfTheTest_renewsWhenTimeHasPassed(
                LocalAuthority authority, VirtualClock clock, ScriptedUserAgent browser) {
            PublicClientApplication application = application(authority, clock, browser);
            String first = application
                    .blocking()
                    .acquireTokenPopup(PopupRequest.of("User.Read"))
                    .accessToken();

            clock.advance(Duration.ofHours(2));
            String second = application
                    .blocking()
                    .acquireTokenSilent(SilentRequest.of("User.Read"))
                    .accessToken();

            assertThat(second).isNotEqualTo(first);
            authority.verify().tokenRequests(GrantType.REFRESH_TOKEN).exactly(1);
            assertThat(browser.awaitVisit(Duration.ofSeconds(5)).pages()).startsWith("sign-in");
        }

        @Test
        void person_ofAnotherName_signsInAsThat(
                LocalAuthority authority, @SignsInAs("bob@contoso.example") ScriptedPerson bob) {
            assertThat(bob.toString()).contains("bob@contoso.example");
            assertThat(authority.baseUri().getScheme()).isEqualTo("http");
        }

        @Nested
        final class Within {
            @Test
            void nestedTest_hasTheAuthorityOfTheClassAround(LocalAuthority authority) {
                assertThat(authority).isSameAs(beforeEach);
            }
        }
    }

    @Nested
    @LocalAuthorityTest(perMethod = true, https = true)
    final class OnePerMethod {
        private static final Set<LocalAuthority> SEEN = ConcurrentHashMap.newKeySet();

        @RepeatedTest(3)
        void test_repeated_hasItsOwnAuthority(LocalAuthority authority) {
            assertThat(SEEN.add(authority)).isTrue();
            assertThat(authority.baseUri().getScheme()).isEqualTo("https");
        }
    }

    @Nested
    @LocalAuthorityTest
    @Execution(ExecutionMode.CONCURRENT)
    final class Concurrent {
        private static final Set<LocalAuthority> SEEN = ConcurrentHashMap.newKeySet();

        @RepeatedTest(3)
        void test_concurrent_hasItsOwnAuthority(LocalAuthority authority, ScriptedPerson person) {
            assertThat(SEEN.add(authority)).isTrue();
            person.visit(authority.baseUri().resolve("/contoso/oauth2/v2.0/authorize"));
            authority.verify().requests(Endpoint.AUTHORIZE).exactly(1);
        }
    }

    @Nested
    final class Configured {
        @RegisterExtension
        static final LocalAuthorityExtension AUTHORITY = LocalAuthorityExtension.configured(
                builder -> builder.client(Client.publicClient("my-app").redirectUri("http://localhost")));

        @Test
        void configuration_ofAnExtension_isUsed(
                LocalAuthority authority, ScriptedUserAgent browser, VirtualClock clock) {
            PublicClientApplication application = PublicClientApplication.builder("my-app")
                    .authority(authority.oidcIssuer().toString())
                    .clock(clock)
                    .userAgent(browser)
                    .build();

            assertThat(application
                            .blocking()
                            .acquireTokenPopup(PopupRequest.of("User.Read"))
                            .accessToken())
                    .isNotEmpty();
        }
    }

    @Test
    void manualScheduler_advance_runsWhatIsDueInOrderOfTime() {
        VirtualClock clock = VirtualClock.at(Instant.EPOCH);
        ManualScheduler scheduler = ManualScheduler.on(clock);
        StringBuilder ran = new StringBuilder();
        scheduler.schedule(() -> ran.append("late "), Duration.ofSeconds(9));
        scheduler.schedule(() -> ran.append("soon "), Duration.ofSeconds(3));
        scheduler.schedule(() -> ran.append("never "), Duration.ofSeconds(4)).cancel();
        scheduler.schedule(() -> ran.append("now "), Duration.ZERO);

        assertThat(scheduler.waiting()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(3).minusNanos(1));
        assertThat(ran).hasToString("now ");
        clock.advance(Duration.ofSeconds(60));

        assertThat(ran).hasToString("now soon late ");
        assertThat(scheduler.waiting()).isZero();
    }
}
