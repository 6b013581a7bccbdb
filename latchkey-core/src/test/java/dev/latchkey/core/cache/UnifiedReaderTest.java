package dev.latchkey.core.cache;

import static dev.latchkey.core.cache.Entries.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which entries of a cache file count, and whose they are. */
class UnifiedReaderTest {
    @Test
    void minimalEntries_areAllRead() throws JsonException {
        Partition ada = Entries.minimal().ada();

        assertThat(ada.accounts()).hasSize(1);
        assertThat(ada.idTokens()).extracting(it -> it.secret().reveal()).containsExactly("id");
        assertThat(ada.accessTokens()).extracting(it -> it.secret().reveal()).containsExactly("at");
        assertThat(ada.refreshTokens()).extracting(it -> it.secret().reveal()).containsExactly("rt");
        assertThat(ada.appMetadata("alpha")).isEqualTo(new AppMetadata("alpha", null));
        assertThat(Entries.minimal().skipped()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "Account,home_account_id",
        "Account,environment",
        "IdToken,environment",
        "IdToken,secret",
        "IdToken,client_id",
        "AccessToken,environment",
        "AccessToken,secret",
        "AccessToken,client_id",
        "AccessToken,expires_on",
        "AccessToken,cached_at",
        "RefreshToken,environment",
        "RefreshToken,secret",
        "RefreshToken,client_id",
        "AppMetadata,client_id",
    })
    void entryWithoutANeededMember_isLeftOutAndCounted(String section, String member) throws JsonException {
        for (String nothing : List.of("", "absent")) {
            Entries lacking = Entries.minimal().with(section, member, nothing.isEmpty() ? "" : null);

            Partition ada = lacking.ada();

            assertThat(lacking.skipped()).isEqualTo(1);
            assertThat(countOf(section, ada)).as(section).isZero();
            for (String other : List.of("IdToken", "AccessToken", "RefreshToken", "AppMetadata")) {
                if (!other.equals(section)) {
                    assertThat(countOf(other, ada)).as(other).isEqualTo(1);
                }
            }
        }
    }

    private static int countOf(String section, Partition partition) {
        return switch (section) {
            case Schema.ACCOUNTS -> partition.accounts().size();
            case Schema.ID_TOKENS -> partition.idTokens().size();
            case Schema.ACCESS_TOKENS -> partition.accessTokens().size();
            case Schema.REFRESH_TOKENS -> partition.refreshTokens().size();
            default -> partition.appMetadata("alpha") == null ? 0 : 1;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "home_account_id",
                "environment",
                "client_id",
                "realm",
                "local_account_id",
                "user_assertion_hash",
            })
    void halfACharacterInAName_leavesTheEntryOut(String name) throws JsonException {
        Entries half = Entries.none().refreshToken("rt", name, "a\ud800");

        assertThat(half.read()).isEmpty();
        assertThat(half.skipped()).isEqualTo(1);
    }

    @Test
    void environmentWithASeparator_isNobodys() throws JsonException {
        assertThat(Entries.none().refreshToken("rt", "environment", "host|x").read())
                .isEmpty();
        assertThat(Entries.none().refreshToken("rt", "environment", "|").read()).isEmpty();
    }

    @Test
    void owner_isTheAssertionElseTheAccountElseTheClient() throws JsonException {
        Map<PartitionKey, Partition> read = Entries.none()
                .accessToken("person")
                .accessToken("delegated", "user_assertion_hash", "hash")
                .accessToken("own", "home_account_id", "")
                .read();

        assertThat(secretsIn(read.get(ADA))).containsExactly("person");
        assertThat(secretsIn(read.get(PartitionKey.onBehalfOf("host", "hash")))).containsExactly("delegated");
        assertThat(secretsIn(read.get(PartitionKey.applicationTokens("host", "alpha"))))
                .containsExactly("own");
        assertThat(read).hasSize(3);
    }

    @Test
    void environment_isBroughtIntoItsForm() throws JsonException {
        Entries upper = Entries.none()
                .refreshToken("rt", "environment", "HOST")
                .addAsIs(Schema.APP_METADATA, Map.of("client_id", "alpha", "environment", "Host", "family_id", "1"));

        assertThat(upper.read().get(ADA).familyOf("alpha")).isEqualTo("1");
        assertThat(UnifiedCache.read(upper.text(), host -> "of-" + host))
                .containsOnlyKeys(PartitionKey.user("of-host", "ada.t1"));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "253402300799,253402300799", "253402300800,", "-1,", "9223372036854775807,", "x,"})
    void timesOfATokensLife_areSecondsUpToTheYear9999(String text, @Nullable Long expected) throws JsonException {
        for (String member : List.of("expires_on", "cached_at")) {
            List<AccessTokenEntry> tokens =
                    Entries.none().accessToken("at", member, text).ada().accessTokens();

            assertThat(tokens)
                    .extracting(it -> member.equals("expires_on") ? it.expiresOnMillis() : it.cachedAtMillis())
                    .isEqualTo(expected == null ? List.of() : List.of(expected * 1000));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,", "1,1", "253402300799,253402300799", "253402300800,", "-1,", "x,"})
    void timesATokenMayHave_areLeftOutIfTheyAreNone(String text, @Nullable Long expected) throws JsonException {
        long millis = expected == null ? AccessTokenEntry.NONE : expected * 1000;
        Partition ada = Entries.none()
                .accessToken("at", "extended_expires_on", text, "refresh_on", text)
                .refreshToken("rt", "expires_on", text)
                .ada();

        assertThat(ada.accessTokens().get(0).extendedExpiresOnMillis()).isEqualTo(millis);
        assertThat(ada.accessTokens().get(0).refreshOnMillis()).isEqualTo(millis);
        assertThat(ada.refreshTokens().get(0).expiresOn())
                .isEqualTo(expected == null ? null : Instant.ofEpochSecond(expected));
    }

    @Test
    void emptyMembers_areAbsentOnes() throws JsonException {
        Partition ada = Entries.none()
                .accessToken("at", "key_id", "", "resource", "", "token_type", "")
                .refreshToken("rt", "family_id", "")
                .ada();

        AccessTokenEntry token = ada.accessTokens().get(0);
        assertThat(token.keyId()).isNull();
        assertThat(token.resource()).isNull();
        assertThat(token.variant()).isNull();
        assertThat(token.tokenType()).isEqualTo("Bearer");
        assertThat(ada.refreshTokens().get(0).familyId()).isNull();
    }

    @Test
    void sectionThatIsNoObject_refusesTheFile_unlessItIsUnknown() throws JsonException {
        for (String section : List.of("Account", "IdToken", "AccessToken", "RefreshToken", "AppMetadata")) {
            assertThatThrownBy(() -> UnifiedCache.read("{\"" + section + "\":[]}"))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining(section);
        }
        assertThat(UnifiedCache.read("{\"Other\":[],\"Latchkey\":1}")).isEmpty();
    }

    @Test
    void partitionsSectionThatIsNoObject_isCorrupt() {
        String text = PartitionCodec.encode(ADA, Partition.EMPTY);

        assertThatThrownBy(() -> PartitionCodec.decode(ADA, text.replace("\"Account\":{}", "\"Account\":[]")))
                .hasMessageContaining("section Account");
        // One that the standard does not know may be of a writer to come.
        assertThat(PartitionCodec.decode(ADA, text.replace("\"Account\":{}", "\"Account\":{},\"Other\":[]")))
                .isEqualTo(Partition.EMPTY);
    }

    @Test
    void entryThatIsNoObject_isLeftOutAndCounted() throws JsonException {
        for (String section : List.of("Account", "IdToken", "AccessToken", "RefreshToken", "AppMetadata")) {
            UnifiedReader reader = UnifiedReader.ofCache(it -> it);
            reader.entry(section, "name", null);
            assertThat(reader.skipped()).as(section).isEqualTo(1);
        }
        UnifiedReader reader = UnifiedReader.ofCache(it -> it);
        reader.entry("Other", "name", null);
        reader.entry(Schema.LATCHKEY, "of_tomorrow", null);
        assertThat(reader.skipped()).as("of sections to come").isZero();
        reader.entry(Schema.LATCHKEY, Schema.BLOBS, null);
        reader.entry(Schema.LATCHKEY, Schema.ACTIVE_ACCOUNTS, null);
        assertThat(reader.skipped()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "alpha,user|host|ada.t1,t1,1",
        "'',user|host|ada.t1,t1,0",
        "alpha,app||ada.t1,t1,0",
        "alpha,nonsense,t1,0",
        "alpha,'',t1,0",
        "alpha,user|host|ada.t1,\ud800,0",
    })
    void activeAccount_isOneOfAPerson(String client, String account, String realm, int expected) throws JsonException {
        Entries file = Entries.none()
                .addAsIs(
                        Schema.LATCHKEY,
                        Map.of(client, Map.of("account", account, "realm", realm, "local_account_id", "local")));
        String text = file.text().replace("\"entry-0\"", "\"active_accounts\"");

        Map<PartitionKey, Partition> read = UnifiedCache.read(text);

        assertThat(read).hasSize(expected);
        if (expected > 0) {
            assertThat(read.get(PartitionKey.application(client)).activeAccount())
                    .isEqualTo(new ActiveAccount(ADA, "t1", "local"));
        }
        UnifiedReader reader = UnifiedReader.ofPartition().read(Json.parseObject(text));
        reader.partitions();
        assertThat(reader.skipped()).isEqualTo(1 - expected);
    }

    @Test
    void notes_eachByItself() {
        Map<String, Object> whole = Map.of("text", "x", "expires_on", 9);
        Map<String, Object> blobs = new LinkedHashMap<>();
        blobs.put("", whole);
        blobs.put("half\ud800", whole);
        blobs.put("none", 1);
        blobs.put("no text", Map.of("expires_on", 9));
        blobs.put("no end", Map.of("text", "x"));
        blobs.put("ends at zero", Map.of("text", "x", "expires_on", 0));
        blobs.put("f", whole);
        UnifiedReader reader = UnifiedReader.ofCache(it -> it);
        reader.entry(Schema.LATCHKEY, Schema.BLOBS, JsonObject.of(blobs));

        assertThat(reader.partitions())
                .containsExactly(
                        Map.entry(PartitionKey.blob("f"), Partition.of(new Blob("x", Instant.ofEpochSecond(9)))));
        assertThat(reader.skipped()).isEqualTo(6);
    }

    @Test
    void clientsBeyondTheBound_areLeftOut_whatIsKnownOfThoseBeforeIsStillUpdated() throws JsonException {
        Entries many = Entries.none().refreshToken("rt", "family_id", "1");
        for (int i = 0; i < 200; i++) {
            many.client("c" + i, "");
        }
        Partition ada = many.client("late", "").client("c7", "1").ada();

        assertThat(ada.appMetadata("c199")).isNotNull();
        assertThat(ada.appMetadata("late")).isNull();
        assertThat(ada.familyOf("c7")).isEqualTo("1");
    }

    @Test
    void clients_ofOtherEnvironmentsOrOtherKindsOfPrincipal_concernNobodyHere() throws JsonException {
        Map<PartitionKey, Partition> read = Entries.none()
                .refreshToken("rt")
                .accessToken("own", "home_account_id", "")
                .addAsIs(Schema.APP_METADATA, Map.of("client_id", "alpha", "environment", "other", "family_id", "1"))
                .read();
        Map<PartitionKey, Partition> told = Entries.none()
                .accessToken("own", "home_account_id", "")
                .client("alpha", "1")
                .read();

        assertThat(read.get(ADA).appMetadata("alpha")).isNull();
        assertThat(told.get(PartitionKey.applicationTokens("host", "alpha")).appMetadata("alpha"))
                .isNull();
    }

    private static List<String> secretsIn(Partition partition) {
        return partition.accessTokens().stream().map(it -> it.secret().reveal()).toList();
    }
}
