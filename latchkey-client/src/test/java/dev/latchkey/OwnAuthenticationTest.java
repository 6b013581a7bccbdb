package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.GrantType;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.core.token.ClientAuthenticationContext;
import dev.latchkey.store.MemoryTokenStore;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client authentication that this library does not know, written as an application would. */
@Timeout(60)
final class OwnAuthenticationTest {
    private static final URI CALLBACK = URI.create("http://localhost:4711/callback");
    private static final ECKey KEY = key();

    private final Bench bench = Bench.with(
            authority -> authority.client(
                    Client.confidentialClient("web").publicKey(publicKey()).redirectUri(CALLBACK.toString())),
            application -> application);
    private volatile ClientAuthentication authentication = new PrivateKeyJwt();
    private final ConfidentialClientApplication app = ConfidentialClientApplication.builder(
                    "web", (request, context) -> authentication.authenticate(request, context))
            .authority(bench.idp.entraAuthority("contoso").toString(), AuthorityKind.ENTRA)
            .clock(bench.clock)
            .scheduler(bench.scheduler)
            .transport(bench.wire)
            .store(MemoryTokenStore.create())
            .build();

    /** {@code private_key_jwt} (OpenID Connect Core 9, RFC 7523 section 3). */
    private static final class PrivateKeyJwt implements ClientAuthentication {
        @Override
        public void authenticate(HttpMessage.Builder request, ClientAuthenticationContext context) throws Exception {
            SignedJWT assertion = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.ES256),
                    new JWTClaimsSet.Builder()
                            .issuer(context.clientId())
                            .subject(context.clientId())
                            .audience(context.issuer())
                            .jwtID(context.uniqueId())
                            .issueTime(Date.from(context.now()))
                            .expirationTime(Date.from(context.now().plusSeconds(60)))
                            .build());
            assertion.sign(new ECDSASigner(KEY));
            request.form()
                    .set("client_id", context.clientId())
                    .set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                    .set("client_assertion", assertion.serialize());
        }
    }

    @AfterEach
    void stop() {
        app.close();
        bench.close();
    }

    @Test
    void privateKeyJwt_signsInAndRenews_eachTimeWithAnotherAssertion() throws Exception {
        AuthenticationResult first = signIn();
        bench.expireAccessTokens();
        AuthenticationResult second = renew(first);

        assertThat(second.accessToken()).isNotEqualTo(first.accessToken());
        bench.idp.verify().tokenRequests(GrantType.REFRESH_TOKEN).exactly(1);
        List<JWTClaimsSet> assertions = assertions();
        assertThat(assertions).hasSize(2);
        assertThat(assertions).extracting(JWTClaimsSet::getJWTID).doesNotHaveDuplicates();
        assertThat(assertions).allSatisfy(claims -> {
            assertThat(claims.getIssuer()).isEqualTo("web");
            assertThat(claims.getAudience()).hasSize(1);
            assertThat(claims.getJWTID()).hasSizeGreaterThanOrEqualTo(43);
        });
        assertThat(assertions.get(1).getIssueTime())
                .as("made when it was needed")
                .isEqualTo(Date.from(bench.clock.instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS)));
    }

    @Test
    void authenticationThatThrows_failsTheCallAndSendsNothing() {
        AuthenticationResult signedIn = signIn();
        bench.expireAccessTokens();
        bench.wire.forget();
        authentication = (request, context) -> {
            throw new IllegalStateException("key pa55word cannot be read");
        };

        assertThatThrownBy(() -> renew(signedIn)).isInstanceOfSatisfying(AuthException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(ErrorCodes.CLIENT_AUTHENTICATION_FAILED);
            assertThat(e.getMessage()).contains("IllegalStateException").doesNotContain("pa55word");
            assertThat(e).hasRootCauseMessage("key pa55word cannot be read");
        });
        assertThat(bench.wire.sentTo("/token")).isEmpty();

        authentication = new PrivateKeyJwt();
        assertThat(renew(signedIn).accessToken()).as("nothing is lost").isNotEmpty();
    }

    /** An assertion may come from another authority, whose refusal says nothing of the refresh token at hand. */
    @Test
    void authenticationRefusedElsewhere_doesNotPassForAnAnswerOfTheAuthority() {
        AuthenticationResult signedIn = signIn();
        bench.expireAccessTokens();
        authentication = (request, context) -> {
            throw new InteractionRequiredAuthException(
                    dev.latchkey.core.error.ErrorDetails.of("invalid_grant", "elsewhere")
                            .status(400));
        };

        assertThatThrownBy(() -> renew(signedIn)).isInstanceOfSatisfying(AuthException.class, e -> {
            assertThat(e).isNotInstanceOf(InteractionRequiredAuthException.class);
            assertThat(e.errorCode()).isEqualTo(ErrorCodes.CLIENT_AUTHENTICATION_FAILED);
        });

        authentication = new PrivateKeyJwt();
        assertThat(renew(signedIn).accessToken())
                .as("the refresh token is still there")
                .isNotEmpty();
    }

    @Test
    void headerThatWouldStartAnother_isRefusedWithoutBeingShown() {
        AuthenticationResult signedIn = signIn();
        bench.expireAccessTokens();
        authentication = (request, context) -> request.header("Authorization", "pa55word\r\nX: y");

        assertThatThrownBy(() -> renew(signedIn)).isInstanceOfSatisfying(AuthException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(ErrorCodes.CLIENT_AUTHENTICATION_FAILED);
            assertThat(e).hasStackTraceContaining("Authorization");
            assertThat(e.getCause()).hasMessageNotContaining("pa55word");
        });
    }

    private AuthenticationResult signIn() {
        RedirectSignIn begun = Face.join(app.acquireTokenRedirect(RedirectRequest.of(CALLBACK, "User.Read")));
        Parameters.Builder answer = Parameters.builder();
        bench.idp
                .person(Bench.ALICE)
                .visitUpToRedirect(begun.authorizationUri())
                .answer()
                .forEach(answer::set);
        return Face.join(app.handleRedirect(begun.saved(), answer.build()));
    }

    private AuthenticationResult renew(AuthenticationResult signedIn) {
        return Face.join(app.acquireTokenSilent(SilentRequest.builder("User.Read")
                .account(signedIn.account().orElseThrow())
                .timeout(Duration.ofSeconds(30))
                .build()));
    }

    private List<JWTClaimsSet> assertions() throws Exception {
        List<JWTClaimsSet> claims = new java.util.ArrayList<>();
        for (HttpMessage message : bench.wire.sentTo("/token")) {
            Parameters form = Objects.requireNonNull(message.form());
            claims.add(SignedJWT.parse(form.get("client_assertion")).getJWTClaimsSet());
        }
        return claims;
    }

    private static java.security.PublicKey publicKey() {
        try {
            return KEY.toPublicKey();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
