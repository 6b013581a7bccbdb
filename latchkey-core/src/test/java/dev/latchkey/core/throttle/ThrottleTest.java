package dev.latchkey.core.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.error.ServerException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottleTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final ThrottleLedger<String> ledger = new ThrottleLedger<>();

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "' 7 ', 7",
        "3600, 3600",
        "3601, 3600",
        "9999999999, 3600",
        "'Thu, 01 Jan 2026 00:01:00 GMT', 60",
        "'Thu, 01 Jan 2026 00:00:00 GMT', 0",
        "'Wed, 31 Dec 2025 23:59:00 GMT', 0",
        "'Fri, 01 Jan 2100 00:00:00 GMT', 3600",
        "-1, ",
        "1.5, ",
        "99999999999, ",
        "soon, ",
        "'', ",
        "'Thu, 32 Jan 2026 00:00:00 GMT', ",
    })
    void parse_header_isBoundedOrAbsent(String header, Long seconds) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }

    @Test
    void parse_noHeader_isAbsent() {
        assertThat(RetryAfter.parse(null, NOW)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"429, 60", "500, 60", "503, 60", "599, 60", "400, 0", "401, 0"})
    void check_serverFailure_holdsTheRequestBackUntilTheInstant(int status, long seconds) {
        ledger.remember("request", server(status, null), NOW);

        if (seconds > 0) {
            Instant last = NOW.plusSeconds(seconds).minusMillis(1);
            assertThatThrownBy(() -> ledger.check("request", last))
                    .isInstanceOfSatisfying(ServerException.class, e -> assertThat(e.retryAfter())
                            .contains(Duration.ofMillis(1)));
        }
        assertThatCode(() -> ledger.check("request", NOW.plusSeconds(seconds))).doesNotThrowAnyException();
        assertThatCode(() -> ledger.check("other", NOW)).doesNotThrowAnyException();
    }

    @Test
    void check_retryAfterOfAnyFailure_isHonoured() {
        ledger.remember("request", server(400, Duration.ofSeconds(5)), NOW);

        assertThatThrownBy(() -> ledger.check("request", NOW.plusSeconds(4))).isInstanceOf(ServerException.class);
        assertThatCode(() -> ledger.check("request", NOW.plusSeconds(5))).doesNotThrowAnyException();
    }

    @Test
    void check_askThePerson_failsTheSameWayForAWhile() {
        ledger.remember(
                "request",
                new InteractionRequiredAuthException(ErrorDetails.of("invalid_grant", "m")
                        .status(400)
                        .subError("bad_token")
                        .claims("{}")),
                NOW);

        assertThatThrownBy(() -> ledger.check(
                        "request", NOW.plus(ThrottleLedger.ASK_PERSON).minusMillis(1)))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> {
                    assertThat(e.subError()).contains("bad_token");
                    assertThat(e.claims()).contains("{}");
                });
        assertThatCode(() -> ledger.check("request", NOW.plus(ThrottleLedger.ASK_PERSON)))
                .doesNotThrowAnyException();
    }

    @Test
    void check_askThePersonThatNoServerSaid_isNotRemembered() {
        ledger.remember("request", new InteractionRequiredAuthException(ErrorDetails.of("no_tokens_found", "m")), NOW);

        assertThatCode(() -> ledger.check("request", NOW)).doesNotThrowAnyException();
    }

    @Test
    void check_clockSetBack_holdsNobody() {
        ledger.remember("request", server(429, null), NOW);

        assertThatCode(() -> ledger.check("request", NOW.minusMillis(1))).doesNotThrowAnyException();
    }

    @Test
    void check_networkFailure_isNotRemembered() {
        ledger.remember("request", new NetworkException(ErrorDetails.of("network_error", "m")), NOW);

        assertThatCode(() -> ledger.check("request", NOW)).doesNotThrowAnyException();
    }

    @Test
    void forget_matching_leavesTheOthers() {
        ledger.remember("ada 1", server(429, null), NOW);
        ledger.remember("bob 1", server(429, null), NOW);

        ledger.forget(request -> request.startsWith("ada"));

        assertThatCode(() -> ledger.check("ada 1", NOW)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ledger.check("bob 1", NOW)).isInstanceOf(ServerException.class);
    }

    @Test
    void remember_tenThousandRequests_isBounded() {
        for (int i = 0; i < 10_000; i++) {
            ledger.remember("request " + i, server(429, null), NOW);
        }

        assertThatCode(() -> ledger.check("request 4999", NOW)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ledger.check("request 5000", NOW)).isInstanceOf(ServerException.class);
        assertThatThrownBy(() -> ledger.check("request 9999", NOW)).isInstanceOf(ServerException.class);
    }

    /** Whoever asks for many things must not make forgotten that a server does not want to hear of others. */
    @Test
    void remember_manyRequestsOfOne_pushesOutNobodyElses() {
        ThrottleLedger<String> owned = new ThrottleLedger<>(request -> request.substring(0, 3));
        owned.remember("ada 1", server(429, null), NOW);
        for (int i = 0; i < 10_000; i++) {
            owned.remember("bob " + i, server(429, null), NOW);
        }

        assertThatThrownBy(() -> owned.check("ada 1", NOW)).isInstanceOf(ServerException.class);
        assertThatCode(() -> owned.check("bob 9949", NOW)).doesNotThrowAnyException();
        assertThatThrownBy(() -> owned.check("bob 9950", NOW)).isInstanceOf(ServerException.class);
        owned.forget(request -> request.startsWith("bob"));
        assertThatCode(() -> owned.check("bob 9999", NOW)).doesNotThrowAnyException();
        assertThatThrownBy(() -> owned.check("ada 1", NOW)).isInstanceOf(ServerException.class);
    }

    private static AuthException server(int status, Duration retryAfter) {
        return new ServerException(ErrorDetails.of("x", "m").status(status).retryAfter(retryAfter));
    }
}
