package dev.latchkey.authority.api;

import dev.latchkey.authority.ApiResource;
import dev.latchkey.authority.User;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.proof.DpopProofs;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.SigningKeys;
import dev.latchkey.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A protected API shaped like Graph's {@code /me}, for tokens of the first API and its first scope. */
public final class MeApi {
    /** Where it is. */
    public static final String PATH = "/api/me";

    private final Site site;
    private final BearerTokens tokens;

    public MeApi(Site site, SigningKeys keys, Stores stores, DpopProofs proofs) {
        this.site = site;
        this.tokens = new BearerTokens(site, keys, stores, proofs);
    }

    /** The person the token is about. */
    public Reply me(Request request) {
        ApiResource api = site.directory().apis().get(0);
        String scope = api.scopeNames().iterator().next();
        try {
            JsonObject claims = tokens.verify(request, List.of(api.audience()), scope);
            User person = tokens.person(claims);
            Optional<Instant> challenge = tokens.challenge(claims, person);
            if (challenge.isPresent()) {
                return BearerException.claims(challenge.get()).reply("");
            }
            return Reply.json(200, body(person));
        } catch (BearerException refused) {
            return refused.reply("local authority");
        }
    }

    private Map<String, Object> body(User user) {
        String[] names = user.displayName().split(" ", 2);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("@odata.context", site.realms().base() + "/api/$metadata#users/$entity");
        body.put("id", user.id().toString());
        body.put("displayName", user.displayName());
        body.put("givenName", names[0]);
        body.put("surname", names.length == 2 ? names[1] : null);
        body.put("userPrincipalName", user.userName());
        body.put("mail", user.userName().contains("@") ? user.userName() : null);
        body.put("jobTitle", user.claims().get("jobTitle"));
        body.put("businessPhones", List.of());
        return body;
    }
}
