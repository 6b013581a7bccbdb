package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.IdTokenFlaw;
import dev.latchkey.authority.RefreshTokenPolicy;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When a token is renewed, by what, and what becomes of the refresh token. */
@Timeout(60)
class RenewalTest {
    /** Into the prefetch window of an hour's token, past any jitter, and not yet stale. */
    private static final Duration GETTING_OLD = Duration.ofMinutes(54).plusSeconds(30);

    private final TokenStore store = MemoryTokenStore.create();
    private final ManualExecutor work = new ManualExecutor();
    private Bench bench = Bench.with(it -> it.store(store));

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void gettingOld_isReturnedAtOnceAndRenewedBehind(Face face) {
        Account account = bench.signIn();
        PublicClientApplication app = bench.application(it -> it.store(store).executor(work));
        String old = face.silent(app, silent(account)).accessToken();
        bench.clock.advance(GETTING_OLD);

        AuthenticationResult served = face.silent(app, silent(account));

        assertThat(served.accessToken()).isEqualTo(old);
        assertThat(served.fromCache()).isTrue();
        assertThat(bench.refreshes()).isZero();
        work.runAll();
        assertThat(bench.refreshes()).isEqualTo(1);
        assertThat(face.silent(app, silent(account)).accessToken()).isNotEqualTo(old);
        assertThat(work.pending()).isZero();
    }

    @Test
    void gettingOld_manyCalls_renewOnce() {
        Account account = bench.signIn();
        PublicClientApplication app = bench.application(it -> it.store(store).executor(work));
        bench.clock.advance(GETTING_OLD);

        for (int i = 0; i < 50; i++) {
            Face.FUTURES.silent(app, silent(account));
        }

        assertThat(work.pending()).isEqualTo(1);
        work.runAll();
        assertThat(bench.refreshes()).isEqualTo(1);
    }

    @Test
    void refreshIn_ofTheAuthority_beginsThePrefetch() {
        bench.close();
        bench = Bench.with(it -> it.refreshIn(Duration.ofMinutes(10)), it -> it.store(store));
        Account account = bench.signIn();
        PublicClientApplication app = bench.application(it -> it.store(store).executor(work));

        bench.clock.advance(Duration.ofMinutes(9));
        Face.FUTURES.silent(app, silent(account));
        assertThat(work.pending()).isZero();

        // Halfway from there to stale at most: that is where the jitter ends.
        bench.clock.advance(Duration.ofMinutes(25));
        Face.FUTURES.silent(app, silent(account));
        assertThat(work.pending()).isEqualTo(1);
    }

    @Test
    void gettingOld_policyAccessToken_renewsNothing() {
        Account account = bench.signIn();
        PublicClientApplication app = bench.application(it -> it.store(store).executor(work));
        bench.clock.advance(GETTING_OLD);

        Face.FUTURES.silent(
                app,
                silent(account).toBuilder()
                        .cacheLookupPolicy(CacheLookupPolicy.ACCESS_TOKEN)
                        .build());

        assertThat(work.pending()).isZero();
    }

    @Test
    void gettingOld_renewedByAnotherProcessMeanwhile_isNotRenewedAgain() {
        Account account = bench.signIn();
        PublicClientApplication app = bench.application(it -> it.store(store).executor(work));
        PublicClientApplication other = bench.application(it -> it.store(store));
        bench.clock.advance(GETTING_OLD);
        Face.FUTURES.silent(app, silent(account));
        assertThat(work.pending()).isEqualTo(1);

        Face.FUTURES.silent(other, silent(account).toBuilder().forceRefresh().build());
        work.runAll();

        assertThat(bench.refreshes()).isEqualTo(1);
    }

    @Test
    void backgroundFailure_disturbsNobodyAndBacksOff() {
        Account account = bench.signIn();
        PublicClientApplication app = bench.application(it -> it.store(store).executor(work));
        bench.clock.advance(Duration.ofMinutes(53));
        try (var outage = bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .answer(Fault.error(400, "invalid_request", "not today"))) {
            Face.FUTURES.silent(app, silent(account));
            work.runAll();
            assertThat(outage.timesMet()).isEqualTo(1);

            assertThat(Face.FUTURES.silent(app, silent(account)).fromCache()).isTrue();
            assertThat(work.pending()).as("a second try right after the first").isZero();

            bench.clock.advance(Duration.ofSeconds(31));
            Face.FUTURES.silent(app, silent(account));
            assertThat(work.pending()).as("a second try after the pause").isEqualTo(1);
            work.runAll();
            assertThat(outage.timesMet()).isEqualTo(2);

            bench.clock.advance(Duration.ofSeconds(29));
            Face.FUTURES.silent(app, silent(account));
            assertThat(work.pending()).as("the pause has doubled").isZero();
        }
    }

    @Test
    void backgroundFailure_clockSetBack_doesNotWaitForEver() {
        Account account = bench.signIn();
        PublicClientApplication app = bench.application(it -> it.store(store).executor(work));
        bench.clock.advance(GETTING_OLD);
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.error(400, "invalid_request", "not today"));
        Face.FUTURES.silent(app, silent(account));
        work.runAll();

        bench.clock.advance(Duration.ofSeconds(-20));
        Face.FUTURES.silent(app, silent(account));

        assertThat(work.pending()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void stale_isRenewedBeforeItIsReturned(Face face) {
        Account account = bench.signIn();
        bench.expireAccessTokens();

        AuthenticationResult renewed = face.silent(bench.app, silent(account));

        assertThat(renewed.fromCache()).isFalse();
        assertThat(renewed.expiresOn()).isAfter(bench.clock.instant().plus(Duration.ofMinutes(55)));
        assertThat(renewed.correlationId()).isPresent();
        assertThat(renewed.account()).contains(account);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void fewerScopesGrantedThanAsked_isNotAskedForWithEveryCall(Face face) {
        Account account = bench.signIn("User.Read", "Mail.Read");
        SilentRequest both =
                SilentRequest.builder("User.Read", "Mail.Read").account(account).build();
        SilentRequest forced = both.toBuilder().forceRefresh().build();
        bench.expireAccessTokens();
        AuthenticationResult first;
        try (var narrow = bench.idp.faults().on(Endpoint.TOKEN).answer(Fault.with("scope", "User.Read"))) {
            first = face.silent(bench.app, both);
            assertThat(narrow.timesMet()).isEqualTo(1);
        }

        AuthenticationResult second = face.silent(bench.app, both);

        assertThat(first.scopes().contains("Mail.Read")).isFalse();
        assertThat(second.accessToken()).isEqualTo(first.accessToken());
        assertThat(second.fromCache()).isTrue();
        assertThat(bench.refreshes()).isEqualTo(1);
        assertThat(face.silent(bench.app, forced).scopes().contains("Mail.Read"))
                .as("a forced refresh asks")
                .isTrue();
        assertThat(face.silent(bench.app, both).scopes().contains("Mail.Read"))
                .as("what it brought serves from now on")
                .isTrue();
        bench.expireAccessTokens();
        assertThat(face.silent(bench.app, both).fromCache()).isFalse();
    }

    @Test
    void fewerScopesGrantedThanAsked_signedOut_isForgotten() {
        Account account = bench.signIn("User.Read", "Mail.Read");
        SilentRequest both =
                SilentRequest.builder("User.Read", "Mail.Read").account(account).build();
        bench.expireAccessTokens();
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.with("scope", "User.Read"));
        Face.FUTURES.silent(bench.app, both);

        bench.app.blocking().clearCache(account);

        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, both))
                .isInstanceOf(InteractionRequiredAuthException.class);
    }

    @Test
    void rotation_manyRenewalsInARow_neverReuseARefreshToken() {
        Account account = bench.signIn();
        for (int i = 0; i < 5; i++) {
            bench.expireAccessTokens();
            assertThat(Face.FUTURES.silent(bench.app, silent(account)).fromCache())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void refreshTokenExpiry_knownAndNear_asksThePersonWithoutSendingIt(Face face) {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.with("refresh_token_expires_in", 3600));
        face.silent(bench.app, silent(account));
        int before = bench.refreshes();

        bench.clock.advance(Duration.ofMinutes(56));

        assertThatThrownBy(() -> face.silent(bench.app, silent(account)))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(ErrorCodes.REFRESH_TOKEN_EXPIRED);
                    assertThat(e.correlationId()).isPresent();
                });
        assertThat(bench.refreshes()).isEqualTo(before);
    }

    @Test
    void refreshTokenExpirationOffset_ofTheRequest_decides() {
        Account account = bench.signIn();
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.with("refresh_token_expires_in", 86_400));
        SilentRequest forced = silent(account).toBuilder().forceRefresh().build();
        Face.FUTURES.silent(bench.app, forced);

        SilentRequest twoDays = forced.toBuilder()
                .refreshTokenExpirationOffset(Duration.ofDays(2))
                .build();

        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, twoDays))
                .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.REFRESH_TOKEN_EXPIRED));
        assertThat(Face.FUTURES.silent(bench.app, forced).fromCache()).isFalse();
    }

    /** What the server says, whether the refresh token survives it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalid_grant | bad_token | revoked | dead",
                "invalid_grant | '' | AADSTS70000 no good | dead",
                "bad_token | '' | no good | dead",
                "invalid_grant | consent_required | AADSTS65001 | alive",
                "invalid_grant | basic_action | do something | alive",
                "invalid_grant | message_only | read this | alive",
                "invalid_grant | user_password_expired | change it | alive",
                "invalid_grant | '' | AADSTS65001 consent_required for that | alive",
                "interaction_required | '' | second factor | alive",
                "login_required | '' | sign in | alive",
                "invalid_scope | '' | never granted | alive",
            })
    void refusal_isInteractionRequired_andTheRefreshTokenGoesOnlyIfItIsDead(
            String error, String subError, String description, String fate) {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(refusal(error, subError, description));

        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent(account)))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(error);
                    assertThat(e.subError().orElse("")).isEqualTo(subError);
                    assertThat(e.claims()).contains("{\"access_token\":{}}");
                    assertThat(e.correlationId()).isPresent();
                    assertThat(e.endpoint().orElseThrow().getPath()).endsWith("/token");
                });
        assertThat(stored(account).refreshTokens().isEmpty()).isEqualTo(fate.equals("dead"));
    }

    @Test
    void consentRequired_leavesTheRefreshTokenGoodForOtherScopes() {
        Account account = bench.signIn();
        assertThatThrownBy(() -> Face.FUTURES.silent(
                        bench.app,
                        SilentRequest.builder("Mail.Send").account(account).build()))
                .isInstanceOf(InteractionRequiredAuthException.class);
        bench.expireAccessTokens();

        assertThat(Face.FUTURES.silent(bench.app, silent(account)).fromCache()).isFalse();
    }

    /** Another library on the same file renews without our lease while our request is on its way. */
    @Test
    void refused_successorInTheStore_isTried() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        TokenStore theirs = renewedElsewhere(account);
        refuseOnceWhile(() -> copy(account, theirs, store));

        AuthenticationResult result = Face.FUTURES.silent(
                bench.app, silent(account).toBuilder().forceRefresh().build());

        assertThat(result.fromCache()).isFalse();
        assertThat(bench.wire.sentTo("/token")).hasSize(2);
    }

    @Test
    void refused_successorRefusedToo_asksThePersonAndIsGone() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        TokenStore theirs = renewedElsewhere(account);
        refuseOnceWhile(() -> copy(account, theirs, store));
        bench.idp.faults().on(Endpoint.TOKEN).answer(refusal("invalid_grant", "bad_token", "revoked"));

        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent(account)))
                .isInstanceOf(InteractionRequiredAuthException.class);

        assertThat(bench.wire.sentTo("/token")).hasSize(2);
        assertThat(stored(account).refreshTokens()).isEmpty();
    }

    private TokenStore renewedElsewhere(Account account) {
        TokenStore theirs = MemoryTokenStore.create();
        copy(account, store, theirs);
        Face.FUTURES.silent(bench.application(it -> it.store(theirs)), silent(account));
        bench.wire.forget();
        return theirs;
    }

    private void refuseOnceWhile(Runnable meanwhile) {
        bench.wire.script((message, real) -> {
            if (message.form() == null) {
                return null;
            }
            bench.wire.unscript();
            meanwhile.run();
            return new HttpAnswer(400, Map.of(), "{\"error\":\"invalid_grant\"}");
        });
    }

    private static void copy(Account account, TokenStore from, TokenStore to) {
        PartitionKey key = account.partitionKey();
        assertThat(to.write(key, to.read(key).version(), from.read(key).partition(), null))
                .isTrue();
    }

    @Test
    void serverError_isNoReasonToAskThePerson() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.error(400, "unauthorized_client", "not you"));

        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent(account)))
                .isInstanceOfSatisfying(AuthException.class, e -> {
                    assertThat(e).isNotInstanceOf(InteractionRequiredAuthException.class);
                    assertThat(e.errorCode()).isEqualTo("unauthorized_client");
                });
        assertThat(stored(account).refreshTokens()).isNotEmpty();
    }

    @Test
    void lostAnswer_isNotSentAgain_andTheNextCallFindsOut() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .once()
                .answer(Fault.loseAnswer());

        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent(account)))
                .isInstanceOf(NetworkException.class);

        assertThat(bench.wire.sentTo("/token")).hasSize(1);
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent(account)))
                .isInstanceOf(InteractionRequiredAuthException.class);
    }

    @Test
    void lostAnswer_whereTheAuthorityGivesGrace_isRepairedByTheNextCall() {
        bench.close();
        bench = Bench.with(
                it -> it.refreshTokens(RefreshTokenPolicy.rotatingWithGrace(Duration.ofMinutes(1))),
                it -> it.store(store));
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .once()
                .answer(Fault.loseAnswer());

        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent(account)))
                .isInstanceOf(NetworkException.class);

        assertThat(Face.FUTURES.silent(bench.app, silent(account)).fromCache()).isFalse();
    }

    /** Reasons that pass: the refresh token that came along is not lost. */
    @ParameterizedTest
    @EnumSource(
            value = IdTokenFlaw.class,
            names = {"EXPIRED", "NOT_YET_VALID", "UNKNOWN_KEY"})
    void idTokenNotBelievedNow_successorIsKept(IdTokenFlaw flaw) {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.idToken(flaw));
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent(account)))
                .isInstanceOf(ClientAuthException.class);
        assertThat(stored(account).accessTokens())
                .as("the doubtful access token")
                .allMatch(token -> token.expiresOn().isBefore(bench.clock.instant()));

        assertThat(Face.FUTURES.silent(bench.app, silent(account)).fromCache()).isFalse();
    }

    @Test
    void idTokenOfSomebodyElse_isNotStoredAndWhatIsSpentIsNotSentAgain() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        Partition before = stored(account);
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.idToken(IdTokenFlaw.WRONG_SUBJECT));

        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent(account)))
                .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.ID_TOKEN_SUBJECT_MISMATCH));

        assertThat(stored(account).accounts()).isEqualTo(before.accounts());
        assertThat(stored(account).idTokens()).isEqualTo(before.idTokens());
        assertThat(stored(account).refreshTokens()).isEmpty();
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent(account)))
                .isInstanceOf(InteractionRequiredAuthException.class);
        assertThat(bench.refreshes()).isEqualTo(1);
    }

    @Test
    void keysUnreachable_lastKnownKeysServe() {
        Account account = bench.signIn();
        SilentRequest forced = silent(account).toBuilder().forceRefresh().build();
        Face.FUTURES.silent(bench.app, forced);
        bench.clock.advance(Duration.ofHours(25));
        try (var outage = bench.idp.faults().on(Endpoint.KEYS).answer(Fault.reset())) {
            assertThat(Face.FUTURES.silent(bench.app, silent(account)).fromCache())
                    .isFalse();
            assertThat(outage.timesMet()).isPositive();
        }
    }

    @Test
    void keysUnreachable_noneKnown_isMetBeforeTheRefreshTokenIsSpent() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        PublicClientApplication fresh = bench.application(it -> it.store(store));
        try (var outage = bench.idp.faults().on(Endpoint.KEYS).answer(Fault.reset())) {
            assertThatThrownBy(() -> Face.FUTURES.silent(fresh, silent(account)))
                    .isInstanceOf(NetworkException.class);
            assertThat(bench.refreshes()).isZero();
        }
        assertThat(Face.FUTURES.silent(fresh, silent(account)).fromCache()).isFalse();
    }

    @Test
    void keysRotated_areReadAnewOnce() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.idp.faults().rotateKeysWithoutOverlap();

        assertThat(Face.FUTURES.silent(bench.app, silent(account)).fromCache()).isFalse();
        assertThat(bench.wire.sentTo("/keys")).hasSize(1);
    }

    @Test
    void keysRotated_clockWasSetBackMeanwhile_areReadAnewAllTheSame() {
        bench.clock.advance(Duration.ofDays(400));
        Account account = bench.signIn();
        bench.clock.advance(Duration.ofDays(-400));
        bench.idp.faults().rotateKeysWithoutOverlap();

        SilentRequest forced = silent(account).toBuilder().forceRefresh().build();

        assertThat(Face.FUTURES.silent(bench.app, forced).fromCache()).isFalse();
    }

    @Test
    void clockSetBack_tokenFromTheFuture_isNotServed() {
        Account account = bench.signIn();
        bench.clock.advance(Duration.ofDays(-2));
        assertThat(Face.FUTURES.silent(bench.app, silent(account)).fromCache()).isFalse();
    }

    @Test
    void signedOutWhileRenewing_staysSignedOut() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        try (var barrier = bench.idp.holdTokenEndpoint()) {
            var waiting = bench.app.acquireTokenSilent(silent(account));
            barrier.awaitWaiting(1, Duration.ofSeconds(20));
            var gone = Bench.elsewhere(() -> {
                bench.app.blocking().clearCache(account);
                return true;
            });
            barrier.release();
            Face.join(gone);
            Face.join(waiting);
        }
        assertThat(bench.app.blocking().accounts()).isEmpty();
        assertThat(stored(account).isEmpty()).isTrue();
    }

    private static Fault refusal(String error, String subError, String description) {
        StringBuilder body = new StringBuilder("{\"error\":\"" + error + "\",\"error_description\":\"" + description
                + "\",\"claims\":\"{\\\"access_token\\\":{}}\"");
        if (!subError.isEmpty()) {
            body.append(",\"suberror\":\"").append(subError).append('"');
        }
        return Fault.answer(400, "application/json", body.append('}').toString());
    }

    private Partition stored(Account account) {
        return store.read(account.partitionKey()).partition();
    }

    private static SilentRequest silent(Account account) {
        return SilentRequest.builder("User.Read").account(account).build();
    }
}
