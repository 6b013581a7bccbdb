package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.scope.ScopeSet;
import dev.latchkey.authority.state.AuthorizationCode;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.Digests;
import java.util.Optional;

/** Redeems authorization codes (RFC 6749 section 4.1.3, RFC 7636 section 4.6). */
final class CodeGrant implements GrantHandler {
    private final Site site;
    private final Stores stores;
    private final TokenScopes scopes;

    CodeGrant(Site site, Stores stores, TokenScopes scopes) {
        this.site = site;
        this.stores = stores;
        this.scopes = scopes;
    }

    @Override
    public IssuanceContext grant(TokenCall call) throws OAuthException {
        Client client = call.client();
        Realm realm = call.realm();
        String value = call.required("code");
        AuthorizationCode code = stores.codes()
                .find(value)
                .orElseThrow(() -> Problem.CODE_UNKNOWN.because("the code was not issued by this authority"));
        checkOwner(code, realm, client);
        if (code.redeemed()) {
            throw reused(code);
        }
        if (!site.now().isBefore(code.expiresAt())) {
            throw Problem.CODE_EXPIRED.because("the code expired at " + code.expiresAt());
        }
        checkBinding(code.binding(), call.form());
        checkKey(code.binding(), call);
        ScopeSet granted = scopes.ofCode(call, code.grant());
        if (!stores.codes().redeem(value)) {
            throw reused(code);
        }
        return new IssuanceContext(
                code.grant(), realm, granted, code.binding().nonce(), firstRefreshToken(code, client));
    }

    private static void checkOwner(AuthorizationCode code, Realm realm, Client client) throws OAuthException {
        Realm issuing = code.grant().realm();
        if (!code.grant().client().clientId().equals(client.clientId())) {
            throw Problem.CODE_FOREIGN.because("the code was issued to another client");
        }
        if (!realm.redeemsGrantsOf(issuing)) {
            throw Problem.CODE_FOREIGN.because("the code was issued by " + issuing.advertisedIssuer());
        }
    }

    private static void checkBinding(AuthorizationCode.Binding binding, Params form) throws OAuthException {
        String redirectUri = TokenEndpoint.required(form, "redirect_uri");
        if (!redirectUri.equals(binding.redirectUri())) {
            throw Problem.REDIRECT_URI_MISMATCH.because("redirect_uri " + redirectUri
                    + " is not the one of the authorization request: " + binding.redirectUri());
        }
        Optional<String> verifier = form.get("code_verifier");
        if (binding.codeChallenge().isEmpty() && verifier.isPresent()) {
            throw Problem.PKCE_MISMATCH.because("code_verifier is given, but the request had no code_challenge");
        }
        if (binding.codeChallenge().isPresent() && verifier.isEmpty()) {
            throw Problem.PKCE_MISMATCH.because("code_verifier is missing");
        }
        if (verifier.isPresent()
                && !Digests.challenge(verifier.get())
                        .equals(binding.codeChallenge().orElse(""))) {
            throw Problem.PKCE_MISMATCH.because("code_verifier does not match the code_challenge of the request");
        }
    }

    private static void checkKey(AuthorizationCode.Binding binding, TokenCall call) throws OAuthException {
        if (binding.keyThumbprint().isPresent() && !binding.keyThumbprint().equals(call.keyThumbprint())) {
            throw Problem.DPOP_KEY_MISMATCH.because(
                    "the code is bound by dpop_jkt to a key that the request does not prove to hold");
        }
    }

    private OAuthException reused(AuthorizationCode code) {
        stores.revocations().revoke(code.grant().id());
        return Problem.CODE_REDEEMED.because(
                "the code was redeemed before; the tokens it gave have been revoked (RFC 6749 section 4.1.2)");
    }

    private Optional<String> firstRefreshToken(AuthorizationCode code, Client client) {
        if (!code.grant().scopes().wantsRefreshToken()) {
            return Optional.empty();
        }
        return Optional.of(
                stores.refreshTokens().begin(code.grant(), site.settings().refreshTokens(client), site.now()));
    }
}
