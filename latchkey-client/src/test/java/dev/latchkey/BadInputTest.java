package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.IdTokenFlaw;
import dev.latchkey.authority.person.Visit;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.store.MemoryTokenStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What bad input gets: one specific failure that says where and in which call, and nothing is left behind. */
@Timeout(60)
class BadInputTest {
    private static final String ID = "call-4711";

    private final CapturedLog log = new CapturedLog();
    private final MemoryTokenStore store = MemoryTokenStore.create();
    private final AtomicReference<URI> shown = new AtomicReference<>();
    private final Bench bench = Bench.with(it -> it.store(store));
    private final PublicClientApplication app =
            bench.application(it -> it.store(store).userAgent(page -> {
                shown.set(page);
                bench.browser().open(page);
            }));

    @AfterEach
    void stop() {
        bench.close();
        log.close();
    }

    private static Stream<Arguments> documents() {
        return Stream.of(
                trouble(
                        "metadata of another issuer",
                        at(Endpoint.METADATA, Fault.with("issuer", "https://evil.example")),
                        ErrorCodes.ISSUER_VALIDATION_FAILED),
                trouble(
                        "metadata that is no JSON",
                        at(Endpoint.METADATA, Fault.notJson()),
                        ErrorCodes.OPENID_CONFIG_ERROR),
                trouble(
                        "metadata that is huge",
                        at(Endpoint.METADATA, Fault.huge(2_000_000)),
                        ErrorCodes.RESPONSE_TOO_LARGE),
                trouble(
                        "metadata nested 10,000 deep",
                        at(Endpoint.METADATA, Fault.deeplyNested(10_000)),
                        ErrorCodes.OPENID_CONFIG_ERROR),
                trouble(
                        "metadata without token endpoint",
                        at(Endpoint.METADATA, Fault.without("token_endpoint")),
                        ErrorCodes.OPENID_CONFIG_ERROR),
                trouble(
                        "metadata without issuer",
                        at(Endpoint.METADATA, Fault.without("issuer")),
                        ErrorCodes.OPENID_CONFIG_ERROR),
                trouble(
                        "metadata with an insecure endpoint",
                        at(Endpoint.METADATA, Fault.with("token_endpoint", "http://evil.example/token")),
                        ErrorCodes.OPENID_CONFIG_ERROR),
                trouble(
                        "metadata that redirects",
                        at(Endpoint.METADATA, Fault.redirect("https://evil.example")),
                        ErrorCodes.UNEXPECTED_REDIRECT),
                trouble(
                        "metadata that is not there",
                        at(Endpoint.METADATA, Fault.status(404)),
                        ErrorCodes.OPENID_CONFIG_ERROR),
                trouble(
                        "metadata connection reset",
                        at(Endpoint.METADATA, Fault.reset()),
                        ErrorCodes.GET_REQUEST_FAILED),
                trouble("metadata half", at(Endpoint.METADATA, Fault.halfBody()), ErrorCodes.GET_REQUEST_FAILED),
                trouble("metadata hung", timeout("/openid-configuration"), ErrorCodes.REQUEST_TIMED_OUT),
                trouble("connection refused", refused(), ErrorCodes.NO_NETWORK_CONNECTIVITY),
                trouble(
                        "host that nobody vouches for",
                        at(Endpoint.INSTANCE_DISCOVERY, Fault.error(400, "invalid_instance", "who?")),
                        ErrorCodes.UNTRUSTED_AUTHORITY),
                trouble(
                        "instance discovery that is no JSON",
                        at(Endpoint.INSTANCE_DISCOVERY, Fault.notJson()),
                        ErrorCodes.ENDPOINTS_RESOLUTION_ERROR),
                trouble("keys that are no JSON", at(Endpoint.KEYS, Fault.notJson()), ErrorCodes.OPENID_CONFIG_ERROR),
                trouble(
                        "keys nested 10,000 deep",
                        at(Endpoint.KEYS, Fault.deeplyNested(10_000)),
                        ErrorCodes.OPENID_CONFIG_ERROR),
                trouble("keys down", at(Endpoint.KEYS, Fault.status(500)), ErrorCodes.OPENID_CONFIG_ERROR));
    }

    private static Stream<Arguments> answers() {
        return Stream.of(
                trouble("answer that is no JSON", token(Fault.notJson()), ErrorCodes.FAILED_TO_PARSE_RESPONSE),
                trouble("answer that is huge", token(Fault.huge(2_000_000)), ErrorCodes.RESPONSE_TOO_LARGE),
                trouble(
                        "answer without access token",
                        token(Fault.without("access_token")),
                        ErrorCodes.FAILED_TO_PARSE_RESPONSE),
                trouble(
                        "answer without token type",
                        token(Fault.without("token_type")),
                        ErrorCodes.FAILED_TO_PARSE_RESPONSE),
                trouble(
                        "answer of another token type",
                        token(Fault.with("token_type", "pop")),
                        ErrorCodes.UNSUPPORTED_TOKEN_TYPE),
                trouble(
                        "answer with broken client_info",
                        token(Fault.with("client_info", "%%%")),
                        ErrorCodes.CLIENT_INFO_DECODING_ERROR),
                trouble(
                        "answer that redirects",
                        token(Fault.redirect("https://evil.example")),
                        ErrorCodes.UNEXPECTED_REDIRECT),
                trouble(
                        "answer 404 of a web server",
                        token(Fault.answer(404, "text/html", "<h1>lost</h1>")),
                        ErrorCodes.FAILED_TO_PARSE_RESPONSE),
                trouble("answer 500", token(Fault.status(500)), "server_error"),
                trouble("answer lost", token(Fault.loseAnswer()), ErrorCodes.POST_REQUEST_FAILED),
                trouble("answer half", token(Fault.halfBody()), ErrorCodes.POST_REQUEST_FAILED),
                trouble("answer hung", timeout("/token"), ErrorCodes.REQUEST_TIMED_OUT),
                trouble(
                        "ID token that is none",
                        token(Fault.idToken(IdTokenFlaw.NOT_A_JWT)),
                        ErrorCodes.INVALID_ID_TOKEN),
                trouble("ID token unsigned", token(Fault.idToken(IdTokenFlaw.ALG_NONE)), ErrorCodes.INVALID_ID_TOKEN),
                trouble(
                        "ID token by HMAC",
                        token(Fault.idToken(IdTokenFlaw.ALG_HS256)),
                        ErrorCodes.ID_TOKEN_ALGORITHM_REJECTED),
                trouble(
                        "ID token tampered with",
                        token(Fault.idToken(IdTokenFlaw.BROKEN_SIGNATURE)),
                        ErrorCodes.ID_TOKEN_SIGNATURE_INVALID),
                trouble(
                        "ID token by an unknown key",
                        token(Fault.idToken(IdTokenFlaw.UNKNOWN_KEY)),
                        ErrorCodes.ID_TOKEN_KEY_NOT_FOUND),
                trouble(
                        "ID token of another issuer",
                        token(Fault.idToken(IdTokenFlaw.WRONG_ISSUER)),
                        ErrorCodes.ID_TOKEN_ISSUER_MISMATCH),
                trouble(
                        "ID token for another client",
                        token(Fault.idToken(IdTokenFlaw.WRONG_AUDIENCE)),
                        ErrorCodes.ID_TOKEN_AUDIENCE_MISMATCH),
                trouble(
                        "ID token for several, without azp",
                        token(Fault.idToken(IdTokenFlaw.SEVERAL_AUDIENCES)),
                        ErrorCodes.ID_TOKEN_AUDIENCE_MISMATCH),
                trouble("ID token expired", token(Fault.idToken(IdTokenFlaw.EXPIRED)), ErrorCodes.ID_TOKEN_EXPIRED),
                trouble(
                        "ID token from the future",
                        token(Fault.idToken(IdTokenFlaw.NOT_YET_VALID)),
                        ErrorCodes.ID_TOKEN_NOT_YET_VALID),
                trouble(
                        "ID token without subject",
                        token(Fault.idToken(IdTokenFlaw.MISSING_SUBJECT)),
                        ErrorCodes.INVALID_ID_TOKEN),
                trouble(
                        "ID token of another access token",
                        token(Fault.idToken(IdTokenFlaw.WRONG_AT_HASH)),
                        ErrorCodes.ID_TOKEN_HASH_MISMATCH));
    }

    private static Stream<Arguments> signInsOnly() {
        return Stream.of(
                // What becomes of a refresh token for which such an answer came, NothingIsLostTest shows.
                trouble(
                        "answer nested 10,000 deep",
                        token(Fault.deeplyNested(10_000)),
                        ErrorCodes.FAILED_TO_PARSE_RESPONSE),
                trouble("answer without ID token", token(Fault.without("id_token")), ErrorCodes.NULL_OR_EMPTY_TOKEN),
                trouble(
                        "ID token with another nonce",
                        token(Fault.idToken(IdTokenFlaw.WRONG_NONCE)),
                        ErrorCodes.NONCE_MISMATCH),
                trouble(
                        "ID token without nonce",
                        token(Fault.idToken(IdTokenFlaw.MISSING_NONCE)),
                        ErrorCodes.NONCE_MISMATCH));
    }

    private static Stream<Arguments> signIns() {
        return Stream.of(documents(), answers(), signInsOnly()).flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("signIns")
    void signIn_isOneSpecificFailure_andNothingIsLeftBehind(Consumer<Bench> trouble, String code) {
        trouble.accept(bench);
        Recorder recorder = Recorder.of(app);

        AuthException failure = catchThrowableOfType(
                AuthException.class,
                () -> Face.FUTURES.popup(
                        app, PopupRequest.builder("User.Read").correlationId(ID).build()));

        assertSpecific(failure, code);
        assertThat(store.list()).isEmpty();
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
        if (shown.get() != null) {
            InteractionGuardTest.assertPortIsFree(shown.get());
        }
        assertThat(recorder.count(EventType.ACQUIRE_TOKEN_FAILURE)).isEqualTo(1);
        assertThat(bench.scheduler.pending()).isZero();
    }

    private static Stream<Arguments> renewals() {
        return Stream.concat(documents(), answers());
    }

    @ParameterizedTest
    @MethodSource("renewals")
    void renewal_isOneSpecificFailure_andTheCacheKeepsWhatItHad(Consumer<Bench> trouble, String code) {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        Partition before = stored(account);
        PublicClientApplication fresh = bench.application(it -> it.store(store));
        trouble.accept(bench);

        AuthException failure = catchThrowableOfType(
                AuthException.class,
                () -> Face.FUTURES.silent(
                        fresh,
                        SilentRequest.builder("User.Read")
                                .account(account)
                                .correlationId(ID)
                                .build()));

        assertSpecific(failure, code);
        assertThat(before.accessTokens()).containsAll(stored(account).accessTokens());
        assertThat(stored(account).idTokens()).isEqualTo(before.idTokens());
        assertThat(stored(account).accounts()).isEqualTo(before.accounts());
        assertThat(stored(account).refreshTokens()).hasSize(1);
    }

    private void assertSpecific(AuthException failure, String code) {
        assertThat(failure).isNotNull();
        assertThat(failure.errorCode()).isEqualTo(code);
        assertThat(failure.endpoint()).isPresent();
        assertThat(failure.endpoint().orElseThrow().getRawQuery()).isNull();
        assertThat(failure.correlationId()).contains(ID);
        StringWriter everything = new StringWriter();
        failure.printStackTrace(new PrintWriter(everything));
        everything
                .append(failure.toString())
                .append(failure.details().toString())
                .append(log.text());
        bench.wire.secrets().forEach(secret -> assertThat(everything.toString()).doesNotContain(secret));
        assertThat(everything.toString()).doesNotContain("password=");
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty_url_error",
        "not an address, url_parse_error",
        "login.example, url_parse_error",
        "http://login.example/tenant, authority_uri_insecure",
        "ftp://login.example/tenant, authority_uri_insecure",
        "https://me:hunter2hunter2@login.example/t, url_parse_error",
    })
    void authorityAddress_isRefusedWhenItIsGiven(String address, String code) {
        assertThatThrownBy(() -> PublicClientApplication.builder("client").authority(address))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(code))
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> Face.FUTURES.popup(
                        app,
                        PopupRequest.builder("User.Read").authority(address).build()))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(code));
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
    }

    @Test
    void claimsThatAreNoJson_areRefused_withoutRepeatingThem() {
        Account account = bench.signIn();
        SilentRequest request = SilentRequest.builder("User.Read")
                .account(account)
                .claims("{hunter2")
                .build();
        assertThatThrownBy(() -> Face.FUTURES.silent(app, request))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.INVALID_CLAIMS))
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> Face.FUTURES.popup(
                        app, PopupRequest.builder("User.Read").claims("[1]").build()))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.INVALID_CLAIMS));
        assertThat(shown.get()).isNull();
    }

    /** What the authority sent, changed on the way back to the listener. */
    @ParameterizedTest
    @CsvSource({
        "iss, https://evil.example, issuer_mismatch",
        "iss, '', issuer_mismatch",
        "code, '', authorization_code_missing_from_server_response",
        "code, forged-code-forged-code, invalid_grant",
    })
    void answerChangedOnTheWay_isNotBelieved(String parameter, String value, String code) {
        PublicClientApplication meddled =
                bench.application(it -> it.store(store).userAgent(page -> new Thread(() -> {
                            Visit visit = bench.idp.person(Bench.ALICE).visitUpToRedirect(page);
                            Map<String, String> changed = new LinkedHashMap<>(visit.answer());
                            changed.put(parameter, value);
                            changed.values().removeIf(String::isEmpty);
                            post(visit.arrivedAt().orElseThrow(), changed);
                        })
                        .start()));

        assertThatThrownBy(() -> Face.FUTURES.popup(meddled, PopupRequest.of("User.Read")))
                .isInstanceOfSatisfying(AuthException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(code);
                    assertThat(e.correlationId()).isPresent();
                    assertThat(e.endpoint()).isPresent();
                });
        assertThat(store.list()).isEmpty();
        assertThat(meddled.interactionStatus()).isEqualTo(InteractionStatus.NONE);
    }

    @ParameterizedTest
    @CsvSource({"state, another-state", "state, ''"})
    void answerOfAnotherState_isAStrayRequest_theRealOneCounts(String parameter, String value) {
        PublicClientApplication meddled =
                bench.application(it -> it.store(store).userAgent(page -> new Thread(() -> {
                            Visit visit = bench.idp.person(Bench.ALICE).visitUpToRedirect(page);
                            Map<String, String> changed = new LinkedHashMap<>(visit.answer());
                            changed.put("code", "code-of-an-attacker");
                            changed.put(parameter, value);
                            changed.values().removeIf(String::isEmpty);
                            post(visit.arrivedAt().orElseThrow(), changed);
                            post(visit.arrivedAt().orElseThrow(), visit.answer());
                        })
                        .start()));

        assertThat(Face.FUTURES.popup(meddled, PopupRequest.of("User.Read")).fromCache())
                .isFalse();
        assertThat(bench.idp.requests().tokenRequests(GrantType.AUTHORIZATION_CODE))
                .hasSize(1);
    }

    @Test
    void everythingThatSucceeds_logsNoSecretEither() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        SilentRequest request =
                SilentRequest.builder("User.Read").account(account).build();
        AuthenticationResult result = Face.FUTURES.silent(app, request);
        Face.join(app.logout(LogoutRequest.of(account)));

        String seen = log.text() + result + request + account + store.read(account.partitionKey());
        bench.wire.secrets().forEach(secret -> assertThat(seen).doesNotContain(secret));
        assertThat(bench.wire.secrets()).isNotEmpty();
    }

    @Test
    void plainIssuer_whoseDocumentNamesAnother_isRefused() {
        bench.idp.faults().on(Endpoint.METADATA).answer(Fault.with("issuer", bench.idp.oidcIssuer() + "/other"));
        PublicClientApplication plain =
                bench.application(it -> it.authority(bench.idp.oidcIssuer().toString(), AuthorityKind.OIDC));
        assertThatThrownBy(() -> Face.FUTURES.popup(plain, PopupRequest.of("email")))
                .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.ISSUER_VALIDATION_FAILED));
    }

    private Partition stored(Account account) {
        return store.read(account.partitionKey()).partition();
    }

    private static Arguments trouble(String name, Consumer<Bench> trouble, String code) {
        return Arguments.argumentSet(name, trouble, code);
    }

    private static Consumer<Bench> at(Endpoint endpoint, Fault fault) {
        return bench -> bench.idp.faults().on(endpoint).answer(fault);
    }

    private static Consumer<Bench> token(Fault fault) {
        return at(Endpoint.TOKEN, fault);
    }

    private static Consumer<Bench> timeout(String pathEnd) {
        return bench -> bench.wire.fail(
                message -> message.uri().getPath().endsWith(pathEnd), new HttpTimeoutException("request timed out"));
    }

    private static Consumer<Bench> refused() {
        return bench -> bench.wire.fail(message -> true, new HttpTransport.NotSentException(new ConnectException()));
    }

    private static void post(URI redirectUri, Map<String, String> answer) {
        Parameters.Builder form = Parameters.builder();
        answer.forEach(form::set);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(redirectUri.toString().split("\\?")[0]))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.build().encode()))
                .build();
        try {
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        } catch (java.io.IOException e) {
            // A listener that is gone shows the person nothing; that is not what is tested here.
            assertThat(e).isNotNull();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
