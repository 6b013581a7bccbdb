package dev.latchkey.integration.belonging;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.authorize.Pkce;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.Json;
import dev.latchkey.integration.belonging.Faces.Face;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Redeems codes and refresh tokens, each once. */
final class TokenDesk {
    /** A scope that is never granted if an issuer grants less than requested. */
    private static final String TOO_MUCH = "admin";

    private final World world;
    private final Complaints complaints;
    private final Map<String, Visit> visits = new ConcurrentHashMap<>();
    private final Map<String, Face> redeemed = new ConcurrentHashMap<>();
    private final Set<String> spent = ConcurrentHashMap.newKeySet();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    TokenDesk(World world, Complaints complaints) {
        this.world = world;
        this.complaints = complaints;
    }

    /** What a response is about. */
    private record Grant(
            Issuer issuer,
            Person person,
            String clientId,
            Wish wish,
            @Nullable Visit visit,
            String code) {}

    /** A user signed in: the code will arrive. */
    void expect(String code, Visit visit) {
        visits.put(code, visit);
    }

    /** The user whose code was redeemed; null if it was not. */
    @Nullable
    Face redeemed(String code) {
        return redeemed.get(code);
    }

    HttpAnswer answer(Issuer at, Caller caller, Parameters form) {
        String secret = world.secretOf(at, caller.clientId());
        if (secret != null && !secret.equals(caller.secret())) {
            return Endpoints.error("invalid_client");
        }
        return switch (text(form, "grant_type")) {
            case "authorization_code" -> code(at, caller, form);
            case "refresh_token" -> refresh(at, caller, form);
            case "urn:ietf:params:oauth:grant-type:device_code" -> deviceCode(at, caller, form);
            default -> Endpoints.error("unsupported_grant_type");
        };
    }

    /** RFC 7009: revoking an unknown token succeeds too. */
    HttpAnswer revoke(Issuer at, Parameters form) {
        String token = text(form, "token");
        Fact fact = world.ledger().find(token);
        if (fact != null && fact.mayGoTo(at)) {
            revoked.add(token);
        }
        return Endpoints.ok(Map.of());
    }

    private HttpAnswer code(Issuer at, Caller caller, Parameters form) {
        Visit visit = claim(at, caller, text(form, "code"));
        boolean isProven = visit != null
                && visit.redirectUri().equals(text(form, "redirect_uri"))
                && visit.challenge().equals(Pkce.challengeOf(text(form, "code_verifier")));
        return isProven ? first(at, Objects.requireNonNull(visit), form, "code") : Endpoints.error("invalid_grant");
    }

    private HttpAnswer deviceCode(Issuer at, Caller caller, Parameters form) {
        if (world.dice().chance(20)) {
            return Endpoints.error("authorization_pending");
        }
        Visit visit = claim(at, caller, text(form, "device_code"));
        return visit == null ? Endpoints.error("invalid_grant") : first(at, visit, form, "device_code");
    }

    private @Nullable Visit claim(Issuer at, Caller caller, String code) {
        Visit visit = visits.get(code);
        boolean isOurs = visit != null
                && visit.issuer().house().equals(at.house())
                && visit.clientId().equals(caller.clientId());
        return isOurs ? visits.remove(code) : null;
    }

    private HttpAnswer first(Issuer at, Visit visit, Parameters form, String codeName) {
        Issuer issuer = at.isShared() ? visit.issuer() : at;
        Wish wish = Wish.of(form).after(visit.wish());
        String code = text(form, codeName);
        redeemed.put(code, new Face(issuer, visit.person()));
        return tokens(new Grant(issuer, visit.person(), visit.clientId(), wish, visit, code));
    }

    private HttpAnswer refresh(Issuer at, Caller caller, Parameters form) {
        String token = text(form, "refresh_token");
        Fact fact = world.ledger().find(token, Kind.REFRESH_TOKEN);
        if (fact == null || !fact.mayGoTo(at) || !fact.clientId().equals(caller.clientId())) {
            return Endpoints.error("invalid_grant");
        }
        if (spent.contains(token)) {
            complaints.add("REFRESH_TOKEN redeemed twice", token + " of " + fact.person() + " at " + at);
        }
        if (spent.contains(token) || revoked.contains(token)) {
            return Endpoints.error("invalid_grant");
        }
        Person person = Objects.requireNonNull(fact.person());
        Issuer issuer = at.isShared() ? Objects.requireNonNull(Places.beside(at, person.utid())) : at;
        if (!person.isIn(issuer)) {
            return Endpoints.error("interaction_required");
        }
        spent.add(token);
        return tokens(new Grant(issuer, person, caller.clientId(), Wish.of(form), null, ""));
    }

    private HttpAnswer tokens(Grant grant) {
        Habits habits = world.habits(grant.issuer);
        Scopes granted = granted(grant, habits);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token_type", "Bearer");
        body.put("access_token", issue(Kind.ACCESS_TOKEN, grant, granted));
        body.put("refresh_token", issue(Kind.REFRESH_TOKEN, grant, granted));
        body.put("expires_in", world.dice().mostlyFirst(30, List.of(3600, 600, 86_400)));
        if (!habits.omitsScope() || !granted.equals(grant.wish.scopes())) {
            body.put("scope", granted.toString());
        }
        if (grant.visit != null || habits.idTokenOnRefresh()) {
            body.put("id_token", idToken(grant, habits));
        }
        if (grant.issuer.is(AuthorityKind.ENTRA) || grant.issuer.is(AuthorityKind.B2C)) {
            body.put("client_info", clientInfo(grant));
        }
        return Endpoints.ok(body);
    }

    private static Scopes granted(Grant grant, Habits habits) {
        return !habits.narrows()
                ? grant.wish.scopes()
                : Scopes.of(grant.wish.scopes().values().stream()
                        .filter(scope -> !scope.equals(TOO_MUCH))
                        .toList());
    }

    private String issue(Kind kind, Grant grant, Scopes granted) {
        return world.ledger()
                .issue(new Fact(kind, grant.issuer, grant.person, grant.clientId, grant.wish, granted, grant.code));
    }

    private String idToken(Grant grant, Habits habits) {
        Map<String, Object> claims = IdTokens.claims(
                grant.issuer, grant.person, habits, world.clock().instant());
        claims.put("aud", grant.clientId);
        if (grant.visit != null && !grant.visit.nonce().isEmpty()) {
            claims.put("nonce", grant.visit.nonce());
        }
        if (habits.privateTenant() && !grant.issuer.is(AuthorityKind.ENTRA)) {
            claims.put("tid", world.dice().one(List.of("x", "y", Places.CONTOSO)));
        }
        String token = IdTokens.sign(grant.issuer, claims);
        world.ledger().note(token, Fact.of(Kind.ID_TOKEN, grant.issuer, grant.person, grant.clientId));
        return token;
    }

    private static String clientInfo(Grant grant) {
        String json = Json.write(Places.clientInfo(grant.issuer, grant.person));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Parameters form, String name) {
        return Objects.requireNonNullElse(form.get(name), "");
    }
}
