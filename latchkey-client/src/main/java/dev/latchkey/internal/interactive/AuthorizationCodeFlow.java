package dev.latchkey.internal.interactive;

import dev.latchkey.InteractionType;
import dev.latchkey.InteractiveRequest;
import dev.latchkey.PopupRequest;
import dev.latchkey.RedirectRequest;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.authorize.AuthorizationExpectations;
import dev.latchkey.core.authorize.AuthorizationRequest;
import dev.latchkey.core.authorize.AuthorizationResponse;
import dev.latchkey.core.authorize.ClaimsRequest;
import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.core.cache.TokenVariant;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.token.AuthorizationCodeGrant;
import dev.latchkey.core.token.TokenRequest;
import dev.latchkey.internal.authority.Authorities;
import dev.latchkey.internal.authority.Belonging;
import dev.latchkey.internal.authority.ResolvedAuthority;
import dev.latchkey.internal.authority.TokenEndpoint;
import dev.latchkey.internal.authority.TokenGrant;
import dev.latchkey.internal.authority.WireTarget;
import dev.latchkey.internal.calls.RequestRules;
import dev.latchkey.internal.environment.Entropy;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.internal.tokens.AccountDirectory;
import dev.latchkey.internal.tokens.Parts;
import dev.latchkey.internal.tokens.SignIns;
import dev.latchkey.internal.tokens.TokenSaver;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The two halves of an interactive sign-in, however the user gets to the authority and back: the first creates the
 * authorization URL, {@link #finish} validates the response, redeems it and stores the tokens.
 */
public final class AuthorizationCodeFlow {
    private final Settings settings;
    private final Authorities authorities;
    private final Belonging belonging;
    private final IssuersInUse issuers;
    private final AccountDirectory accounts;
    private final TokenEndpoint tokenEndpoint;
    private final SignIns signIns;

    public AuthorizationCodeFlow(Settings settings, Parts parts) {
        this.settings = settings;
        this.authorities = parts.authorities();
        this.belonging = parts.belonging();
        this.issuers = new IssuersInUse(
                belonging, loopback(settings.interaction().loopback().path()));
        this.accounts = parts.accounts();
        this.tokenEndpoint = parts.tokenEndpoint();
        this.signIns = parts.signIns();
    }

    /**
     * A sign-in in progress.
     *
     * @param request the caller's request
     * @param way how the user gets to the authority and back
     * @param authority the authority of the request
     * @param sent the authorization request
     * @param correlationId the correlation id of the call
     */
    record Pending(
            InteractiveRequest request,
            InteractionType way,
            ResolvedAuthority authority,
            AuthorizationRequest sent,
            String correlationId) {
        /** How the response is sent. */
        ResponseMode mode() {
            return sent.responseMode();
        }
    }

    /** Rejects requests that no authority could serve, before any network access. */
    void check(InteractiveRequest request) {
        RequestRules rules = new RequestRules(settings.identity());
        rules.check(request.scopes(), request.resource().orElse(null), request.authority());
        rules.checkExtras(request.extraQueryParameters());
        rules.checkExtras(request.extraParameters());
        claims(request);
    }

    /** Resolves the endpoints, and checks that the store can accept the tokens. */
    ResolvedAuthority resolve(InteractiveRequest request, String correlationId) {
        Authority own = settings.identity().authority();
        Authority asked = request.authority().map(settings.identity()::named).orElse(own);
        ResolvedAuthority authority =
                authorities.resolve(request.tenantId().map(asked::withRealm).orElse(asked), correlationId);
        // Users are never sent to an authority to which the client must not send its credentials.
        belonging.credentialsFor(authority.authority(), correlationId);
        // What follows fails before the user has signed in, not afterwards.
        tokenEndpoint.requireIdentity(authority, correlationId);
        requireVerifiable(request, authority, correlationId);
        settings.environment().store().requireWritable();
        return authority;
    }

    /** What an ID token has to prove cannot be asked of an authority that issues none. */
    private static void requireVerifiable(
            InteractiveRequest request, ResolvedAuthority authority, String correlationId) {
        boolean needsIdToken = request.maxAge().isPresent()
                || !ClaimsRequest.essentialAcrs(request.claims().orElse(null)).isEmpty();
        if (needsIdToken && !authority.authority().kind().issuesIdTokens()) {
            throw new ClientConfigurationException(ErrorDetails.of(
                            ErrorCodes.NULL_OR_EMPTY_TOKEN,
                            "maxAge and an essential acr are proved by the ID token, and this kind of authority issues none;"
                                    + " leave them out")
                    .at(authority.authority().uri())
                    .correlationId(correlationId));
        }
    }

    /** The first half of a popup, whose response goes to a listener in this process. */
    Pending beginPopup(PopupRequest request, ResolvedAuthority authority, URI redirectUri, String correlationId) {
        issuers.begin(authority, loopback(redirectUri.getPath()), correlationId);
        // A form post keeps the code out of the address bar and the history.
        ResponseMode mode =
                ResponseMode.FORM_POST.isOfferedBy(authority.metadata()) ? ResponseMode.FORM_POST : ResponseMode.QUERY;
        AuthorizationRequest.Builder sent =
                sent(request, authority, redirectUri, correlationId).responseMode(mode);
        Account active = request.account().isPresent() ? null : accounts.active();
        sent.loginHint(loginHint(request, active, authority));
        return new Pending(request, InteractionType.POPUP, authority, sent.build(), correlationId);
    }

    /** The first half of a redirect: many users share the application, so the active account is not assumed. */
    Pending beginRedirect(RedirectRequest request, ResolvedAuthority authority, String correlationId) {
        issuers.begin(authority, request.redirectUri().toString(), correlationId);
        AuthorizationRequest.Builder sent =
                sent(request, authority, request.redirectUri(), correlationId).responseMode(request.responseMode());
        sent.loginHint(loginHint(request, null, authority));
        return new Pending(request, InteractionType.REDIRECT, authority, sent.build(), correlationId);
    }

    private AuthorizationRequest.Builder sent(
            InteractiveRequest request, ResolvedAuthority authority, URI redirectUri, String correlationId) {
        Entropy entropy = settings.environment().entropy();
        WireTarget target = target(request, authority);
        AuthorizationRequest.Builder sent = AuthorizationRequest.builder(
                        authority.metadata().authorizationEndpoint(),
                        settings.identity().clientId(),
                        redirectUri,
                        target.scopes())
                .secrets(entropy.token(), entropy.token(), entropy.pkce())
                .extraScopesToConsent(request.extraScopesToConsent())
                .prompt(request.prompt().orElse(null))
                .domainHint(request.domainHint().orElse(null))
                .maxAge(request.maxAge().orElse(null))
                .claims(claims(request))
                .resource(target.resource())
                .extraQueryParameters(request.extraQueryParameters());
        if (authority.isEntraShaped()) {
            sent.entra(correlationId);
        }
        return sent;
    }

    /**
     * The second half: validates, redeems, verifies and stores.
     *
     * @param received the address that received the response; null if the caller did not supply it
     */
    SignIns.SignedIn finish(Pending pending, Parameters answer, @Nullable URI received) {
        issuers.finish(pending.authority(), pending.sent().redirectUri(), received, pending.correlationId());
        AuthorizationResponse response = AuthorizationResponse.check(answer, expectations(pending));
        InteractiveRequest request = pending.request();
        TokenRequest sent = tokenRequest(pending, response.code());
        TokenGrant grant = tokenEndpoint.redeem(pending.authority(), sent);
        return signIns.store(
                tokenEndpoint.identified(grant, pending.authority(), pending.correlationId()),
                pending.authority(),
                new SignIns.Asked(
                        new TokenSaver.Sought(
                                sent.scopes(),
                                request.resource().orElse(null),
                                TokenVariant.of(
                                        request.claims().orElse(null),
                                        request.allExtraParameters(),
                                        request.cacheKeyComponent().orElse(null)),
                                request.claims().isPresent()
                                        && request.cacheKeyComponent().isEmpty()),
                        request.storeInCache(),
                        request.cacheKeyComponent().isPresent(),
                        pending.way(),
                        pending.correlationId()));
    }

    private TokenRequest tokenRequest(Pending pending, Secret code) {
        InteractiveRequest request = pending.request();
        ResolvedAuthority authority = pending.authority();
        WireTarget target = target(request, authority);
        return new TokenRequest(
                authority.metadata().tokenEndpoint(),
                new AuthorizationCodeGrant(
                        code, pending.sent(), request.maxAge().orElse(null)),
                target.scopes(),
                target.resource(),
                claims(request),
                authority.isEntraShaped(),
                pending.correlationId(),
                request.extraParameters());
    }

    /** Ports differ between sign-ins, so the path distinguishes issuers. */
    private static String loopback(String path) {
        return "loopback " + (path.isEmpty() ? "/" : path);
    }

    private WireTarget target(InteractiveRequest request, ResolvedAuthority authority) {
        return WireTarget.of(
                settings.identity(),
                authority,
                request.scopes(),
                request.resource().orElse(null));
    }

    private static AuthorizationExpectations expectations(Pending pending) {
        return new AuthorizationExpectations(
                pending.sent().state(),
                pending.authority().metadata().issuer(),
                pending.authority().metadata().issuerInResponse(),
                pending.sent().endpoint(),
                pending.correlationId());
    }

    private @Nullable String claims(InteractiveRequest request) {
        return ClaimsRequest.merge(
                request.claims().orElse(null), settings.identity().clientCapabilities());
    }

    /**
     * An explicit hint overrides any account; there is no hint if the user is to choose an account; and no issuer
     * learns the user name that a user has at another.
     */
    private @Nullable String loginHint(
            InteractiveRequest request, @Nullable Account otherwise, ResolvedAuthority authority) {
        if (request.loginHint().isPresent()) {
            return request.loginHint().get();
        }
        boolean choosing = request.prompt().filter("select_account"::equals).isPresent();
        Account account = choosing ? null : request.account().orElse(otherwise);
        if (account == null || !belonging.isOf(account, authority.authority())) {
            return null;
        }
        String hint = account.loginHint().orElse(account.username());
        return hint.isEmpty() ? null : hint;
    }
}
