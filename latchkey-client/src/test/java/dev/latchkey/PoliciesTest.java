package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.RecordedRequest;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Azure AD B2C: several policies side by side in one application, each with its own accounts and tokens. */
@Timeout(60)
class PoliciesTest {
    private static final String SIGN_IN = "B2C_1_susi";
    private static final String EDIT = "B2C_1_edit_profile";
    private static final String RESET = "B2C_1_reset_password";

    private final TokenStore store = MemoryTokenStore.create();
    private final Bench bench = Bench.start();
    private final PublicClientApplication app =
            bench.application(it -> it.store(store).authority(policy(SIGN_IN)));

    @AfterEach
    void stop() {
        app.close();
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void severalPolicies_haveTheirOwnAccountsAndTokens(Face face) {
        AuthenticationResult signedIn = face.popup(app, PopupRequest.of("User.Read"));
        AuthenticationResult edited = edit(face);
        Account one = signedIn.account().orElseThrow();
        Account other = edited.account().orElseThrow();

        assertThat(one.tenantId()).isEqualToIgnoringCase(SIGN_IN);
        assertThat(other.tenantId()).isEqualToIgnoringCase(EDIT);
        assertThat(one).isNotEqualTo(other);
        assertThat(one.username()).isEqualTo(Bench.ALICE).isEqualTo(other.username());
        assertThat(app.blocking().accounts()).containsExactlyInAnyOrder(one, other);
        assertThat(app.blocking()
                        .accounts(AccountFilter.builder().tenantId(EDIT).build()))
                .containsExactly(other);
        assertThat(face.silent(app, silent(one)).accessToken()).isEqualTo(signedIn.accessToken());
        assertThat(face.silent(app, silent(other)).accessToken()).isEqualTo(edited.accessToken());
        assertThat(edited.accessToken()).isNotEqualTo(signedIn.accessToken());
    }

    @Test
    void renewal_goesToThePolicyThatTheAccountIsOf() {
        Account one =
                Face.FUTURES.popup(app, PopupRequest.of("User.Read")).account().orElseThrow();
        Account other = edit(Face.FUTURES).account().orElseThrow();
        bench.expireAccessTokens();

        AuthenticationResult ofOther = Face.FUTURES.silent(app, silent(other));
        AuthenticationResult ofOne = Face.FUTURES.silent(app, silent(one));

        assertThat(ofOther.tenantId()).isEqualToIgnoringCase(EDIT);
        assertThat(ofOne.tenantId()).isEqualToIgnoringCase(SIGN_IN);
        assertThat(bench.idp.requests().tokenRequests(GrantType.REFRESH_TOKEN))
                .extracting(RecordedRequest::path)
                .satisfiesExactly(
                        path -> assertThat(path).containsIgnoringCase("/" + EDIT + "/"),
                        path -> assertThat(path).containsIgnoringCase("/" + SIGN_IN + "/"));
    }

    @Test
    void accountOfOnePolicy_askedForAtAnother_getsNoTokenOfEither() {
        Account one =
                Face.FUTURES.popup(app, PopupRequest.of("User.Read")).account().orElseThrow();

        assertThatThrownBy(() -> Face.FUTURES.silent(
                        app, silent(one).toBuilder().authority(policy(EDIT)).build()))
                .isInstanceOf(InteractionRequiredAuthException.class);
        assertThat(Face.FUTURES.silent(app, silent(one)).fromCache())
                .as("its own is untouched")
                .isTrue();
    }

    @Test
    void policyInAnotherCase_isTheSamePolicy() {
        Account account =
                Face.FUTURES.popup(app, PopupRequest.of("User.Read")).account().orElseThrow();
        PublicClientApplication shouting =
                bench.application(it -> it.store(store).authority(policy(SIGN_IN.toUpperCase(Locale.ROOT))));

        assertThat(Face.FUTURES.silent(shouting, silent(account)).fromCache()).isTrue();
        assertThat(Face.FUTURES
                        .silent(
                                app,
                                silent(account).toBuilder()
                                        .authority(policy(SIGN_IN.toUpperCase(Locale.ROOT)))
                                        .build())
                        .fromCache())
                .isTrue();
    }

    @Test
    void signOutOfOnePolicy_leavesTheOther() {
        Account one =
                Face.FUTURES.popup(app, PopupRequest.of("User.Read")).account().orElseThrow();
        Account other = edit(Face.FUTURES).account().orElseThrow();

        var page = Face.join(app.logout(LogoutRequest.of(other)));

        assertThat(page.getPath()).containsIgnoringCase("/" + EDIT + "/");
        assertThat(app.blocking().accounts()).containsExactly(one);
        assertThat(Face.FUTURES.silent(app, silent(one)).fromCache()).isTrue();
    }

    /** Its refresh token is for the policy it was seen under, and for no other that a caller may name. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signOut_accountNamedUnderAnotherPolicy_tellsTheOneItIsOf(boolean namesAuthority) {
        Account one =
                Face.FUTURES.popup(app, PopupRequest.of("User.Read")).account().orElseThrow();

        var page = Face.join(app.logout(LogoutRequest.builder(one.inTenant(EDIT.toLowerCase(Locale.ROOT)))
                .authority(namesAuthority ? policy(EDIT) : null)
                .build()));

        assertThat(page.getPath()).containsIgnoringCase("/" + SIGN_IN + "/");
        assertThat(bench.idp.requests().all())
                .filteredOn(request -> request.path().contains("revoke"))
                .allSatisfy(request -> assertThat(request.path()).containsIgnoringCase("/" + SIGN_IN + "/"));
        assertThat(app.blocking().accounts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void forgottenPassword_isAnErrorOfItsOwn_andTheResetPolicyHelps(Face face) {
        bench.person(ScriptedPerson::forgetsPassword);
        assertThatThrownBy(() -> face.popup(app, PopupRequest.of("User.Read")))
                .isInstanceOfSatisfying(BrowserAuthException.class, error -> {
                    assertThat(error.errorCode()).isEqualTo(ErrorCodes.PASSWORD_RESET_REQUIRED);
                    assertThat(error).hasMessageContaining("AADB2C90118");
                    assertThat(error.correlationId()).isPresent();
                });
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
        assertThat(app.blocking().accounts()).isEmpty();

        bench.person(Bench.ALICE);
        assertThat(face.popup(app, popup(RESET)).tenantId()).isEqualToIgnoringCase(RESET);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void cancel_isUserCancelled(Face face) {
        bench.person(ScriptedPerson::cancels);

        assertThatThrownBy(() -> face.popup(app, PopupRequest.of("User.Read")))
                .isInstanceOfSatisfying(BrowserAuthException.class, error -> {
                    assertThat(error.errorCode()).isEqualTo(ErrorCodes.USER_CANCELLED);
                    assertThat(error).hasMessageContaining("AADB2C90091");
                });
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
    }

    /** Policies share their issuer and not their codes: the second half may run where another policy is the default. */
    @Test
    void redirectOfOnePolicy_answerTakenInByAnother_isRefusedAndNothingIsSent() {
        String shared = bench.idp
                .baseUri()
                .resolve("/" + bench.idp.tenant("contoso").id() + "/v2.0/")
                .toString();
        bench.idp.faults().on(Endpoint.METADATA).answer(Fault.with("issuer", shared));
        bench.wire.metadata("authorization_response_iss_parameter_supported", "false");
        RedirectSignIn begun =
                Face.join(app.acquireTokenRedirect(RedirectRequest.of(URI.create("http://127.0.0.1/"), "User.Read")));
        PublicClientApplication other = bench.application(it -> it.store(store).authority(policy(EDIT)));

        assertThatThrownBy(() -> Face.join(
                        other.handleRedirect(begun.saved(), Parameters.decode("code=c&state=" + begun.state()))))
                .isInstanceOfSatisfying(AuthException.class, error -> assertThat(error.errorCode())
                        .isEqualTo(ErrorCodes.ISSUER_MISMATCH));

        assertThat(bench.wire.sent()).allMatch(message -> message.form() == null);
        other.close();
    }

    @Test
    void redirectOfAPolicy_answerTakenInByAnotherNodeOfIt_signsIn() {
        RedirectSignIn begun =
                Face.join(app.acquireTokenRedirect(RedirectRequest.of(URI.create("http://127.0.0.1/"), "User.Read")));
        Parameters.Builder answer = Parameters.builder();
        bench.idp
                .person(Bench.ALICE)
                .visitUpToRedirect(begun.authorizationUri())
                .answer()
                .forEach(answer::set);
        PublicClientApplication node = bench.application(it -> it.store(store).authority(policy(SIGN_IN)));

        AuthenticationResult result = Face.join(node.handleRedirect(begun.saved(), answer.build()));

        assertThat(result.tenantId()).isEqualToIgnoringCase(SIGN_IN);
        node.close();
    }

    private AuthenticationResult edit(Face face) {
        bench.person(person -> person.editsNameTo("Ada"));
        return face.popup(app, popup(EDIT));
    }

    private PopupRequest popup(String policy) {
        return PopupRequest.builder("User.Read").authority(policy(policy)).build();
    }

    private String policy(String name) {
        return bench.idp.b2cAuthority("contoso", name).toString();
    }

    private static SilentRequest silent(Account account) {
        return SilentRequest.builder("User.Read").account(account).build();
    }
}
