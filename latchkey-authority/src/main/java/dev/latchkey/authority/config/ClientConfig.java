package dev.latchkey.authority.config;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.SigningAlgorithm;
import java.util.List;
import java.util.Set;

/** Reads app registrations. */
final class ClientConfig {
    private static final List<String> CREDENTIALS =
            List.of("secrets", "certificates", "publicKeys", "federatedCredentials");
    private static final Members<Client> MEMBERS = new Members<Client>("clientId", "kind")
            .text("displayName", Client::displayName)
            .texts("redirectUris", Client::redirectUri)
            .texts("postLogoutRedirectUris", Client::postLogoutRedirectUri)
            .text("frontChannelLogoutUri", Client::frontChannelLogoutUri)
            .text("backChannelLogoutUri", Client::backChannelLogoutUri)
            .texts("secrets", Client::secret)
            .with("certificates", ClientConfig::certificates)
            .with("publicKeys", ClientConfig::publicKeys)
            .with("federatedCredentials", ClientConfig::federatedCredentials)
            .flag("consentedByAdministrator", Client::consentedByAdministrator)
            .text("onlyInTenant", Client::onlyInTenant)
            .texts("appRoles", Client::appRole)
            .texts("exposes", Client::exposes)
            .duration("accessTokenLifetime", Client::accessTokenLifetime)
            .with("refreshTokens", (client, json) -> client.refreshTokens(SettingsConfig.refreshTokens(json)))
            .flag("inFamily", Client::inFamily)
            .flag("requiresDpop", Client::requiresDpop)
            .flag("requiresPushedRequests", Client::requiresPushedRequests)
            .flag("signedUserInfo", Client::signedUserInfo)
            .text("userInfoSignedResponseAlg", (client, alg) -> client.userInfoSignedResponseAlg(algorithm(alg)))
            .text("idTokenSignedResponseAlg", (client, alg) -> client.idTokenSignedResponseAlg(algorithm(alg)));

    private ClientConfig() {}

    static Client read(ConfigObject json) {
        return MEMBERS.read(json, () -> plain(json));
    }

    private static Client plain(ConfigObject json) {
        String clientId = json.text("clientId");
        boolean proves = CREDENTIALS.stream().anyMatch(json::has);
        String kind = json.text("kind", proves ? "confidential" : "public");
        Client plain =
                switch (kind) {
                    case "public" -> Client.publicClient(clientId);
                    case "confidential" -> Client.confidentialClient(clientId);
                    case "spa" -> Client.singlePageApp(clientId);
                    default -> throw new IllegalArgumentException("kind is public, confidential or spa, not " + kind);
                };
        if (plain.isConfidential() && !proves) {
            throw new IllegalArgumentException(
                    "the confidential client " + clientId + " needs one of " + CREDENTIALS + " to prove itself");
        }
        return plain;
    }

    private static SigningAlgorithm algorithm(String name) {
        return SigningAlgorithm.of(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "an algorithm is one of " + SigningAlgorithm.wireNames() + ", not " + name));
    }

    private static Client certificates(Client client, ConfigObject json) {
        Client changed = client;
        for (String certificate : json.texts("certificates")) {
            changed = changed.certificate(Keys.certificate(certificate, json.folder()));
        }
        return changed;
    }

    private static Client publicKeys(Client client, ConfigObject json) {
        Client changed = client;
        for (Object key : json.list("publicKeys")) {
            changed = changed.publicKey(Keys.publicKey(key, json.folder()));
        }
        return changed;
    }

    private static Client federatedCredentials(Client client, ConfigObject json) {
        Client changed = client;
        for (ConfigObject credential : json.objects("federatedCredentials", "a federated credential")) {
            credential.onlyHas(Set.of("issuer", "subject", "publicKey"));
            changed = changed.federatedCredential(
                    credential.text("issuer"),
                    credential.text("subject"),
                    Keys.publicKey(credential.value("publicKey"), json.folder()));
        }
        return changed;
    }
}
