package dev.latchkey.authority.authorize;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.SignedIn;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.ClientSignatures;
import dev.latchkey.authority.token.SigningKeys;
import dev.latchkey.core.PrintableText;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Tells the clients of a session that it has ended: over the back channel, and by frames for the front channel. */
final class LogoutNotices {
    private static final System.Logger LOG = System.getLogger(LogoutNotices.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Site site;
    private final Stores stores;
    private final ClientSignatures signatures;

    LogoutNotices(Site site, Stores stores, SigningKeys keys) {
        this.site = site;
        this.stores = stores;
        this.signatures = new ClientSignatures(keys, site.directory()::client);
    }

    /** Sends the back-channel notices and gives the addresses for the frames. */
    List<String> tell(Realm realm, List<SignedIn> left) {
        List<String> frames = new ArrayList<>();
        for (SignedIn person : left) {
            for (String clientId : stores.participants().leave(person.sessionId())) {
                site.directory().client(clientId).ifPresent(client -> {
                    client.backChannelLogoutUri().ifPresent(uri -> post(uri, logoutToken(realm, client, person)));
                    client.frontChannelLogoutUri().ifPresent(uri -> frames.add(frame(realm, uri, person)));
                });
            }
        }
        return frames;
    }

    /** OpenID Connect Back-Channel Logout section 2.4. */
    private String logoutToken(Realm realm, Client client, SignedIn person) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer(realm, person));
        claims.put("aud", client.clientId());
        claims.put("iat", site.now().getEpochSecond());
        claims.put("exp", site.now().plus(TOKEN_LIFETIME).getEpochSecond());
        claims.put("jti", site.entropy().uuid().toString());
        claims.put("sid", person.sessionId());
        claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        return signatures.sign(client, realm.algorithm(client.idTokenSignedResponseAlg()), "logout+jwt", claims);
    }

    /** OpenID Connect Front-Channel Logout section 3. */
    private String frame(Realm realm, URI uri, SignedIn person) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("iss", issuer(realm, person));
        parameters.put("sid", person.sessionId());
        return uri + (uri.getRawQuery() == null ? "?" : "&") + Params.encode(parameters);
    }

    private String issuer(Realm realm, SignedIn person) {
        return realm.identify(site.directory(), person.user())
                .map(identity -> realm.issuer(identity.tenant()))
                .orElse(realm.advertisedIssuer());
    }

    private void post(URI uri, String logoutToken) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Params.encode(Map.of("logout_token", logoutToken))))
                .build();
        CompletionStage<HttpResponse<Void>> sent = http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        sent.whenComplete((response, failure) -> {
            if (failure != null || response.statusCode() / 100 != 2) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the back-channel logout at {0} did not arrive",
                        PrintableText.of(uri.toString()));
            }
        });
    }
}
