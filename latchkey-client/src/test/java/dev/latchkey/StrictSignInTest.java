package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application asked for or declared reaches the verification of its ID tokens. */
@Timeout(60)
class StrictSignInTest {
    private static final String GOLD = "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"gold\"]}}}";

    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void popup_essentialAcr_isChecked() {
        bench.idp.faults().on(Endpoint.TOKEN).answer(Fault.idTokenClaim("acr", "silver"));
        PopupRequest plain = PopupRequest.of("User.Read");

        assertThat(Face.FUTURES.popup(bench.app, plain).idTokenClaims().string("acr"))
                .isEqualTo("silver");
        assertThatThrownBy(() -> Face.FUTURES.popup(
                        bench.app,
                        PopupRequest.builder("User.Read").claims(GOLD).build()))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.ACR_MISMATCH));
    }

    @Test
    void silent_essentialAcrNotMet_isRefusedAndTheAccountStaysSignedIn() {
        Account account = bench.signIn();
        SilentRequest plain =
                SilentRequest.builder("User.Read").account(account).build();

        assertThatThrownBy(() -> Face.FUTURES.silent(
                        bench.app, plain.toBuilder().claims(GOLD).build()))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.ACR_MISMATCH));

        bench.expireAccessTokens();
        assertThat(Face.FUTURES.silent(bench.app, plain).fromCache())
                .as("by the refresh token that came with what was refused")
                .isFalse();
    }

    @Test
    void silent_essentialAcrAndNoIdTokenInTheAnswer_isNotChecked() {
        Account account = bench.signIn();
        bench.idp.faults().on(Endpoint.TOKEN).nth(1).answer(Fault.without("id_token"));

        AuthenticationResult renewed = Face.FUTURES.silent(
                bench.app,
                SilentRequest.builder("User.Read").account(account).claims(GOLD).build());

        assertThat(renewed.fromCache()).isFalse();
    }

    @Test
    void popup_audienceBesideUs_needsToBeDeclared() {
        List<String> audiences = List.of(LocalAuthority.DEFAULT_CLIENT_ID, "portal");
        bench.idp.faults().on(Endpoint.TOKEN).answer(Fault.idTokenClaim("aud", audiences));
        PopupRequest request = PopupRequest.of("User.Read");

        assertThatThrownBy(() -> Face.FUTURES.popup(bench.app, request))
                .hasMessageStartingWith(ErrorCodes.ID_TOKEN_AUDIENCE_MISMATCH)
                .hasMessageContaining("trustedAudiences");
        // The authority names no party, so the check after this one is where a declared audience gets to.
        try (PublicClientApplication trusting = bench.application(it -> it.trustedAudiences(List.of("portal")))) {
            assertThatThrownBy(() -> Face.FUTURES.popup(trusting, request))
                    .hasMessageStartingWith(ErrorCodes.ID_TOKEN_AUDIENCE_MISMATCH)
                    .hasMessageContaining("azp");
        }
    }

    /** OpenID Connect Core 3.1.3.7 step 13. */
    @Test
    void maximumAge_ofAPopup_isCheckedInTheIdToken() {
        PopupRequest request =
                PopupRequest.builder("User.Read").maxAge(Duration.ofMinutes(10)).build();
        assertThat(Face.FUTURES.popup(bench.app, request).account()).isPresent();

        bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .answer(Fault.idTokenClaim("auth_time", bench.clock.instant().getEpochSecond() - 1_000));
        assertThatThrownBy(() -> Face.FUTURES.popup(bench.app, request))
                .hasMessageStartingWith(ErrorCodes.MAX_AGE_TRANSPIRED);
    }

    @Test
    void maximumAge_ofAPopupWithoutSignInTime_isRefused() {
        bench.idp.faults().on(Endpoint.TOKEN).answer(Fault.idTokenWithout("auth_time"));

        assertThatThrownBy(() -> Face.FUTURES.popup(
                        bench.app,
                        PopupRequest.builder("User.Read")
                                .maxAge(Duration.ofMinutes(10))
                                .build()))
                .hasMessageStartingWith(ErrorCodes.AUTH_TIME_NOT_FOUND);
    }
}
