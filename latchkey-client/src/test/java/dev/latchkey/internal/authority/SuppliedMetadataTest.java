package dev.latchkey.internal.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.OfflineAccess;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.internal.environment.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** For whom a document counts that the application brings along. */
class SuppliedMetadataTest {
    private static final Authority OWN = entra("login.microsoftonline.com", "t1");

    @Test
    void document_servesTheOwnAuthority_andItsOtherTenantsUnderTheirNames() {
        assertThat(of(OWN).tokenEndpoint()).hasToString("https://login.microsoftonline.com/t1/token");
        ProviderMetadata other = of(entra("login.microsoftonline.com", "t2"));

        assertThat(other.tokenEndpoint()).hasToString("https://login.microsoftonline.com/t2/token");
        assertThat(other.issuer().accepts("https://login.microsoftonline.com/t2/v2.0"))
                .isTrue();
        assertThat(other.issuer().accepts("https://login.microsoftonline.com/t1/v2.0"))
                .isFalse();
    }

    @Test
    void document_servesNobodyElse() {
        assertThat(of(entra("login.microsoftonline.us", "t1")))
                .as("another host")
                .isNull();
        assertThat(of(Authority.of("https://login.microsoftonline.com/t2", AuthorityKind.OIDC)))
                .as("another kind on the same host")
                .isNull();
        Authority ownOfAnotherKind = Authority.of("https://login.microsoftonline.com/t1", AuthorityKind.OIDC);
        assertThat(supplied(ownOfAnotherKind, document("https://login.microsoftonline.com/t1"))
                        .of(OWN, OWN, "c"))
                .as("an own authority of another kind")
                .isNull();
        Authority plain = Authority.of("https://op.example/t1");
        Authority sibling = Authority.of("https://op.example/t2");
        assertThat(supplied(plain, document("https://op.example/t1")).of(sibling, sibling, "c"))
                .as("tenants are Entra's")
                .isNull();
    }

    @Test
    void document_absent_servesNobody() {
        assertThat(new SuppliedMetadata(identity(OWN, Optional.empty())).of(OWN, OWN, "c"))
                .isNull();
    }

    @Test
    void document_thatIsNotBelieved_isTheProgramsMistake() {
        for (String document : List.of("", "{}", "[]", document("https://evil.example/t1"))) {
            assertThatThrownBy(() -> supplied(OWN, document).of(OWN, OWN, "call-1"))
                    .isInstanceOfSatisfying(ClientConfigurationException.class, e -> {
                        assertThat(e.errorCode()).isEqualTo(ErrorCodes.INVALID_AUTHORITY_METADATA);
                        assertThat(e.correlationId()).contains("call-1");
                    });
        }
    }

    private static ProviderMetadata of(Authority named) {
        return supplied(OWN, document("https://login.microsoftonline.com/t1")).of(named, named, "c");
    }

    private static SuppliedMetadata supplied(Authority own, String document) {
        return new SuppliedMetadata(identity(own, Optional.of(document)));
    }

    private static Authority entra(String host, String tenant) {
        return Authority.of("https://" + host + "/" + tenant, AuthorityKind.ENTRA);
    }

    private static String document(String base) {
        return """
                {"issuer":"%1$s/v2.0","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                "jwks_uri":"%1$s/keys"}""".formatted(base);
    }

    private static Settings.Identity identity(Authority own, Optional<String> document) {
        return new Settings.Identity(
                "client",
                ClientAuthentication.none(),
                own,
                Set.of(),
                Clouds.BUILT_IN,
                document,
                Optional.empty(),
                List.of(),
                Scopes.DEFAULTS,
                OfflineAccess.AUTO,
                Settings.Answers.DEFAULT);
    }
}
