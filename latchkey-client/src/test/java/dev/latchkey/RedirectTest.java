package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.store.MemoryTokenStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sign-in by redirect: two halves, which need share nothing but the store and what was saved between them. */
final class RedirectTest {
    private static final URI CALLBACK = URI.create("http://localhost:4711/callback");

    private final MemoryTokenStore store = MemoryTokenStore.create();
    private final Bench bench = Bench.with(
            authority ->
                    authority.client(Client.confidentialClient("web", "s3cret").redirectUri(CALLBACK.toString())),
            application -> application);
    private final ConfidentialClientApplication app = node();

    @AfterEach
    void stop() {
        bench.close();
    }

    private ConfidentialClientApplication node() {
        return ConfidentialClientApplication.builder("web", "s3cret")
                .authority(bench.idp.entraAuthority("contoso").toString(), AuthorityKind.ENTRA)
                .clock(bench.clock)
                .scheduler(bench.scheduler)
                .transport(bench.wire)
                .store(store)
                .build();
    }

    private RedirectSignIn begin(RedirectRequest request) {
        return Face.join(app.acquireTokenRedirect(request));
    }

    private Parameters answerOf(RedirectSignIn signIn) {
        Parameters.Builder answer = Parameters.builder();
        bench.idp
                .person(Bench.ALICE)
                .visitUpToRedirect(signIn.authorizationUri())
                .answer()
                .forEach(answer::set);
        return answer.build();
    }

    @Test
    void answer_takenInByAnotherNode_signsIn() {
        RedirectSignIn begun = begin(RedirectRequest.builder(CALLBACK, "User.Read")
                .state("where I was")
                .correlationId("call-1")
                .build());
        Parameters answer = answerOf(begun);
        Secret stored = Secret.of(begun.saved().reveal());

        AuthenticationResult result = Face.join(node().handleRedirect(stored, answer));

        assertThat(result.account().orElseThrow().username()).isEqualTo(Bench.ALICE);
        assertThat(result.state()).contains("where I was");
        assertThat(result.correlationId()).contains("call-1");
        assertThat(Face.join(app.acquireTokenSilent(SilentRequest.builder("User.Read")
                                .account(result.account().orElseThrow())
                                .build()))
                        .fromCache())
                .isTrue();
    }

    @Test
    void refresh_ofAConfidentialClient_showsItsSecret() {
        RedirectSignIn begun = begin(RedirectRequest.of(CALLBACK, "User.Read"));
        AuthenticationResult result = Face.join(app.handleRedirect(begun.saved(), answerOf(begun)));
        bench.expireAccessTokens();

        AuthenticationResult renewed = Face.join(app.acquireTokenSilent(SilentRequest.builder("User.Read")
                .account(result.account().orElseThrow())
                .build()));

        assertThat(renewed.accessToken()).isNotEqualTo(result.accessToken());
        bench.idp.verify().tokenRequests(GrantType.REFRESH_TOKEN).exactly(1);
    }

    @Test
    void signIn_ofOnePerson_isNotWhomRequestsOfOthersAreFor() {
        RedirectSignIn begun = begin(RedirectRequest.of(CALLBACK, "User.Read"));
        Face.join(app.handleRedirect(begun.saved(), answerOf(begun)));

        assertThatThrownBy(() -> Face.join(app.acquireTokenSilent(SilentRequest.of("User.Read"))))
                .satisfies(error ->
                        assertThat(((AuthException) error).errorCode()).isEqualTo(ErrorCodes.NO_ACCOUNT_ERROR));
        assertThat(begin(RedirectRequest.of(CALLBACK, "User.Read"))
                        .authorizationUri()
                        .toString())
                .doesNotContain("login_hint");
    }

    @Test
    void answer_ofAnotherSignIn_isRefusedAndNothingIsSent() {
        RedirectSignIn mine = begin(RedirectRequest.of(CALLBACK, "User.Read"));
        RedirectSignIn other = begin(RedirectRequest.of(CALLBACK, "User.Read"));
        Parameters answer = answerOf(other);

        assertThatThrownBy(() -> Face.join(app.handleRedirect(mine.saved(), answer)))
                .satisfies(
                        error -> assertThat(((AuthException) error).errorCode()).isEqualTo(ErrorCodes.STATE_MISMATCH));
        bench.idp.verify().tokenRequests(GrantType.AUTHORIZATION_CODE).none();
        assertThat(app.accounts(AccountFilter.EMPTY).join()).isEmpty();
    }

    @Test
    void answer_usedTwice_isRefusedByTheAuthority() {
        RedirectSignIn begun = begin(RedirectRequest.of(CALLBACK, "User.Read"));
        Parameters answer = answerOf(begun);
        Face.join(app.handleRedirect(begun.saved(), answer));

        assertThatThrownBy(() -> Face.join(app.handleRedirect(begun.saved(), answer)))
                .isInstanceOf(AuthException.class);
    }

    @Test
    void silentSignIn_withoutASession_asksForThePerson() {
        RedirectSignIn begun = begin(RedirectRequest.builder(CALLBACK, "User.Read")
                .prompt(Prompt.NONE)
                .build());

        assertThatThrownBy(() -> Face.join(app.handleRedirect(begun.saved(), answerOf(begun))))
                .isInstanceOf(InteractionRequiredAuthException.class);
    }

    @Test
    void saved_tamperedWith_isAClearErrorAndNeverShown() {
        RedirectSignIn begun = begin(RedirectRequest.of(CALLBACK, "User.Read"));
        Secret broken = Secret.of("{");

        assertThatThrownBy(() -> Face.join(app.handleRedirect(broken, Parameters.NONE)))
                .hasMessageContaining("acquireTokenRedirect");
        assertThat(begun.toString()).doesNotContain(begun.state()).doesNotContain("verifier");
    }

    @Test
    void events_tellStartAndEndOfARedirect() {
        List<EventType> told = new ArrayList<>();
        app.addEventCallback(event -> told.add(event.eventType()));

        RedirectSignIn begun = begin(RedirectRequest.of(CALLBACK, "User.Read"));
        Face.join(app.handleRedirect(begun.saved(), answerOf(begun)));

        assertThat(told)
                .contains(
                        EventType.ACQUIRE_TOKEN_START,
                        EventType.HANDLE_REDIRECT_START,
                        EventType.LOGIN_SUCCESS,
                        EventType.ACQUIRE_TOKEN_SUCCESS)
                .doesNotContain(EventType.ACTIVE_ACCOUNT_CHANGED);
    }

    /** The two halves may run on two machines: whatever shapes the second has to be in the text. */
    @Test
    void saved_ofARequestWithEverything_redeemsWithAllOfIt() {
        List<HttpMessage> redeemed = new ArrayList<>();
        String other = bench.idp.entraAuthority("organizations").toString();
        RedirectSignIn begun =
                begin(RedirectRequest.builder(CALLBACK, "https://api.example/read", "https://api.example/write")
                        .authority(other)
                        .claims("{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}")
                        .resource("https://api.example")
                        .extraParameters(Map.of("of_the_token", "1"))
                        .extraQueryParameters(Map.of("of_the_page", "2"))
                        .build());
        assertThat(begun.authorizationUri().toString())
                .contains("of_the_page=2")
                .contains("resource=https%3A");
        bench.wire.script((message, real) -> {
            if (message.form() == null) {
                return null;
            }
            redeemed.add(message);
            return new HttpAnswer(400, Map.of(), "{\"error\":\"invalid_grant\"}");
        });

        assertThatThrownBy(() -> Face.join(
                        node().handleRedirect(begun.saved(), Parameters.decode("code=c&state=" + begun.state()))))
                .hasMessageStartingWith("invalid_grant");

        assertThat(redeemed).singleElement().satisfies(message -> {
            assertThat(message.uri().toString()).startsWith(other);
            assertThat(message.form().asMap())
                    .containsEntry("claims", "{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}")
                    .containsEntry("resource", "https://api.example")
                    .containsEntry("of_the_token", "1")
                    .containsEntry("redirect_uri", CALLBACK.toString())
                    .containsEntry(
                            "scope", "https://api.example/read https://api.example/write openid profile offline_access")
                    .containsKey("code_verifier")
                    .doesNotContainKey("of_the_page");
        });
    }

    @Test
    void saved_ofARequestForATenant_redeemsThere() {
        String contoso = bench.idp.tenant("contoso").id().toString();
        RedirectSignIn begun = begin(
                RedirectRequest.builder(CALLBACK, "User.Read").tenantId(contoso).build());
        Parameters answer = answerOf(begun);
        bench.wire.forget();

        Face.join(node().handleRedirect(begun.saved(), answer));

        assertThat(bench.wire.sent().stream().filter(message -> message.form() != null))
                .singleElement()
                .satisfies(message -> assertThat(message.uri().getPath()).contains(contoso));
    }

    @Test
    void saved_ofARequestThatStoresLess_storesLess() {
        for (StoreInCache wanted : List.of(
                new StoreInCache(false, true, true),
                new StoreInCache(true, false, true),
                new StoreInCache(true, true, false))) {
            store.list().forEach(key -> store.delete(key, store.read(key).version()));
            RedirectSignIn begun = begin(RedirectRequest.builder(CALLBACK, "User.Read")
                    .storeInCache(wanted)
                    .build());

            AuthenticationResult result = Face.join(node().handleRedirect(begun.saved(), answerOf(begun)));

            Partition stored =
                    store.read(result.account().orElseThrow().partitionKey()).partition();
            assertThat(stored.accessTokens().isEmpty()).isNotEqualTo(wanted.accessToken());
            assertThat(stored.idTokens().isEmpty()).isNotEqualTo(wanted.idToken());
            assertThat(stored.refreshTokens().isEmpty()).isNotEqualTo(wanted.refreshToken());
        }
    }

    @Test
    void saved_ofARequestWithAComponent_servesRequestsWithItOnly() {
        RedirectSignIn begun = begin(RedirectRequest.builder(CALLBACK, "User.Read")
                .cacheKeyComponent("mine")
                .build());
        Account account = Face.join(node().handleRedirect(begun.saved(), answerOf(begun)))
                .account()
                .orElseThrow();
        SilentRequest plain =
                SilentRequest.builder("User.Read").account(account).build();

        assertThat(Face.join(app.acquireTokenSilent(
                                plain.toBuilder().cacheKeyComponent("mine").build()))
                        .fromCache())
                .isTrue();
        assertThat(Face.join(app.acquireTokenSilent(plain)).fromCache()).isFalse();
    }

    /** What shaped a token tells it from others, also where it went on the page of the first half only. */
    @Test
    void saved_ofARequestWithExtras_servesRequestsWithThemOnly() {
        RedirectSignIn begun = begin(RedirectRequest.builder(CALLBACK, "User.Read")
                .extraParameters(Map.of("of_the_token", "1"))
                .extraQueryParameters(Map.of("of_the_page", "2"))
                .build());
        Account account = Face.join(node().handleRedirect(begun.saved(), answerOf(begun)))
                .account()
                .orElseThrow();
        SilentRequest plain =
                SilentRequest.builder("User.Read").account(account).build();

        assertThat(Face.join(app.acquireTokenSilent(plain.toBuilder()
                                .extraParameters(Map.of("of_the_token", "1", "of_the_page", "2"))
                                .build()))
                        .fromCache())
                .isTrue();
        assertThat(Face.join(app.acquireTokenSilent(plain.toBuilder()
                                .extraParameters(Map.of("of_the_token", "1"))
                                .build()))
                        .fromCache())
                .isFalse();
    }

    /** OpenID Connect Core 3.1.3.7 step 13, also where the answer comes to another machine. */
    @Test
    void saved_ofARequestWithAMaximumAge_believesNoOlderSignIn() {
        RedirectRequest request = RedirectRequest.builder(CALLBACK, "User.Read")
                .maxAge(Duration.ofMinutes(10))
                .build();
        RedirectSignIn young = begin(request);
        assertThat(Face.join(node().handleRedirect(young.saved(), answerOf(young)))
                        .account())
                .isPresent();

        RedirectSignIn old = begin(request);
        bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .answer(Fault.idTokenClaim("auth_time", bench.clock.instant().getEpochSecond() - 1_000));
        assertThatThrownBy(() -> Face.join(node().handleRedirect(old.saved(), answerOf(old))))
                .hasMessageStartingWith(ErrorCodes.MAX_AGE_TRANSPIRED);
    }
}
