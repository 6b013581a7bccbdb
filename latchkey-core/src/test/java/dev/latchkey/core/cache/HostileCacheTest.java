package dev.latchkey.core.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.discovery.IssuerBinding;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.json.JsonException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever stands in a file: a partition, or the one failure that was promised. */
@Timeout(60)
class HostileCacheTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PartitionKey KEY = PartitionKey.user("login.windows.net", "u.t1");
    private static final PartitionKey APP = PartitionKey.application("client");
    private static final Partition PARTITION = partition();
    private static final List<String> NONSENSE = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e999999999999",
            "1e400",
            "99999999999999999999",
            "1.5",
            "\"\"",
            "\"\\u0000\"",
            "\"|\"",
            "\"\\ud800\"",
            "\"a\\udc00b\"",
            "\"9223372036854775807\"",
            "[]",
            "{}",
            "[[],{}]",
            "{\"\":{}}");

    @Test
    void codec_truncatedAtEveryCharacter_isCorrupt() {
        String text = PartitionCodec.encode(KEY, PARTITION);

        for (int length = 0; length < text.length(); length++) {
            String truncated = text.substring(0, length);
            assertThatThrownBy(() -> PartitionCodec.decode(KEY, truncated))
                    .isInstanceOfSatisfying(
                            CacheException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.CACHE_CORRUPT));
        }
    }

    @Test
    void unifiedCache_truncatedAtEveryCharacter_isRefused() {
        String text = UnifiedCache.write(everything());

        for (int length = 0; length < text.length(); length++) {
            String truncated = text.substring(0, length);
            assertThatThrownBy(() -> UnifiedCache.read(truncated)).isInstanceOf(JsonException.class);
        }
    }

    @Test
    void randomMutations_areReadOrRefused() {
        Random random = new Random(20260101);
        String file = UnifiedCache.write(everything());
        String text = PartitionCodec.encode(KEY, PARTITION);

        for (int i = 0; i < 20_000; i++) {
            readOrRefused(mutated(file, random));
            decodedOrRefused(mutated(text, random));
        }
    }

    @Test
    void everyValue_ofAnotherType_isReadOrRefused() {
        String file = UnifiedCache.write(everything());
        String text = PartitionCodec.encode(KEY, PARTITION);

        int refused = 0;
        for (String nonsense : NONSENSE) {
            for (String changed : withEachValueReplaced(file, nonsense)) {
                refused += readOrRefused(changed) ? 0 : 1;
            }
            for (String changed : withEachValueReplaced(text, nonsense)) {
                refused += decodedOrRefused(changed) ? 0 : 1;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void nestedBeyondTheLimit_isRefused() {
        String deep = "{\"AccessToken\":" + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_001);

        assertThatThrownBy(() -> UnifiedCache.read(deep)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> PartitionCodec.decode(KEY, deep)).isInstanceOf(CacheException.class);
    }

    @Test
    void failures_neverQuoteTheText() {
        String file = UnifiedCache.write(everything()).replace("\"secret\":\"", "\"secret\":TOP-SECRET\"");

        assertThatThrownBy(() -> UnifiedCache.read(file)).message().doesNotContain("TOP-SECRET");
        assertThatThrownBy(() -> PartitionCodec.decode(KEY, file)).message().doesNotContain("TOP-SECRET");
    }

    @Test
    void codec_textOfAnotherKey_isCorrupt() {
        String text = PartitionCodec.encode(KEY, PARTITION);

        assertThatThrownBy(() -> PartitionCodec.decode(PartitionKey.user("login.windows.net", "other.t1"), text))
                .isInstanceOfSatisfying(
                        CacheException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.CACHE_CORRUPT));
    }

    @Test
    void codec_headerOfThisKeyWithEntriesOfAnother_isCorrupt() {
        String text = PartitionCodec.encode(KEY, PARTITION)
                .replaceFirst("\"home_account_id\":\"u.t1\"", "\"home_account_id\":\"other.t1\"");

        assertThatThrownBy(() -> PartitionCodec.decode(KEY, text))
                .isInstanceOfSatisfying(
                        CacheException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.CACHE_CORRUPT));
    }

    @Test
    void codec_newerFormat_saysSo() {
        String text = PartitionCodec.encode(KEY, PARTITION)
                .replace("\"format\":" + PartitionCodec.FORMAT, "\"format\":" + (PartitionCodec.FORMAT + 1));

        assertThatThrownBy(() -> PartitionCodec.decode(KEY, text))
                .isInstanceOfSatisfying(
                        CacheException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.CACHE_NEWER_FORMAT));
    }

    @Test
    void unifiedCache_numbersAsNumbersOrText_areTheSame() throws JsonException {
        String text = UnifiedCache.write(everything());
        String numbers = text.replaceAll("\"(\\d{9,})\"", "$1");

        assertThat(numbers).isNotEqualTo(text);
        assertThat(UnifiedCache.read(numbers)).isEqualTo(UnifiedCache.read(text));
    }

    @Test
    void unifiedCache_unknownMembers_areDropped() throws JsonException {
        String text = UnifiedCache.write(everything());
        String more = text.replace("\"environment\"", "\"of_tomorrow\":{\"a\":[1]},\"environment\"")
                .replaceFirst("\\{", "{\"Section\":{\"x\":1},");

        assertThat(UnifiedCache.write(UnifiedCache.read(more))).isEqualTo(text);
    }

    private static boolean readOrRefused(String text) {
        try {
            UnifiedCache.read(text).values().forEach(Partition::toString);
            return true;
        } catch (JsonException expected) {
            return false;
        }
    }

    private static boolean decodedOrRefused(String text) {
        try {
            PartitionCodec.decode(KEY, text).accounts().forEach(Account::idTokenClaims);
            return true;
        } catch (CacheException expected) {
            return false;
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(mutated.length() - 20);
            switch (random.nextInt(4)) {
                case 0 -> mutated.setCharAt(at, "{}[]\",:\\0-e|\u0000\uD800".charAt(random.nextInt(14)));
                case 1 -> mutated.deleteCharAt(at);
                case 2 -> mutated.insert(at, (char) random.nextInt(0x110));
                default -> mutated.insert(at, mutated.substring(at, at + random.nextInt(20)));
            }
        }
        return mutated.toString();
    }

    private static List<String> withEachValueReplaced(String text, String nonsense) {
        Matcher values = Pattern.compile("(?<=\":)(\"[^\"]*\"|\\d+|\\{|\\[)").matcher(text);
        List<String> changed = new ArrayList<>();
        while (values.find()) {
            int end = text.charAt(values.start()) == '{' || text.charAt(values.start()) == '['
                    ? closing(text, values.start())
                    : values.end();
            changed.add(text.substring(0, values.start()) + nonsense + text.substring(end));
        }
        return changed;
    }

    private static int closing(String text, int start) {
        int depth = 0;
        for (int i = start; ; i++) {
            char c = text.charAt(i);
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
    }

    private static Map<PartitionKey, Partition> everything() {
        Map<PartitionKey, Partition> all = new LinkedHashMap<>();
        all.put(KEY, PARTITION);
        all.put(
                APP,
                Partition.EMPTY.withActiveAccount(
                        ActiveAccount.of(PARTITION.accounts().get(0))));
        return all;
    }

    private static Partition partition() {
        Account home = Account.of(
                        KEY,
                        AuthorityType.MSSTS,
                        new TenantProfile(
                                "t1",
                                "local",
                                "ada@example.com",
                                "Ada",
                                true,
                                "hint",
                                "sid",
                                "upn",
                                List.of("a@example.com")),
                        null)
                .withBinding(IssuerBinding.ofCloud("login.windows.net"));
        AccessTokenEntry token = AccessTokenEntry.builder("client", "t1", Scopes.of("read"), Secret.of("at"))
                .valid(NOW, NOW.plusSeconds(3600))
                .extendedExpiresOn(NOW.plusSeconds(7200))
                .refreshOn(NOW.plusSeconds(1800))
                .tokenType("DPoP")
                .keyId("key")
                .resource("https://api.example")
                .variant("components:{\"fmi\":\"x\"}")
                .build();
        return Partition.EMPTY.save(
                new TokenRecord(
                        home,
                        new IdTokenEntry("client", "t1", Secret.of("e30.e30.e30")),
                        token,
                        new RefreshTokenEntry("client", "1", Secret.of("rt"), NOW.plusSeconds(86_400)),
                        new AppMetadata("client", "1")),
                NOW);
    }
}
