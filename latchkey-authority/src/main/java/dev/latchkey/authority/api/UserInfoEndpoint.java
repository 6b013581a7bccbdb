package dev.latchkey.authority.api;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.User;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.proof.DpopProofs;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.SigningKeys;
import dev.latchkey.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Claims about the person (OpenID Connect Core section 5.3). */
public final class UserInfoEndpoint {
    private final Site site;
    private final SigningKeys keys;
    private final BearerTokens tokens;

    public UserInfoEndpoint(Site site, SigningKeys keys, Stores stores, DpopProofs proofs) {
        this.site = site;
        this.keys = keys;
        this.tokens = new BearerTokens(site, keys, stores, proofs);
    }

    /** The claims the token's scopes give. */
    public Reply userInfo(Request request) {
        try {
            JsonObject claims = tokens.verify(request, List.of(), "openid");
            User user = tokens.person(claims);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("sub", claims.string("sub", ""));
            String scopes = " " + claims.string("scp", claims.string("scope", "")) + " ";
            if (scopes.contains(" profile ")) {
                body.put("name", user.displayName());
                body.put("preferred_username", user.userName());
            }
            if (scopes.contains(" email ") && user.userName().contains("@")) {
                body.put("email", user.userName());
            }
            body.putAll(user.claims());
            return mustSign(claims) ? signed(claims, body) : Reply.json(200, body);
        } catch (BearerException refused) {
            return refused.reply("userinfo");
        }
    }

    private boolean mustSign(JsonObject claims) {
        return site.directory()
                .client(clientOf(claims))
                .filter(Client::isUserInfoSigned)
                .isPresent();
    }

    private Reply signed(JsonObject claims, Map<String, Object> body) {
        Map<String, Object> signed = new LinkedHashMap<>(body);
        signed.put("iss", claims.string("iss", ""));
        signed.put("aud", clientOf(claims));
        return Reply.raw(200, keys.sign(signed, "JWT"))
                .header("Content-Type", "application/jwt")
                .header("Cache-Control", "no-store");
    }

    private static String clientOf(JsonObject claims) {
        return claims.string("client_id", claims.string("azp", ""));
    }
}
