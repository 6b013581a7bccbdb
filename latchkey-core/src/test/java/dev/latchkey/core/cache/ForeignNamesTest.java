package dev.latchkey.core.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.discovery.IssuerBinding;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other libraries call accounts and tenants, and what we call them. */
class ForeignNamesTest {
    private static final String ENTRA = "login.windows.net";
    private static final PartitionKey PLAIN = PartitionKey.user("op.example", "ada");
    private static final PartitionKey CLOUD = PartitionKey.user(ENTRA, "ada.home-tenant");
    private static final Map<String, Object> OF_OP = Map.of("iss", "https://op.example", "sub", "ada");

    @Test
    void plainProvider_isKeptByIssuerAndSubject() {
        ForeignNames names = plain(null, token("any", OF_OP));

        assertThat(names.key())
                .isEqualTo(PartitionKey.user("op.example", Account.plainId("https://op.example", "ada")));
        assertThat(names.binding()).isEqualTo(new IssuerBinding("https://op.example", null));
        assertThat(names.realm("any")).isEmpty();
        assertThat(names.realm("other")).isEmpty();
    }

    @Test
    void plainProvider_ofWhichWeWroteTheIssuer_keepsItsName() {
        IssuerBinding recorded = new IssuerBinding("https://op.example", "https://op.example/a");
        ForeignNames names = plain(recorded, token("any", OF_OP));

        assertThat(names.key()).isEqualTo(PLAIN);
        assertThat(names.binding()).isSameAs(recorded);
    }

    @Test
    void plainProvider_nobodyNamed_keepsItsName() {
        for (Map<String, Object> claims :
                List.<Map<String, Object>>of(Map.of(), Map.of("iss", "https://op.example"), Map.of("sub", "ada"))) {
            ForeignNames names = plain(null, token("any", claims));

            assertThat(names.key()).isEqualTo(PLAIN);
            assertThat(names.binding()).isNull();
        }
        assertThat(plain(null).key()).isEqualTo(PLAIN);
    }

    @Test
    void plainProvider_theFirstTokenThatNamesSomebodyCounts() {
        ForeignNames names = plain(null, token("a", Map.of("sub", "nobody")), token("b", OF_OP));

        assertThat(names.binding()).isEqualTo(new IssuerBinding("https://op.example", null));
    }

    @ParameterizedTest
    @CsvSource({
        // another library's name, the token's issuer, tid, our name of it
        "contoso.example, https://login.microsoftonline.com/tid-1/v2.0, tid-1, tid-1",
        "common, https://login.microsoftonline.com/tid-1/v2.0, tid-1, tid-1",
        "TID-1, https://login.microsoftonline.com/tid-1/v2.0, tid-1, TID-1",
        "contoso.example, https://login.microsoftonline.com/other/v2.0, tid-1, contoso.example",
        "contoso.example, https://login.microsoftonline.com/tid-1, tid-1, contoso.example",
        "contoso.example, https://login.microsoftonline.com/v2.0, '', contoso.example",
    })
    void tenant_isWhatTheIssuerStandsFor(String name, String issuer, String tid, String expected) {
        ForeignNames names = cloud(null, token(name, Map.of("iss", issuer, "sub", "s", "tid", tid)));

        assertThat(names.realm(name)).isEqualTo(expected);
        assertThat(names.key()).isEqualTo(CLOUD);
        assertThat(names.binding()).isEqualTo(IssuerBinding.ofCloud(ENTRA));
    }

    @Test
    void tenant_asNamedByTheFirstToken_caseAside() {
        ForeignNames names = cloud(
                null,
                token("Contoso", Map.of("iss", "https://x/tid-1/", "tid", "tid-1")),
                token("contoso", Map.of("iss", "https://x/tid-2/", "tid", "tid-2")));

        assertThat(names.realm("CONTOSO")).isEqualTo("tid-1");
    }

    @ParameterizedTest
    @CsvSource({
        "common, home-tenant",
        "Organizations, home-tenant",
        "consumers, home-tenant",
        "contoso.example, contoso.example",
        "'', ''"
    })
    void tenant_ofWhichNoTokenSpeaks(String name, String expected) {
        assertThat(cloud(null).realm(name)).isEqualTo(expected);
    }

    @Test
    void homeTenant_ofAnIdWithoutOne_isTheIdItself() {
        PartitionKey key = PartitionKey.user(ENTRA, "ada");

        assertThat(new ForeignNames(key, AuthorityType.MSSTS, null, List.of()).realm("common"))
                .isEqualTo("ada");
    }

    @ParameterizedTest
    @CsvSource({
        // tfp, acr, our name of the tenant
        "b2c_1_sign_in, , b2c_1_sign_in",
        "B2C_1_tfp, b2c_1_acr, B2C_1_tfp",
        ", b2c_1_acr, b2c_1_acr",
        ", B2C_1_acr, B2C_1_acr",
        ", urn:loa:2, tid-1",
        ", xb2c_1, tid-1",
    })
    void policy_standsForATenant(String tfp, String acr, String expected) {
        Map<String, Object> claims = new HashMap<>(Map.of("iss", "https://x/tid-1/v2.0/", "tid", "tid-1"));
        if (tfp != null) {
            claims.put("tfp", tfp);
        }
        if (acr != null) {
            claims.put("acr", acr);
        }

        assertThat(cloud(null, token("name", claims)).realm("name")).isEqualTo(expected);
    }

    @Test
    void ourOwnTenants_areNotRenamed_unlessEntraSharesTheAccount() {
        IdTokenEntry token = token("name", Map.of("iss", "https://x/tid-1/v2.0", "tid", "tid-1", "sub", "s"));
        IssuerBinding ofPolicy = new IssuerBinding("https://b2c.example/tid-1/v2.0/", "https://b2c.example/tid-1");

        assertThat(cloud(ofPolicy, token).realm("name")).isEqualTo("name");
        assertThat(cloud(ofPolicy, token).binding()).isSameAs(ofPolicy);
        assertThat(cloud(IssuerBinding.ofCloud(ENTRA), token).realm("name")).isEqualTo("tid-1");
    }

    @Test
    void cloudNobodyKnows_bindsToNothing() {
        PartitionKey key = PartitionKey.user("login.contoso.example", "ada.t");

        assertThat(new ForeignNames(key, AuthorityType.MSSTS, null, List.of()).binding())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ADFS,https://fs.example/adfs,acr,adfs",
        "ADFS,https://fs.example/adfs/,none,adfs",
        "GENERIC,https://op.example/realms/one,none,one",
        "GENERIC,https://op.example:8443/oidc,none,oidc",
        "GENERIC,https://op.example/oidc,acr,by-claim",
        "GENERIC,https://op.example/oidc,tfp,by-claim",
        "GENERIC,https://op.example/oidc,tid,by-claim",
        "GENERIC,https://op.example/,none,''",
        "GENERIC,https://op.example,none,''",
        "MSSTS,https://b2c.example/tfp/tid-1,tid,''",
    })
    void accessTokensWithoutATenant_areWrittenForOthersWhereTheyLook_andReadWithoutATenant(
            AuthorityType type, String address, String claim, String expected) throws JsonException {
        Account account = Account.of(PLAIN, type, TenantProfile.of("", "ada", true), null)
                .withBinding(new IssuerBinding("https://issuer.example", address));
        AccessTokenEntry token = AccessTokenEntry.builder("alpha", "", Scopes.of("read"), Secret.of("at"))
                .valid(Samples.NOW, Samples.NOW.plusSeconds(60))
                .build();
        IdTokenEntry idToken = token("", Map.of(claim, "by-claim"));
        Partition partition = Partition.EMPTY.save(new TokenRecord(account, idToken, token, null, null), Samples.NOW);

        String text = UnifiedCache.write(Map.of(PLAIN, partition));
        JsonObject entries = Json.parseObject(text).object("AccessToken");
        String name = entries.names().iterator().next();

        assertThat(entries.object(name).string("realm")).isEqualTo(expected);
        assertThat(name).isEqualTo("ada-op.example-accesstoken-alpha-" + expected + "-read");
        assertThat(UnifiedCache.read(text)).containsExactly(Map.entry(PLAIN, partition));
        assertThat(PartitionCodec.encode(PLAIN, partition)).as("a store's own").contains("\"realm\":\"\"");
    }

    private static ForeignNames plain(IssuerBinding recorded, IdTokenEntry... tokens) {
        return new ForeignNames(PLAIN, AuthorityType.GENERIC, recorded, Arrays.asList(tokens));
    }

    private static ForeignNames cloud(IssuerBinding recorded, IdTokenEntry... tokens) {
        return new ForeignNames(CLOUD, AuthorityType.MSSTS, recorded, Arrays.asList(tokens));
    }

    private static IdTokenEntry token(String realm, Map<String, Object> claims) {
        return new IdTokenEntry("client", realm, Secret.of(Entries.jwt(claims)));
    }
}
