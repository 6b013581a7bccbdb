package dev.latchkey.authority.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Stores;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Finds out which client asks, and makes it prove that (RFC 6749 section 2.3). */
final class ClientAuthentication {
    private final Site site;

    private final ClientAssertions assertions;

    ClientAuthentication(Site site, Stores stores) {
        this.site = site;
        this.assertions = new ClientAssertions(site, stores.replays());
    }

    Client authenticate(Realm realm, Request request) throws OAuthException {
        Optional<Credentials> basic = basic(request);
        Optional<String> posted = request.form().get("client_secret");
        Optional<String> assertion = request.form().get("client_assertion");
        if ((basic.isPresent() && posted.isPresent())
                || (assertion.isPresent() && (basic.isPresent() || posted.isPresent()))) {
            throw Problem.MALFORMED_REQUEST.because("the client authenticates in two ways at once: use one");
        }
        Optional<String> id = basic.map(Credentials::clientId)
                .or(() -> request.form().get("client_id"))
                .or(() -> assertion.flatMap(ClientAssertions::subjectOf));
        Client client = client(
                realm, id.orElseThrow(() -> Problem.MISSING_PARAMETER.because("the parameter client_id is missing")));
        if (assertion.isPresent()) {
            assertions.check(realm, client, request.form());
            return client;
        }
        check(client, basic.map(Credentials::secret).or(() -> posted));
        return client;
    }

    private Client client(Realm realm, String clientId) throws OAuthException {
        Problem unknown = realm.personality().isEntra() ? Problem.UNKNOWN_CLIENT : Problem.UNKNOWN_CLIENT_AT_TOKEN;
        return site.directory()
                .client(clientId)
                .orElseThrow(() -> unknown.because("the client " + clientId + " is not registered"));
    }

    private static void check(Client client, Optional<String> secret) throws OAuthException {
        if (!client.isConfidential()) {
            if (secret.isPresent()) {
                throw Problem.CREDENTIAL_UNEXPECTED.because(
                        "the client " + client.clientId() + " is public: it must not send a client_secret");
            }
            return;
        }
        if (secret.isEmpty()) {
            throw Problem.CREDENTIAL_MISSING.because("the client " + client.clientId()
                    + " is confidential: it must send client_secret or client_assertion");
        }
        if (!client.hasSecret(secret.get())) {
            throw Problem.CREDENTIAL_WRONG.because("the client_secret is not one of the client " + client.clientId());
        }
    }

    private static Optional<Credentials> basic(Request request) throws OAuthException {
        String header = request.header("authorization").orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return Optional.empty();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), UTF_8);
            int colon = pair.indexOf(':');
            if (colon > 0) {
                return Optional.of(new Credentials(
                        Params.decode(pair.substring(0, colon)), Params.decode(pair.substring(colon + 1))));
            }
        } catch (IllegalArgumentException notBase64) {
            // Reported below, like a pair without a colon.
        }
        throw Problem.CREDENTIAL_WRONG.because("the Authorization header is not well-formed Basic authentication");
    }

    private record Credentials(String clientId, String secret) {
        @Override
        public String toString() {
            return "Credentials[" + clientId + "]";
        }
    }
}
