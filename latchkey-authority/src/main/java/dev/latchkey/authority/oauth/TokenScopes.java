package dev.latchkey.authority.oauth;

import dev.latchkey.authority.ApiResource;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.scope.ScopeResolver;
import dev.latchkey.authority.scope.ScopeSet;
import dev.latchkey.authority.state.Consents;
import dev.latchkey.authority.state.Grant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides which scopes a token request gets. */
final class TokenScopes {
    private final ScopeResolver resolver;
    private final Consents consents;
    private final Targets targets;

    TokenScopes(Site site, Consents consents) {
        this.resolver = new ScopeResolver(site.directory().apis());
        this.consents = consents;
        this.targets = new Targets(site);
    }

    /** Entra lets the redemption pick one API's scopes; elsewhere the authorization request has decided. */
    ScopeSet ofCode(TokenCall call, Grant grant) throws OAuthException {
        Optional<String> asked = call.form().get("scope");
        if (!call.realm().personality().isEntra()) {
            return forTargets(call, grant.scopes());
        }
        return ofEntra(call, grant, asked);
    }

    private ScopeSet ofEntra(TokenCall call, Grant grant, Optional<String> asked) throws OAuthException {
        ScopeSet wanted = asked.isPresent() ? consented(grant, asked.get()) : firstApiOnly(grant.scopes());
        ScopeResolver.requireSame(call.form().all("resource"), wanted);
        return wanted;
    }

    /** Entra gives any scope that was consented to; elsewhere a refresh only narrows (RFC 6749 section 6). */
    ScopeSet ofRefresh(TokenCall call, Grant grant) throws OAuthException {
        Optional<String> asked = call.form().get("scope");
        if (call.realm().personality().isEntra()) {
            return ofEntra(call, grant, asked);
        }
        return forTargets(call, asked.isPresent() ? narrowed(grant, asked.get()) : grant.scopes());
    }

    /** What a middle tier may do for a person: only what they consented to for the middle tier. */
    ScopeSet onBehalf(TokenCall call, Grant grant) throws OAuthException {
        return consented(grant, call.required("scope"));
    }

    private ScopeSet consented(Grant grant, String asked) throws OAuthException {
        ScopeSet wanted = resolver.resolve(asked);
        if (wanted.mixesApis()) {
            throw Problem.RESOURCES_MIXED.because(
                    "a token is for one resource, but scope names several: " + asked + "; ask for each by itself");
        }
        Set<String> missing =
                new LinkedHashSet<>(consents.missing(grant.identity(), grant.client(), wanted.consentKeys()));
        missing.removeAll(wanted.openId());
        missing.removeAll(grant.scopes().consentKeys());
        if (!missing.isEmpty()) {
            throw Problem.CONSENT_NEEDED_AT_TOKEN.because("the person has not consented to " + missing + " for client "
                    + grant.client().clientId() + "; send an interactive authorization request");
        }
        Set<String> openId = new LinkedHashSet<>(grant.scopes().openId());
        return new ScopeSet(openId.isEmpty() ? wanted.openId() : openId, wanted.permissions());
    }

    /** RFC 8707 section 2.2: only what the named resources understand. */
    private ScopeSet forTargets(TokenCall call, ScopeSet scopes) throws OAuthException {
        List<ApiResource> apis = targets.apis(call);
        return apis.isEmpty()
                ? scopes
                : new ScopeSet(
                        scopes.openId(),
                        scopes.permissions().stream()
                                .filter(permission -> apis.contains(permission.api()))
                                .toList());
    }

    private ScopeSet narrowed(Grant grant, String asked) throws OAuthException {
        ScopeSet wanted = resolver.resolve(asked);
        Set<String> beyond = new LinkedHashSet<>(wanted.consentKeys());
        beyond.removeAll(grant.scopes().consentKeys());
        if (!beyond.isEmpty()) {
            throw Problem.SCOPE_BEYOND_GRANT.because("the refresh token was not granted " + beyond);
        }
        return wanted;
    }

    private static ScopeSet firstApiOnly(ScopeSet scopes) {
        Optional<ApiResource> first = scopes.firstApi();
        return first.isPresent() ? scopes.forApi(first.get()) : scopes;
    }
}
