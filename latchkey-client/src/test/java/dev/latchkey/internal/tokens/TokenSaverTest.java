package dev.latchkey.internal.tokens;

import static dev.latchkey.internal.tokens.StoreBench.KEY;
import static dev.latchkey.internal.tokens.StoreBench.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.StoreInCache;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.token.DeviceCodeGrant;
import dev.latchkey.core.token.TokenRequest;
import dev.latchkey.core.token.TokenResponse;
import dev.latchkey.internal.authority.TokenGrant;
import dev.latchkey.store.Lease;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, under which lease, and what becomes of it where others write too. */
class TokenSaverTest {
    private static final Instant ASKED_AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Account ADA = Account.of(
            KEY,
            AuthorityType.MSSTS,
            new TenantProfile("tenant", "ada", "ada@example", "Ada", true, null, null, null, List.of()),
            null);

    private final StoreBench bench = new StoreBench();
    private final TokenSaver saver = bench.saver;

    @Test
    void update_underALeaseThatIsHeld_writes() {
        try (Lease lease = bench.leases.take(KEY, Duration.ZERO)) {
            assertThat(StoreBench.tokens(saver.update(KEY, lease, with("new")))).containsExactly("new");
        }
        assertThat(bench.stored()).containsExactly("new");
    }

    @Test
    void update_underALeaseThatIsLost_writesNothingAndIsTriedOnce() {
        bench.holding("old");
        Lease lost = bench.leases.take(KEY, Duration.ZERO);
        lost.close();

        failsWith(ErrorCodes.CACHE_LEASE_LOST, () -> saver.update(KEY, lost, with("new")));

        assertThat(bench.stored()).containsExactly("old");
        assertThat(bench.writes).isEqualTo(1);
    }

    @Test
    void update_underTheLeaseOfAnotherAccount_isRefused() {
        try (Lease other = bench.leases.take(PartitionKey.user("login.example", "bob"), Duration.ZERO)) {
            assertThatThrownBy(() -> saver.update(KEY, other, with("new")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(bench.stored()).isEmpty();
    }

    @Test
    void updateExclusively_whileTheLeaseIsTaken_waitsInVain() {
        try (Lease held = bench.leases.take(KEY, Duration.ZERO)) {
            assertThat(held.isHeld()).isTrue();
            failsWith(ErrorCodes.CACHE_LEASE_TIMEOUT, () -> saver.updateExclusively(KEY, Duration.ZERO, with("new")));
        }
        assertThat(bench.stored()).isEmpty();
    }

    @Test
    void updateExclusively_writesUnderItsLease_andGivesItBack() {
        bench.before = () -> assertThat(bench.leasesHeld).isEqualTo(1);

        assertThat(StoreBench.tokens(saver.updateExclusively(KEY, Duration.ZERO, with("new"))))
                .containsExactly("new");

        assertThat(bench.stored()).containsExactly("new");
        assertThat(bench.leasesHeld).isZero();
    }

    /** Somebody without a lease writes between reading and writing: both writes count. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 99})
    void update_othersWriteBetween_isAppliedToWhatTheyLeft(int races) {
        bench.before = () -> {
            if (bench.writes <= races) {
                bench.put(KEY, with("other", "theirs" + bench.writes).apply(Partition.EMPTY));
            }
        };

        saver.update(KEY, null, with("ours"));

        assertThat(bench.stored()).containsExactlyInAnyOrder("theirs" + races, "ours");
    }

    @Test
    void update_othersWriteWithoutPause_givesUp() {
        bench.before =
                () -> bench.put(KEY, with("other", "theirs" + bench.writes).apply(Partition.EMPTY));

        failsWith(ErrorCodes.CACHE_LEASE_LOST, () -> saver.update(KEY, null, with("ours")));

        assertThat(bench.writes).isEqualTo(100);
        assertThat(bench.stored()).containsExactly("theirs100");
    }

    @Test
    void update_thatChangesNothing_isNotWritten() {
        bench.holding("old");

        saver.update(KEY, null, with("old"));

        assertThat(bench.writes).isZero();
    }

    @Test
    void save_accountGone_staysGone() {
        try (Lease lease = bench.leases.take(KEY, Duration.ZERO)) {
            saver.save(KEY, lease, with("old").apply(Partition.EMPTY), with("new"));
        }
        assertThat(bench.writes).isZero();
    }

    @Test
    void save_clientGoneFromAnAccountThatOthersUse_staysGone() {
        bench.put(KEY, with("other", "theirs").apply(Partition.EMPTY));
        Partition known = with("old").apply(with("other", "theirs").apply(Partition.EMPTY));

        try (Lease lease = bench.leases.take(KEY, Duration.ZERO)) {
            saver.save(KEY, lease, known, with("new"));
        }
        assertThat(bench.stored()).containsExactly("theirs");
    }

    /** What a single account's file refuses is told; what the whole store refuses is kept. */
    @Test
    void save_failureThatTryingAgainCannotCure_isTold() {
        bench.holding("old").failure = new CacheException(ErrorCodes.CACHE_CORRUPT, "damaged");

        try (Lease lease = bench.leases.take(KEY, Duration.ZERO)) {
            failsWith(ErrorCodes.CACHE_CORRUPT, () -> saver.save(KEY, lease, Partition.EMPTY, with("new")));
        }
        failsWith(ErrorCodes.CACHE_CORRUPT, () -> saver.saveExclusively(KEY, Duration.ZERO, with("new")));
        failsWith(ErrorCodes.CACHE_CORRUPT, () -> saver.updateOrKeep(KEY, with("new")));
        assertThat(bench.pauses).isEmpty();
        assertThat(bench.leasesHeld).isZero();
    }

    @Test
    void saveAndUpdate_storeFull_areServedFromWhatIsKept() {
        bench.holding("old").failure = StoreBench.full();

        assertThat(StoreBench.tokens(saver.saveExclusively(KEY, Duration.ZERO, with("new"))))
                .containsExactly("new");
        saver.updateOrKeep(KEY, with("other", "more"));

        assertThat(bench.served()).containsExactlyInAnyOrder("new", "more");
        assertThat(bench.stored()).containsExactly("old");
    }

    @Test
    void record_ofAnAnswer_livesCountFromWhenItWasAskedFor() {
        TokenRecord all = record("""
                {"access_token":"at","token_type":"Bearer","expires_in":3600,"ext_expires_in":7200,"refresh_in":1800,
                "refresh_token":"rt","refresh_token_expires_in":86400,"foci":"1","scope":"granted"}""");

        AccessTokenEntry token = all.accessToken();
        assertThat(token.secret().reveal()).isEqualTo("at");
        assertThat(token.clientId()).isEqualTo("client");
        assertThat(token.realm()).isEqualTo("tenant");
        assertThat(token.target().contains("granted")).isTrue();
        assertThat(token.resource()).isEqualTo("https://api.example");
        assertThat(token.variant()).isEqualTo("variant");
        assertThat(token.expiresOn()).isEqualTo(ASKED_AT.plusSeconds(3600));
        assertThat(token.extendedExpiresOn()).isEqualTo(ASKED_AT.plusSeconds(7200));
        assertThat(token.refreshOn()).isEqualTo(ASKED_AT.plusSeconds(1800));
        assertThat(all.refreshToken().expiresOn()).isEqualTo(ASKED_AT.plusSeconds(86_400));
        assertThat(all.refreshToken().familyId()).isEqualTo("1");
        assertThat(all.appMetadata().familyId()).isEqualTo("1");
        assertThat(all.account()).isEqualTo(ADA);
    }

    @Test
    void record_ofAnAnswerThatSaysLittle_isAsItWasAskedFor() {
        TokenRecord all = record("{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"expires_in\":3600}");

        assertThat(all.accessToken().target().contains("asked")).isTrue();
        assertThat(all.accessToken().extendedExpiresOn()).isNull();
        assertThat(all.accessToken().refreshOn()).isNull();
        assertThat(all.refreshToken()).isNull();
        assertThat(all.appMetadata())
                .as("without a refresh token nothing is said about families")
                .isNull();
        assertThat(all.idToken()).isNull();
        assertThat(record("""
                        {"access_token":"at","token_type":"Bearer","expires_in":3600,"refresh_token":"rt"}""").refreshToken().expiresOn()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"true,false,false", "false,true,false", "false,false,true", "false,false,false", "true,true,true"})
    void wanted_leavesOutTheRest(boolean accessToken, boolean idToken, boolean refreshToken) {
        TokenRecord some = record("""
                {"access_token":"at","token_type":"Bearer","expires_in":3600,"refresh_token":"rt"}""");
        IdTokenEntry named = new IdTokenEntry("client", "tenant", Secret.of("e30.e30.c2ln"));
        TokenRecord all = new TokenRecord(ADA, named, some.accessToken(), some.refreshToken(), some.appMetadata());

        TokenRecord wanted = TokenSaver.wanted(all, new StoreInCache(accessToken, idToken, refreshToken));

        assertThat(wanted.account()).isEqualTo(ADA);
        assertThat(wanted.accessToken() != null).isEqualTo(accessToken);
        assertThat(wanted.idToken() != null).isEqualTo(idToken);
        assertThat(wanted.refreshToken() != null).isEqualTo(refreshToken);
        assertThat(wanted.appMetadata() != null).isEqualTo(refreshToken);
    }

    /** What a challenge asked for stands in for the plain token for the same, which was not enough. */
    @Test
    void saved_ofAChallenge_dropsThePlainTokenForTheSame() {
        String answer = "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
        Partition plain = saver.saved(
                Partition.EMPTY, record(answer.formatted("plain"), sought(null, false)), sought(null, false));
        TokenRecord special = record(answer.formatted("special"), sought("claims", true));

        assertThat(accessTokens(saver.saved(plain, special, sought("claims", false))))
                .containsExactlyInAnyOrder("plain", "special");
        assertThat(accessTokens(saver.saved(plain, special, sought("claims", true))))
                .containsExactly("special");
    }

    private static List<String> accessTokens(Partition partition) {
        return partition.accessTokens().stream()
                .map(token -> token.secret().reveal())
                .toList();
    }

    private TokenRecord record(String answer) {
        return record(answer, sought("variant", false));
    }

    private TokenRecord record(String answer, TokenSaver.Sought sought) {
        TokenRequest request = new TokenRequest(
                URI.create("https://login.example/token"),
                new DeviceCodeGrant(Secret.of("dc")),
                sought.sent(),
                null,
                null,
                false,
                "c",
                Map.of());
        TokenResponse response =
                TokenResponse.check(new HttpAnswer(200, Map.of(), answer), request, Duration.ofHours(1), ASKED_AT);
        return saver.record(new TokenGrant(response, null, null, null, ASKED_AT), ADA, sought, null);
    }

    private static TokenSaver.Sought sought(String variant, boolean supersedesPlain) {
        return new TokenSaver.Sought(Scopes.parse("asked"), "https://api.example", variant, supersedesPlain);
    }

    private static void failsWith(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CacheException.class, e -> assertThat(e.errorCode())
                .isEqualTo(code));
    }
}
