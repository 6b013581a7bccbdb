package dev.latchkey.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.PartitionCodec;
import dev.latchkey.core.cache.UnifiedCache;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ClientAuthException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encoders write '?' for each half of a character: two accounts that differ in one would share a file. */
class HalfCharactersTest {
    private static final String HALF = "a\ud800";

    @Test
    void partitionKey_halfACharacter_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.user("login.example", HALF));
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.user(HALF, "u.t"));
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.application(HALF));
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.applicationTokens("login.example", HALF));
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.onBehalfOf("login.example", HALF));
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.blob(HALF));
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.parse("user|login.example|" + HALF));
        assertThatIllegalArgumentException().isThrownBy(() -> PartitionKey.parse("user|" + HALF + "|u.t"));
        assertThat(PartitionKey.parse("user|login.example|\ud83d\udd11").id()).isEqualTo("\ud83d\udd11");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"uid\":\"u\\ud800\",\"utid\":\"t\"}",
                "{\"uid\":\"u\",\"utid\":\"\\udc00t\"}",
            })
    void clientInfo_halfACharacter_isRefused(String json) {
        assertUndecodable(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void clientInfo_bytesThatAreNoUtf8_areRefused() {
        assertUndecodable("{\"uid\":\"u\u00ff\",\"utid\":\"t\"}".getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"home_account_id", "environment", "client_id", "realm", "local_account_id", "user_assertion_hash"
            })
    void unifiedCache_entryNamedByHalfACharacter_isSkippedAndTheOthersCount(String member) throws Exception {
        String good = entry("client_id", "client");
        String bad = entry(member, "a\\ud800");
        String account = "{\"home_account_id\":\"u.t\",\"environment\":\"login.example\",\"realm\":\"t\","
                + "\"local_account_id\":\"u\",\"authority_type\":\"MSSTS\"}";
        String cache = "{\"RefreshToken\":{\"1\":" + bad + ",\"2\":" + good + "},\"IdToken\":{\"1\":" + bad
                + "},\"AccessToken\":{\"1\":" + bad + "},\"Account\":{\"1\":" + bad + ",\"2\":" + account
                + "},\"AppMetadata\":{\"1\":" + bad + "}}";

        Map<PartitionKey, Partition> read = UnifiedCache.read(cache);

        assertThat(read).containsOnlyKeys(PartitionKey.user("login.example", "u.t"));
        assertThat(UnifiedCache.write(read)).doesNotContain("\ud800", "\\ud800", "?");
    }

    @Test
    void unifiedCache_noteOrActiveAccountOfHalfACharacter_isSkippedAndTheOthersCount() throws Exception {
        String blob = "{\"text\":\"x\",\"expires_on\":\"2000000000\"}";
        String cache = "{\"Latchkey\":{\"blobs\":{\"" + HALF + "\":" + blob + ",\"b\":" + blob
                + "},\"active_accounts\":{\"" + HALF + "\":{\"account\":\"user|login.example|u.t\"},"
                + "\"d\":{\"account\":\"user|login.example|u\\udc00\"},"
                + "\"e\":{\"account\":\"user|login.example|u.t\",\"realm\":\"\\ud800\"},"
                + "\"f\":{\"account\":\"user|login.example|u.t\"}}}}";

        assertThat(UnifiedCache.read(cache)).containsOnlyKeys(PartitionKey.blob("b"), PartitionKey.application("f"));
    }

    @Test
    void codec_entryNamedByHalfACharacter_isCorrupt() {
        PartitionKey key = PartitionKey.user("login.example", "u.t");
        String changed = PartitionCodec.encode(key, Partition.EMPTY)
                .replace("\"RefreshToken\":{}", "\"RefreshToken\":{\"1\":" + entry("realm", "a\\ud800") + "}");

        assertThatThrownBy(() -> PartitionCodec.decode(key, changed))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("1 of its entries");
    }

    private static String entry(String member, String value) {
        String entry = "{\"home_account_id\":\"u.t\",\"environment\":\"login.example\",\"client_id\":\"client\","
                + "\"realm\":\"t\",\"secret\":\"s\",\"target\":\"a\",\"expires_on\":\"2000000000\",\"cached_at\":\"1\"}";
        return entry.contains("\"" + member + "\":")
                ? entry.replaceAll(
                        "\"" + member + "\":\"[^\"]*\"", "\"" + member + "\":\"" + value.replace("\\", "\\\\") + "\"")
                : entry.replace("}", ",\"" + member + "\":\"" + value + "\"}");
    }

    private static void assertUndecodable(byte[] json) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(json);

        assertThatThrownBy(() -> ClientInfo.decode(text))
                .isInstanceOf(ClientAuthException.class)
                .hasMessageStartingWith("client_info_decoding_error");
    }
}
