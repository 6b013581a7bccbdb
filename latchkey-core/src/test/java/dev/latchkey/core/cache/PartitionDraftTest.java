package dev.latchkey.core.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.discovery.IssuerBinding;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the entries of one principal come to together. */
class PartitionDraftTest {
    private static final Map<String, Object> FULL = Map.of(
            "tenantId", "t2",
            "localAccountId", "local-2",
            "username", "ada@t2",
            "name", "Ada",
            "isHomeTenant", false,
            "loginHint", "hint",
            "sid", "sid",
            "upn", "upn",
            "emails", List.of("a@t2"));

    @Test
    void entryOfOneTenant_isABriefProfile() throws JsonException {
        Account account = Entries.none()
                .account(
                        "local_account_id",
                        "local",
                        "username",
                        "ada@t1",
                        "name",
                        "Ada",
                        "loginHint",
                        "hint",
                        "upn",
                        "u")
                .ada()
                .accounts()
                .get(0);

        assertThat(account.profile())
                .isEqualTo(new TenantProfile("t1", "local", "ada@t1", "Ada", true, "hint", null, "u", List.of()));
        assertThat(account.authorityType()).isEqualTo(AuthorityType.MSSTS);
        // Of a cloud that is not built in nobody knows the issuer.
        assertThat(account.issuerBinding()).isEmpty();
    }

    @Test
    void profilesOfOneEntry_areAllRead_andTheEntryItselfIsNone() throws JsonException {
        Map<String, Object> home = new LinkedHashMap<>(FULL);
        home.putAll(Map.of("tenantId", "t1", "localAccountId", "local-1", "isHomeTenant", true));
        Map<String, Object> brief = Map.of("tenantId", "t3", "localAccountId", "local-3", "isHomeTenant", true);

        List<Account> accounts = Entries.none()
                .account(
                        "realm", "t9", "tenantProfiles", List.of(Json.write(home), Json.write(FULL), Json.write(brief)))
                .ada()
                .accounts();

        assertThat(accounts)
                .extracting(Account::profile)
                .containsExactly(
                        new TenantProfile(
                                "t1", "local-1", "ada@t2", "Ada", true, "hint", "sid", "upn", List.of("a@t2")),
                        TenantProfile.of("t3", "local-3", true),
                        new TenantProfile(
                                "t2", "local-2", "ada@t2", "Ada", false, "hint", "sid", "upn", List.of("a@t2")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "{\"tenantId\":\"\\ud800\",\"localAccountId\":\"x\"}",
                "{\"tenantId\":\"x\",\"localAccountId\":\"\\ud800\"}",
            })
    void profileThatIsNotUnderstood_isAsIfItWereNotThere(String profile) throws JsonException {
        Entries alone = Entries.none().account("tenantProfiles", List.of(profile));
        Entries besideAnother = Entries.none().account("tenantProfiles", List.of(Json.write(FULL), profile));

        assertThat(alone.ada().accounts()).extracting(Account::tenantId).containsExactly("t1");
        assertThat(besideAnother.ada().accounts()).extracting(Account::tenantId).containsExactly("t2");
    }

    @ParameterizedTest
    @CsvSource({
        "MSSTS,ada.t1,t1,true",
        "MSSTS,ada.T1,t1,true",
        "MSSTS,ada.t1,T1,true",
        "MSSTS,ada.t2,t1,false",
        "MSSTS,adat1,t1,false",
        "MSSTS,t1,t1,false",
        "MSSTS,1,t1,false",
        "Generic,ada,t1,true",
    })
    void homeTenant_isTheOneInTheAccountsName(String type, String home, String realm, boolean expected)
            throws JsonException {
        Map<?, Partition> read = Entries.none()
                .account("authority_type", type, "home_account_id", home, "realm", realm, "local_account_id", "x")
                .read();

        assertThat(read.values().iterator().next().accounts().get(0).profile().isHomeTenant())
                .isEqualTo(expected);
    }

    @Test
    void claims_completeABriefProfile_neverOneOfOurs() throws JsonException {
        String idToken = Entries.jwt(
                Map.of("iss", "https://host/t2/v2.0", "tid", "t2", "sub", "s", "oid", "of-claims", "name", "Claims"));

        Account brief = Entries.none()
                .account("realm", "t2", "name", "Brief", "local_account_id", "brief")
                .idToken(idToken, "realm", "T2")
                .ada()
                .accounts()
                .get(0);
        Account ours = Entries.none()
                .account("tenantProfiles", List.of(Json.write(FULL)))
                .idToken(idToken, "realm", "T2")
                .ada()
                .accounts()
                .get(0);
        List<Account> ofHome = Entries.none()
                .account("name", "Brief")
                .idToken(Entries.jwt(Map.of("iss", "https://host/t1/v2.0", "tid", "t1", "sub", "s")))
                .idToken(idToken, "realm", "t2")
                .ada()
                .accounts();

        assertThat(brief.name()).contains("Claims");
        assertThat(brief.localAccountId()).isEqualTo("of-claims");
        assertThat(ours.name()).contains("Ada");
        assertThat(ofHome).extracting(Account::tenantId).containsExactly("t1", "t2");
        assertThat(ofHome).extracting(it -> it.profile().isHomeTenant()).containsExactly(true, false);
    }

    @Test
    void idTokenWithoutClaims_completesNothing() throws JsonException {
        Account account = Entries.none()
                .account("name", "Brief")
                .idToken("opaque")
                .ada()
                .accounts()
                .get(0);

        assertThat(account.name()).contains("Brief");
    }

    @Test
    void idTokensWithoutAnAccount_makeNone() throws JsonException {
        String idToken = Entries.jwt(Map.of("iss", "https://host/t1/v2.0", "tid", "t1", "sub", "s"));

        Partition ada = Entries.none().idToken(idToken).ada();

        assertThat(ada.accounts()).isEmpty();
        assertThat(ada.idTokens()).hasSize(1);
    }

    @Test
    void profilesBeyondTheBound_areLeftOut_thoseKnownAreStillCompleted() throws JsonException {
        List<String> profiles = IntStream.range(0, PartitionEditor.MOST)
                .mapToObj(i -> Json.write(Map.of("tenantId", "p" + i, "localAccountId", "l")))
                .toList();
        Map<String, Object> known = new LinkedHashMap<>(FULL);
        known.put("tenantId", "p7");

        List<Account> accounts = Entries.none()
                .account("tenantProfiles", profiles)
                .account("realm", "late")
                .account("tenantProfiles", List.of(Json.write(FULL), Json.write(known)))
                .idToken(
                        Entries.jwt(Map.of("iss", "https://host/later/v2.0", "tid", "later", "sub", "s")),
                        "realm",
                        "later")
                .idToken(
                        Entries.jwt(Map.of("iss", "https://host/p9/v2.0", "tid", "p9", "sub", "s", "name", "Nine")),
                        "realm",
                        "p9")
                .ada()
                .accounts();

        assertThat(accounts).hasSize(PartitionEditor.MOST);
        assertThat(accounts).extracting(Account::tenantId).doesNotContain("late", "later", "t2");
        assertThat(accounts.get(7).name()).contains("Ada");
        assertThat(accounts.get(9).name()).contains("Nine");
    }

    @ParameterizedTest
    @CsvSource({"1000,1000,new", "1000,1001,new", "1001,1000,old"})
    void sameRequestTwice_theNewerTokenCounts(String first, String second, String expected) throws JsonException {
        Partition ada = Entries.none()
                .accessToken("old", "cached_at", first)
                .accessToken("new", "cached_at", second, "realm", "T1", "target", "READ")
                .accessToken("other", "target", "write")
                .ada();

        assertThat(ada.accessTokens()).extracting(it -> it.secret().reveal()).containsExactly(expected, "other");
    }

    @Test
    void clients_concernThosePeopleWhoHoldATokenOfTheirs() throws JsonException {
        for (Entries holding : List.of(
                Entries.none().accessToken("x", "client_id", "own"),
                Entries.none().idToken("x", "client_id", "own"),
                Entries.none().refreshToken("x", "client_id", "own"))) {
            Partition ada = holding.client("own", "1")
                    .client("other", "1")
                    .client("loner", "")
                    .ada();

            assertThat(ada.familyOf("own")).isEqualTo("1");
            assertThat(ada.appMetadata("other")).isNull();
            assertThat(ada.appMetadata("loner")).isNull();
        }
    }

    @Test
    void clients_concernTheHolderOfAFamilysToken_ifTheyAreOfTheFamilyOrOfNone() throws JsonException {
        Partition ada = Entries.none()
                .refreshToken("x", "client_id", "first", "family_id", "1")
                .accessToken("x", "client_id", "own")
                .client("own", "2")
                .client("relative", "1")
                .client("loner", "")
                .client("foreign", "2")
                .ada();

        assertThat(ada.familyOf("own")).isEqualTo("2");
        assertThat(ada.familyOf("relative")).isEqualTo("1");
        assertThat(ada.appMetadata("loner")).isEqualTo(new AppMetadata("loner", null));
        assertThat(ada.appMetadata("foreign")).isNull();
    }

    @Test
    void clientsOfAPartition_beyondTheBound_areLeftOut() {
        PartitionDraft draft = new PartitionDraft(Entries.ADA);
        for (int i = 0; i <= PartitionEditor.MOST; i++) {
            draft.add(new AppMetadata("c" + i, null));
        }

        Partition partition = draft.build();

        assertThat(partition.appMetadata).hasSize(PartitionEditor.MOST);
        assertThat(partition.appMetadata("c" + (PartitionEditor.MOST - 1))).isNotNull();
    }

    @Test
    void binding_isRead_andWithoutAnAuthorityIsReplacedByOneThatHasIt() throws JsonException {
        Entries without = Entries.none().account("latchkey_issuer", "https://login.example");
        Entries with = Entries.none()
                .account("latchkey_issuer", "https://login.example", "latchkey_authority", "https://login.example/a");

        assertThat(bindingOf(without)).isEqualTo(new IssuerBinding("https://login.example", null));
        assertThat(bindingOf(with)).isEqualTo(new IssuerBinding("https://login.example", "https://login.example/a"));
    }

    private static IssuerBinding bindingOf(Entries entries) throws JsonException {
        return entries.ada().accounts().get(0).issuerBinding().orElseThrow();
    }

    @Test
    void draftsOfOnePerson_areOnePartition() throws JsonException {
        String claims = Entries.jwt(Map.of("iss", "https://op.example", "sub", "ada"));
        String ours = Account.plainId("https://op.example", "ada");

        Map<?, Partition> read = Entries.none()
                .account(
                        "authority_type",
                        "Generic",
                        "home_account_id",
                        ours,
                        "realm",
                        "",
                        "name",
                        "Ours",
                        "latchkey_issuer",
                        "https://op.example",
                        "latchkey_authority",
                        "https://op.example")
                .refreshToken("rt-1", "home_account_id", ours)
                .account("authority_type", "Generic", "home_account_id", "ada", "realm", "x", "name", "Theirs")
                .idToken(claims, "home_account_id", "ada", "realm", "x")
                .accessToken("at-2", "home_account_id", "ada", "realm", "x")
                .refreshToken("rt-2", "home_account_id", "ada", "client_id", "beta", "family_id", "1")
                .client("beta", "1")
                .read();

        assertThat(read).hasSize(1);
        Partition ada = read.values().iterator().next();
        assertThat(ada.accounts()).hasSize(1);
        assertThat(ada.issuerBinding()).isEqualTo(new IssuerBinding("https://op.example", "https://op.example"));
        assertThat(ada.idTokens()).extracting(IdTokenEntry::realm).containsExactly("");
        assertThat(ada.accessTokens()).extracting(AccessTokenEntry::realm).containsExactly("");
        assertThat(ada.refreshTokens()).extracting(it -> it.secret().reveal()).containsExactly("rt-1", "rt-2");
        assertThat(ada.familyOf("beta")).isEqualTo("1");
    }
}
