package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.CacheLookupPolicy;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.TokenVariant;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.StepUp;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Which cached token serves a session: those of its step-ups first, and never another account's. */
final class StrongerTokensTest {
    private static final SilentRequest PLAIN = SilentRequest.of("User.Read");
    private static final Map<String, String> GOLD = Map.of("acr_values", "gold");
    private static final Map<String, String> ELSEWHERE = Map.of("acr_values", "gold", "audience", "api2");

    private final BareSite site = new BareSite();
    private final Account alice = site.person("alice");
    private final Account bob = site.person("bob");
    private final SessionData ofAlice = SessionData.EMPTY.with(AccountRef.of(alice));

    private String token(SessionData data, SilentRequest request) {
        return WebSession.of(site.application, data)
                .acquireTokenSilent(request)
                .join()
                .accessToken();
    }

    private String errorOf(SessionData data, SilentRequest request) {
        try {
            return "got " + token(data, request);
        } catch (CompletionException e) {
            return ((AuthException) e.getCause()).errorCode();
        }
    }

    /** A step-up by alice, and its token. */
    private StepUp done(String secret, Map<String, String> extras) {
        StepUp done = StepUp.of(null, extras);
        site.save(
                alice,
                BareSite.token(secret)
                        .variant(TokenVariant.of(null, extras, done.component()))
                        .build());
        return done;
    }

    @Test
    void token_ofTheSessionsPeopleAlone_isGiven() {
        SilentRequest forBob = PLAIN.toBuilder().account(bob).build();

        assertThat(token(ofAlice, PLAIN)).isEqualTo("token of alice");
        assertThat(errorOf(ofAlice, forBob)).isEqualTo(ErrorCodes.NO_ACCOUNT_FOUND);
        assertThat(token(ofAlice.with(AccountRef.of(bob)), forBob)).isEqualTo("token of bob");
        assertThat(errorOf(SessionData.EMPTY, PLAIN)).isEqualTo(ErrorCodes.NO_ACCOUNT_ERROR);
    }

    @Test
    void account_outsideTheSession_isNotKnown() {
        WebSession session = WebSession.of(site.application, ofAlice);
        AccountRef anyTenant = new AccountRef(alice.homeAccountId(), alice.environment(), "");
        AccountRef otherTenant = new AccountRef(alice.homeAccountId(), alice.environment(), "elsewhere");

        assertThat(session.account(AccountRef.of(bob))).isEmpty();
        assertThat(session.account(AccountRef.of(alice))).contains(alice);
        assertThat(session.account(anyTenant)).contains(alice);
        assertThat(session.account(otherTenant)).isEmpty();
        assertThat(session.account()).contains(alice);
        assertThat(session.accounts()).containsExactly(alice);
    }

    @Test
    void token_steppedUpFor_servesItsSessionTheNewestFirst() {
        SessionData stronger = ofAlice.steppedUp(done("gold", GOLD));
        SessionData twice = stronger.steppedUp(done("newer", Map.of("acr_values", "silver")));

        assertThat(token(stronger, PLAIN)).isEqualTo("gold");
        assertThat(token(stronger, PLAIN.toBuilder().extraParameters(GOLD).build()))
                .isEqualTo("gold");
        assertThat(token(twice, PLAIN)).isEqualTo("newer");
        assertThat(token(twice, PLAIN.toBuilder().extraParameters(GOLD).build()))
                .isEqualTo("gold");
        assertThat(token(ofAlice, PLAIN)).as("another session").isEqualTo("token of alice");
    }

    @Test
    void token_steppedUpForAndGone_leavesThePlainOne() {
        SessionData gone = ofAlice.steppedUp(StepUp.of(null, GOLD));
        SessionData oneIsLeft = ofAlice.steppedUp(done("gold", GOLD)).steppedUp(StepUp.of("{}", Map.of()));

        assertThat(token(gone, PLAIN)).isEqualTo("token of alice");
        assertThat(token(oneIsLeft, PLAIN)).isEqualTo("gold");
    }

    @Test
    void token_steppedUpForAnotherAudience_servesNoPlainRequest() {
        SessionData elsewhere = ofAlice.steppedUp(done("for api2", ELSEWHERE));

        assertThat(token(elsewhere, PLAIN)).isEqualTo("token of alice");
        assertThat(token(elsewhere, PLAIN.toBuilder().extraParameters(ELSEWHERE).build()))
                .isEqualTo("for api2");
    }

    @Test
    void token_askedAnew_isNotTheCachedStrongerOne() {
        SessionData stronger = ofAlice.steppedUp(done("gold", GOLD));
        SilentRequest anew = PLAIN.toBuilder()
                .cacheLookupPolicy(CacheLookupPolicy.REFRESH_TOKEN)
                .build();
        SilentRequest own = PLAIN.toBuilder().cacheKeyComponent("own").build();

        assertThat(errorOf(stronger, anew)).doesNotContain("gold");
        assertThat(errorOf(stronger, own)).doesNotContain("gold");
    }
}
