package dev.latchkey.authority.api;

import dev.latchkey.authority.User;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Revocations;
import dev.latchkey.authority.token.SigningKeys;
import dev.latchkey.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Claims about the person (OpenID Connect Core section 5.3). */
public final class UserInfoEndpoint {
    private final BearerTokens tokens;

    public UserInfoEndpoint(Site site, SigningKeys keys, Revocations revocations) {
        this.tokens = new BearerTokens(site, keys, revocations);
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
            return Reply.json(200, body);
        } catch (BearerException refused) {
            return refused.reply("userinfo");
        }
    }
}
