package dev.latchkey.authority.api;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.SigningAlgorithm;
import dev.latchkey.authority.User;
import dev.latchkey.authority.claims.PersonClaims;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.oauth.LatchkeyClaims;
import dev.latchkey.authority.proof.DpopProofs;
import dev.latchkey.authority.realm.Personality;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.ClientSignatures;
import dev.latchkey.authority.token.SigningKeys;
import dev.latchkey.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Claims about the person (OpenID Connect Core section 5.3). */
public final class UserInfoEndpoint {
    private final Site site;
    private final ClientSignatures signatures;
    private final BearerTokens tokens;

    public UserInfoEndpoint(Site site, SigningKeys keys, Stores stores, DpopProofs proofs) {
        this.site = site;
        this.signatures = new ClientSignatures(keys, site.directory()::client);
        this.tokens = new BearerTokens(site, keys, stores, proofs);
    }

    /** The claims the token's scopes give. */
    public Reply userInfo(Realm realm, Request request) {
        try {
            JsonObject claims = tokens.verify(request, List.of(), "openid");
            User user = tokens.person(claims);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("sub", claims.string("sub", ""));
            List<String> scopes =
                    List.of(claims.string("scp", claims.string("scope", "")).split(" ", -1));
            boolean plain = realm.personality() == Personality.OIDC;
            body.putAll(plain ? PersonClaims.all(user, scopes) : PersonClaims.usual(user, scopes));
            body.putAll(PersonClaims.named(user, claims.strings(LatchkeyClaims.USER_INFO)));
            return reply(realm, claims, body);
        } catch (BearerException refused) {
            return refused.reply("userinfo");
        }
    }

    /** Section 5.3.2: as JSON, or as a JWT if the client registered so. */
    private Reply reply(Realm realm, JsonObject claims, Map<String, Object> body) {
        String clientId = claims.string("client_id", claims.string("azp", ""));
        Optional<Client> client = site.directory().client(clientId);
        Optional<SigningAlgorithm> algorithm =
                client.flatMap(Client::userInfoSignedResponseAlg).map(realm::algorithm);
        if (client.isEmpty() || algorithm.isEmpty()) {
            return Reply.json(200, body);
        }
        Map<String, Object> signed = new LinkedHashMap<>(body);
        signed.put("iss", claims.string("iss", ""));
        signed.put("aud", clientId);
        return Reply.raw(200, signatures.sign(client.get(), algorithm.get(), "JWT", signed))
                .header("Content-Type", "application/jwt")
                .header("Cache-Control", "no-store");
    }
}
