package dev.latchkey.core.cache;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A cache file in the making: entries of its sections, of one account at {@code host} unless a member says otherwise. */
final class Entries {
    static final PartitionKey ADA = PartitionKey.user("host", "ada.t1");

    private final Map<String, Map<String, Object>> sections = new LinkedHashMap<>();

    static Entries none() {
        return new Entries();
    }

    /** One entry of each standard section, with nothing missing and nothing to spare. */
    static Entries minimal() {
        return none().account()
                .idToken("id")
                .accessToken("at")
                .refreshToken("rt")
                .client("alpha", "");
    }

    Entries account(Object... more) {
        return add(Schema.ACCOUNTS, more(Map.of("authority_type", "MSSTS", "realm", "t1"), more));
    }

    Entries idToken(String secret, Object... more) {
        return add(Schema.ID_TOKENS, more(Map.of("client_id", "alpha", "realm", "t1", "secret", secret), more));
    }

    Entries accessToken(String secret, Object... more) {
        Map<String, Object> members = Map.of(
                "client_id",
                "alpha",
                "realm",
                "t1",
                "secret",
                secret,
                "target",
                "read",
                "cached_at",
                "1000",
                "expires_on",
                "2000");
        return add(Schema.ACCESS_TOKENS, more(members, more));
    }

    Entries refreshToken(String secret, Object... more) {
        return add(Schema.REFRESH_TOKENS, more(Map.of("client_id", "alpha", "secret", secret), more));
    }

    Entries client(String id, String family) {
        Map<String, Object> entry = new LinkedHashMap<>(Map.of("client_id", id, "environment", "host"));
        if (!family.isEmpty()) {
            entry.put("family_id", family);
        }
        return addAsIs(Schema.APP_METADATA, entry);
    }

    /** This file with one member of each entry of a section set, or removed if the value is null. */
    Entries with(String section, String member, Object value) {
        Entries changed = none();
        sections.forEach((name, entries) -> entries.values().forEach(entry -> {
            Map<String, Object> members = members(entry);
            if (name.equals(section)) {
                if (value == null) {
                    members.remove(member);
                } else {
                    members.put(member, value);
                }
            }
            changed.addAsIs(name, members);
        }));
        return changed;
    }

    Entries addAsIs(String section, Map<String, ?> entry) {
        Map<String, Object> entries = sections.computeIfAbsent(section, unused -> new LinkedHashMap<>());
        entries.put("entry-" + entries.size(), entry);
        return this;
    }

    private Entries add(String section, Map<String, Object> members) {
        Map<String, Object> entry = new LinkedHashMap<>(Map.of("home_account_id", "ada.t1", "environment", "host"));
        entry.putAll(members);
        return addAsIs(section, entry);
    }

    private static Map<String, Object> more(Map<String, Object> members, Object... more) {
        Map<String, Object> all = new LinkedHashMap<>(members);
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], more[i + 1]);
        }
        return all;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(Object entry) {
        return new LinkedHashMap<>((Map<String, Object>) entry);
    }

    /** An unsigned ID token with these claims. */
    static String jwt(Map<String, ?> claims) {
        byte[] json = Json.write(claims).getBytes(StandardCharsets.UTF_8);
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(json) + ".c2ln";
    }

    String text() {
        return Json.write(sections);
    }

    Map<PartitionKey, Partition> read() throws JsonException {
        return UnifiedCache.read(text());
    }

    /** What the file says about {@link #ADA}. */
    Partition ada() throws JsonException {
        return read().getOrDefault(ADA, Partition.EMPTY);
    }

    /** How many of its entries a partition's reader does not understand. */
    int skipped() throws JsonException {
        UnifiedReader reader = UnifiedReader.ofPartition().read(Json.parseObject(text()));
        reader.partitions();
        return reader.skipped();
    }
}
