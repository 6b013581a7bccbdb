package dev.latchkey.core.docs;

import static dev.latchkey.core.docs.Parts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.cache.UnifiedCache;
import dev.latchkey.core.json.JsonException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs every row of docs/cache.md that is about what a partition holds. */
class CacheTablesTest {
    private static final Instant LONG_AGO = NOW.minusSeconds(10);

    @TestFactory
    Stream<DynamicTest> lookup() {
        return eachRow("Look-up of an access token", 0, row -> {
            Partition partition = holding(List.of(Parts.of(row.get(0))));

            assertThat(partition.accessToken(Parts.of(row.get(1)).query()) != null)
                    .isEqualTo(isYes(row.get(2)));
        });
    }

    @TestFactory
    Stream<DynamicTest> whichOfSeveral() {
        return eachRow("Which of several", 0, row -> {
            Partition partition = holding(Parts.several(row.get(0)));

            AccessTokenEntry served = partition.accessToken(Parts.of(row.get(1)).query());

            assertThat(served).isNotNull();
            assertThat(served.secret().reveal()).isEqualTo(row.get(2));
        });
    }

    @TestFactory
    Stream<DynamicTest> savingAnAccessToken() {
        return eachRow("Saving an access token", 0, row -> {
            Partition present = holding(List.of(Parts.of(row.get(0))));
            AccessTokenEntry added = Parts.of(row.get(1)).accessToken("new");

            Partition after = present.save(new TokenRecord(null, null, added, null, null), NOW);

            assertThat(after.accessTokens()).contains(added).hasSize(sizeOf(row.get(2)));
            assertThat(present.accessTokens()).as("the partition before").hasSize(1);
        });
    }

    @TestFactory
    Stream<DynamicTest> savingTheOtherParts() {
        return eachRow("Saving the other parts", 0, row -> {
            TokenRecord present = Parts.of(row.get(1)).record(row.get(0), "old");
            TokenRecord added = Parts.of(row.get(2)).record(row.get(0), "new");

            Partition after = Partition.EMPTY.save(present, NOW).save(added, NOW);

            List<Object> held = all(after);
            assertThat(held).hasSize(sizeOf(row.get(3)));
            assertThat(held).contains(partOf(added));
        });
    }

    @TestFactory
    Stream<DynamicTest> removal() {
        return eachRow("Removal", 0, row -> {
            Partition before = made(row.get(0));
            Partition expected = made(row.get(2));

            Partition after = remove(before, row.get(1));

            assertThat(all(after)).containsExactlyInAnyOrderElementsOf(all(expected));
        });
    }

    @TestFactory
    Stream<DynamicTest> families() {
        return eachRow("Families of clients", 0, row -> {
            Partition partition = made(row.get(0));
            RefreshTokenEntry expected =
                    row.get(1).equals("-") ? null : Parts.of(row.get(1)).refreshToken("secret");

            assertThat(partition.refreshTokenFor("app")).isEqualTo(expected);
            assertThat(partition.isUsedBy("app")).isEqualTo(isYes(row.get(2)));
        });
    }

    @TestFactory
    Stream<DynamicTest> refreshTokensOfResources() {
        return eachRow("Refresh tokens of resources", 0, row -> {
            Partition partition = made(row.get(0));
            String resource = row.get(1).equals("-") ? null : row.get(1);

            RefreshTokenEntry expected =
                    row.get(2).equals("-") ? null : Parts.of(row.get(2)).refreshToken("secret");
            assertThat(partition.refreshTokenFor("app", resource)).isEqualTo(expected);
            assertThat(partition.isUsedBy("app")).isTrue();
        });
    }

    private static Partition remove(Partition before, String what) {
        String[] words = what.split(" ", 2);
        return switch (words[0]) {
            case "client" -> before.withoutClient(words[1]);
            case "refresh" -> before.withoutRefreshToken(Parts.of(words[1]).refreshToken("secret"));
            case "refused" -> before.withRefused(Parts.of(words[1]).refreshToken("secret"), "app");
            case "access" -> before.withoutAccessToken(Parts.of(words[1]).accessToken("secret"));
            case "expired" -> before.withoutExpired(NOW);
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static Partition made(String cell) {
        Partition partition = Partition.EMPTY;
        for (String entry : cell.equals("-") ? new String[0] : cell.split(";")) {
            String[] words = entry.trim().split(" ", 2);
            partition = partition.save(Parts.of(words[1]).record(words[0], "secret"), LONG_AGO);
        }
        return partition;
    }

    /** Tokens that overlap stand beside each other only where another library's file brought them. */
    private static Partition holding(List<Parts> tokens) {
        Map<PartitionKey, Partition> files = new LinkedHashMap<>();
        for (int i = 0; i < tokens.size(); i++) {
            TokenRecord one =
                    new TokenRecord(null, null, tokens.get(i).accessToken(Integer.toString(i + 1)), null, null);
            files.put(PartitionKey.user("host", "u" + i), Partition.EMPTY.save(one, NOW.minusSeconds(90)));
        }
        try {
            String file =
                    UnifiedCache.write(files).replaceAll("\"home_account_id\":\"u\\d\"", "\"home_account_id\":\"u\"");
            return UnifiedCache.read(file).get(PartitionKey.user("host", "u"));
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Object> all(Partition partition) {
        List<Object> all = new ArrayList<>();
        all.addAll(partition.accessTokens());
        all.addAll(partition.refreshTokens());
        all.addAll(partition.idTokens());
        partition.accounts().forEach(account -> all.add(account.profile()));
        Stream.of("app", "other")
                .map(partition::appMetadata)
                .filter(m -> m != null)
                .forEach(all::add);
        return all;
    }

    private static Object partOf(TokenRecord record) {
        return Stream.of(
                        record.account() == null ? null : record.account().profile(),
                        record.idToken(),
                        record.refreshToken(),
                        record.appMetadata())
                .filter(part -> part != null)
                .findFirst()
                .orElseThrow();
    }

    private static int sizeOf(String remains) {
        assertThat(remains).isIn("new", "both");
        return remains.equals("new") ? 1 : 2;
    }

    static boolean isYes(String cell) {
        assertThat(cell).isIn("yes", "no");
        return cell.equals("yes");
    }

    static Stream<DynamicTest> eachRow(String heading, int place, Consumer<List<String>> check) {
        return DecisionTables.rows(heading, place).stream()
                .map(row -> DynamicTest.dynamicTest(String.join(" | ", row), () -> check.accept(row)));
    }
}
