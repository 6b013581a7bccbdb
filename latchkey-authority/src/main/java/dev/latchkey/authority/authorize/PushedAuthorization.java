package dev.latchkey.authority.authorize;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.PushedRequests;
import dev.latchkey.authority.state.Stores;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Pushed authorization requests (RFC 9126). */
final class PushedAuthorization {
    private final Site site;
    private final Stores stores;
    private final AuthorizeReader reader;

    PushedAuthorization(Site site, Stores stores, AuthorizeReader reader) {
        this.site = site;
        this.stores = stores;
        this.reader = reader;
    }

    /** Section 2: what would be wrong at the authorization endpoint is wrong here already. */
    Reply push(Realm realm, Client client, Params params, String correlationId) throws OAuthException {
        if (params.get("request_uri").isPresent()) {
            throw Problem.MALFORMED_REQUEST.because("request_uri must not be pushed");
        }
        if (params.get("client_id").filter(client.clientId()::equals).isEmpty()) {
            throw Problem.MALFORMED_REQUEST.because("client_id must be " + client.clientId());
        }
        reader.request(reader.address(realm, params), params, correlationId);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("request_uri", stores.pushedRequests().push(client.clientId(), params, site.now()));
        answer.put("expires_in", PushedRequests.LIFETIME.toSeconds());
        return Reply.json(201, answer);
    }

    /** A proof of possession at this endpoint says the same as {@code dpop_jkt} (RFC 9449 section 10.1). */
    static Params bound(Params params, Optional<String> keyThumbprint) throws OAuthException {
        Optional<String> said = params.get("dpop_jkt");
        if (keyThumbprint.isPresent() && said.isPresent() && !said.equals(keyThumbprint)) {
            throw Problem.DPOP_PROOF_INVALID.because("dpop_jkt names another key than the DPoP proof is signed with");
        }
        return keyThumbprint
                .map(thumbprint -> params.with("dpop_jkt", thumbprint))
                .orElse(params);
    }

    /** Section 4: the pushed parameters take the place of those in the query. Any other address is not ours to read. */
    Params resolve(Realm realm, Params params) throws OAuthException {
        String clientId = params.get("client_id").orElse("");
        Optional<String> uri = params.get("request_uri").filter(given -> isPushed(realm, given));
        if (uri.isPresent()) {
            return stores.pushedRequests()
                    .take(uri.get(), clientId, site.now())
                    .orElseThrow(() -> Problem.REQUEST_URI_INVALID.because(
                            "request_uri was not pushed by client " + clientId + ", has been used, or has expired"));
        }
        if (site.directory().client(clientId).filter(Client::isPushRequired).isPresent()) {
            throw Problem.PUSH_REQUIRED.because("the client " + clientId + " must push its requests (RFC 9126)");
        }
        return params;
    }

    private static boolean isPushed(Realm realm, String requestUri) {
        return realm.personality().path(Endpoint.PUSHED_AUTHORIZATION).isPresent()
                && requestUri.startsWith(PushedRequests.PREFIX);
    }
}
