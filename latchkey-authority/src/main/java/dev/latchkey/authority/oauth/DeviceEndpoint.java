package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.page.Pages;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.scope.ScopeResolver;
import dev.latchkey.authority.scope.ScopeSet;
import dev.latchkey.authority.state.DeviceCode;
import dev.latchkey.authority.state.Stores;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The device authorization endpoint (RFC 8628 section 3.1). */
public final class DeviceEndpoint {
    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Site site;
    private final Stores stores;
    private final ClientAuthentication authentication;
    private final ScopeResolver scopes;

    public DeviceEndpoint(Site site, Stores stores) {
        this.site = site;
        this.stores = stores;
        this.authentication = new ClientAuthentication(site, stores);
        this.scopes = new ScopeResolver(site.directory().apis());
    }

    /** A code for the device and one for the person. */
    public Reply begin(Realm realm, Request request) throws OAuthException {
        Client client = authentication.authenticate(realm, request);
        ScopeSet wanted = scopes.resolve(request.form().get("scope").orElse(""));
        if (wanted.consentKeys().isEmpty()) {
            throw Problem.MISSING_PARAMETER.because("the parameter scope is missing; ask for openid at least");
        }
        if (realm.personality().isEntra()) {
            ScopeResolver.requireSame(request.form().all("resource"), wanted);
        }
        String code = stores.deviceCodes()
                .begin(new DeviceCode.Request(realm, client, wanted), site.now().plus(LIFETIME), INTERVAL);
        String userCode = stores.deviceCodes().find(code).orElseThrow().userCode();
        return Reply.json(200, answer(realm, code, userCode));
    }

    private Map<String, Object> answer(Realm realm, String code, String userCode) {
        boolean entra = realm.personality().isEntra();
        String uri = realm.base() + Pages.DEVICE_PATH;
        String shown = entra ? userCode : userCode.substring(0, 4) + "-" + userCode.substring(4);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("user_code", shown);
        answer.put("device_code", code);
        answer.put("verification_uri", uri);
        if (!entra) {
            answer.put("verification_uri_complete", uri + "?" + Params.encode(Map.of("user_code", shown)));
        }
        answer.put("expires_in", LIFETIME.toSeconds());
        answer.put("interval", INTERVAL.toSeconds());
        if (entra) {
            answer.put("message", "To sign in, open " + uri + " in a browser and enter the code " + shown + ".");
        }
        return answer;
    }
}
