package dev.latchkey.authority.oauth;

import dev.latchkey.authority.ApiResource;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.Tenant;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.scope.ScopeResolver;
import dev.latchkey.authority.scope.ScopeSet;
import dev.latchkey.authority.token.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tokens for a program itself, without any person (RFC 6749 section 4.4). */
final class ClientCredentialsGrant implements TokenEndpoint.TokenAnswer {
    private static final Set<String> MEANINGLESS = Set.of("openid", "profile", "email", "offline_access");

    private final Site site;
    private final SigningKeys keys;
    private final ScopeResolver scopes;

    ClientCredentialsGrant(Site site, SigningKeys keys) {
        this.site = site;
        this.keys = keys;
        this.scopes = new ScopeResolver(site.directory().apis());
    }

    @Override
    public Map<String, Object> to(TokenCall call) throws OAuthException {
        if (!call.client().isConfidential()) {
            throw Problem.GRANT_NOT_ALLOWED.because(
                    "the client " + call.client().clientId()
                            + " is public: it cannot prove to be itself, so it gets no tokens of its own");
        }
        boolean entra = call.realm().personality().isEntra();
        ScopeSet wanted = scopes.resolve(call.form().get("scope").orElse(""));
        if (entra) {
            checkDefault(call);
        }
        Duration lifetime = site.settings().accessTokenLifetime(call.client());
        Map<String, Object> claims = new LinkedHashMap<>(common(call, lifetime, audience(call, wanted)));
        claims.putAll(entra ? entraClaims(call) : plainClaims(call, wanted));
        call.keyThumbprint().ifPresent(thumbprint -> claims.put("cnf", Map.of("jkt", thumbprint)));
        claims.put(LatchkeyClaims.TEST_ONLY, true);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("token_type", call.keyThumbprint().isPresent() ? "DPoP" : "Bearer");
        answer.put("expires_in", lifetime.toSeconds());
        if (entra) {
            answer.put("ext_expires_in", lifetime.toSeconds());
            site.settings().refreshIn(call.client()).ifPresent(in -> answer.put("refresh_in", in.toSeconds()));
        } else {
            wanted.answer(true).ifPresent(scope -> answer.put("scope", scope));
        }
        answer.put("access_token", keys.sign(claims, "JWT"));
        return answer;
    }

    private static void checkDefault(TokenCall call) throws OAuthException {
        String asked = call.required("scope");
        // What every request of Microsoft's libraries asks for as well means nothing here.
        List<String> scopes = Arrays.stream(asked.strip().split(" +", -1))
                .filter(scope -> !MEANINGLESS.contains(scope))
                .toList();
        if (scopes.size() != 1 || !scopes.get(0).endsWith("/.default")) {
            throw Problem.SCOPE_NOT_DEFAULT.because(
                    "client_credentials takes one scope that ends in /.default, not " + asked);
        }
        if (call.realm().admission().tenant().isEmpty()) {
            throw Problem.TENANT_NOT_FOUND.because("client_credentials needs the authority of one tenant");
        }
    }

    private Map<String, Object> common(TokenCall call, Duration lifetime, Object audience) {
        Instant now = site.now();
        Map<String, Object> claims = new LinkedHashMap<>();
        Tenant tenant = call.realm()
                .admission()
                .tenant()
                .orElse(site.directory().tenants().get(0));
        claims.put("iss", call.realm().issuer(tenant));
        claims.put("aud", audience);
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(lifetime).getEpochSecond());
        return claims;
    }

    private Map<String, Object> entraClaims(TokenCall call) {
        Client client = call.client();
        String principal = UUID.nameUUIDFromBytes(("principal:" + client.clientId()).getBytes(StandardCharsets.UTF_8))
                .toString();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", principal);
        claims.put("oid", principal);
        claims.put("ver", "2.0");
        call.realm()
                .admission()
                .tenant()
                .ifPresent(tenant -> claims.put("tid", tenant.id().toString()));
        claims.put("azp", client.clientId());
        claims.put("azpacr", call.form().get("client_assertion").isPresent() ? "2" : "1");
        claims.put("idtyp", "app");
        claims.put("uti", site.entropy().token());
        if (!client.appRoles().isEmpty()) {
            claims.put("roles", List.copyOf(client.appRoles()));
        }
        return claims;
    }

    private Map<String, Object> plainClaims(TokenCall call, ScopeSet wanted) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", call.client().clientId());
        claims.put("client_id", call.client().clientId());
        wanted.answer(true).ifPresent(scope -> claims.put("scope", scope));
        claims.put("jti", site.entropy().uuid().toString());
        return claims;
    }

    private Object audience(TokenCall call, ScopeSet wanted) throws OAuthException {
        String target = call.form()
                .get("resource")
                .or(() -> call.form().get("audience"))
                .orElse("");
        if (!target.isEmpty()) {
            return site.directory()
                    .apiOf(target)
                    .map(ApiResource::audience)
                    .orElseThrow(() -> Problem.TARGET_UNKNOWN.because("the target " + target + " is not registered"));
        }
        return wanted.firstApi().orElse(site.directory().apis().get(0)).audience();
    }
}
