package dev.latchkey.authority.server;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.api.MeApi;
import dev.latchkey.authority.api.UserInfoEndpoint;
import dev.latchkey.authority.authorize.AuthorizeEndpoint;
import dev.latchkey.authority.authorize.LogoutEndpoint;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.oauth.CrossOrigin;
import dev.latchkey.authority.oauth.DeviceEndpoint;
import dev.latchkey.authority.oauth.MetadataEndpoint;
import dev.latchkey.authority.oauth.RegistrationEndpoint;
import dev.latchkey.authority.oauth.TokenEndpoint;
import dev.latchkey.authority.oauth.TokenManagement;
import dev.latchkey.authority.page.Pages;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.proof.DpopProofs;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Route;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.SigningKeys;
import java.util.List;
import java.util.Optional;

/** Finds the endpoint of a request and calls it. */
final class Dispatcher {
    private final Site site;
    private final AuthorizeEndpoint authorize;
    private final LogoutEndpoint logout;
    private final TokenEndpoint token;
    private final DeviceEndpoint device;
    private final TokenManagement management;
    private final RegistrationEndpoint registration;
    private final DpopProofs proofs;
    private final MetadataEndpoint metadata;
    private final UserInfoEndpoint userInfo;
    private final MeApi api;

    Dispatcher(Site site, Stores stores, SigningKeys keys, Pages pages) {
        this.site = site;
        this.authorize = new AuthorizeEndpoint(site, stores, keys, pages);
        this.logout = new LogoutEndpoint(site, stores, keys, pages);
        DpopProofs proofs = new DpopProofs(site, stores.replays());
        this.proofs = proofs;
        this.token = new TokenEndpoint(site, stores, keys, proofs);
        this.management = new TokenManagement(site, stores, keys);
        this.registration = new RegistrationEndpoint(site);
        this.device = new DeviceEndpoint(site, stores);
        this.metadata = new MetadataEndpoint(site, keys);
        this.userInfo = new UserInfoEndpoint(site, keys, stores, proofs);
        this.api = new MeApi(site, keys, stores, proofs);
    }

    /** Where a request goes; empty if nowhere. */
    Optional<Call> find(Request request, String correlationId) {
        Optional<Endpoint> serverWide = serverWide(request.path());
        if (serverWide.isPresent()) {
            return Optional.of(new Call(serverWide.get(), Optional.empty(), request, correlationId));
        }
        Optional<Route> route = site.realms().route(request.path());
        if (route.isPresent()) {
            return route.map(found -> new Call(found.endpoint(), Optional.of(found.realm()), request, correlationId));
        }
        return site.realms()
                .endpointOfUnknownTenant(request.path())
                .map(endpoint -> new Call(endpoint, Optional.empty(), request, correlationId));
    }

    /** The nonce DPoP proofs need now. */
    String dpopNonce() {
        return proofs.nonce();
    }

    Reply dispatch(Call call) throws OAuthException {
        Request request = call.request();
        if (request.method().equals("OPTIONS")) {
            return CrossOrigin.preflight(site.directory().clients(), request);
        }
        checkMethod(call);
        return switch (call.endpoint()) {
            case ASSET ->
                Assets.at(request.path()).orElseThrow(() -> Problem.NOT_FOUND.because("there is no " + request.path()));
            case API -> api.me(request);
            case PAGE -> authorize.page(request);
            case DEVICE_PAGE -> authorize.device(request, call.correlationId());
            default -> dispatch(call, realm(call));
        };
    }

    private Reply dispatch(Call call, Realm realm) throws OAuthException {
        Request request = call.request();
        return switch (call.endpoint()) {
            case AUTHORIZE -> authorize.authorize(realm, request, call.correlationId());
            case TOKEN -> token.token(realm, request);
            case DEVICE_AUTHORIZATION -> device.begin(realm, request);
            case PUSHED_AUTHORIZATION ->
                authorize.push(
                        realm,
                        management.authenticate(realm, request),
                        request.form(),
                        proofs.thumbprint(request, Optional.empty()),
                        call.correlationId());
            case REVOCATION -> management.revoke(realm, request);
            case INTROSPECTION -> management.introspect(realm, request);
            case REGISTRATION -> registration.register(request);
            case METADATA -> metadata.metadata(realm, request);
            case KEYS -> metadata.keys(realm);
            case INSTANCE_DISCOVERY -> metadata.instanceDiscovery(realm, request);
            case USERINFO -> userInfo.userInfo(realm, request);
            case LOGOUT -> logout.logout(realm, request);
            case ASSET, API, PAGE, DEVICE_PAGE -> throw new IllegalStateException("has no realm: " + call.endpoint());
        };
    }

    private Realm realm(Call call) throws OAuthException {
        return call.realm().orElseThrow(() -> {
            String segment = call.request().path().substring(1).split("/", 2)[0];
            return Problem.TENANT_NOT_FOUND.because("the tenant " + segment + " is not known; known: "
                    + site.directory().tenants().stream()
                            .map(tenant -> tenant.name())
                            .toList() + ", common, organizations");
        });
    }

    private static void checkMethod(Call call) throws OAuthException {
        String method = call.request().method();
        if (!methods(call.endpoint()).contains(method)) {
            throw Problem.METHOD_NOT_ALLOWED.because(
                    method + " is not allowed at " + call.request().path());
        }
    }

    /** The methods an endpoint answers. */
    static List<String> methods(Endpoint endpoint) {
        if (endpoint.isPosted()) {
            return List.of("POST");
        }
        boolean both = endpoint.facesPeople() || endpoint == Endpoint.USERINFO;
        return both ? List.of("GET", "HEAD", "POST") : List.of("GET", "HEAD");
    }

    private static Optional<Endpoint> serverWide(String path) {
        if (path.equals(Pages.FORM_PATH)) {
            return Optional.of(Endpoint.PAGE);
        }
        if (path.equals(Pages.DEVICE_PATH)) {
            return Optional.of(Endpoint.DEVICE_PAGE);
        }
        if (path.equals(MeApi.PATH)) {
            return Optional.of(Endpoint.API);
        }
        return path.startsWith("/assets/") ? Optional.of(Endpoint.ASSET) : Optional.empty();
    }
}
