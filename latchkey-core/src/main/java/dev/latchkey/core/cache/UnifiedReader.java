package dev.latchkey.core.cache;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.json.JsonEntries;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.core.json.WellFormed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sorts the entries of the unified schema into partitions. Entries that lack a needed member are left out. */
final class UnifiedReader implements JsonEntries {
    private static final Set<String> SECTIONS =
            Set.of(Schema.ACCOUNTS, Schema.ID_TOKENS, Schema.ACCESS_TOKENS, Schema.REFRESH_TOKENS, Schema.APP_METADATA);

    private static final List<String> NAMES = List.of(
            Schema.HOME_ACCOUNT_ID,
            Schema.ENVIRONMENT,
            Schema.CLIENT_ID,
            Schema.REALM,
            Schema.LOCAL_ACCOUNT_ID,
            Schema.USER_ASSERTION_HASH);

    /** The year 9999: later times are nonsense, and would overflow. */
    private static final long LATEST = 253_402_300_799L;

    /** Of how many clients of an environment the family is read: each account is asked about each. */
    private static final int MOST_CLIENTS = 200;

    private final UnaryOperator<String> environments;
    private final boolean single;
    private int skipped;
    private final Map<PartitionKey, PartitionDraft> drafts = new LinkedHashMap<>();
    private final Map<String, String> seen = new HashMap<>();
    private final Map<String, Scopes> seenScopes = new HashMap<>();

    // What concerns accounts that are read later too waits for the end.
    private final List<JsonObject> clients = new ArrayList<>();
    private final List<JsonObject> actives = new ArrayList<>();

    private UnifiedReader(UnaryOperator<String> environments, boolean single) {
        this.environments = environments;
        this.single = single;
    }

    /** Reads a cache of many principals. */
    static UnifiedReader ofCache(UnaryOperator<String> environments) {
        return new UnifiedReader(environments, false);
    }

    /** Reads the cache of one principal: whatever it says about clients is about this one. */
    static UnifiedReader ofPartition() {
        return new UnifiedReader(UnaryOperator.identity(), true);
    }

    /** How many entries could not be understood. */
    int skipped() {
        return skipped;
    }

    /** Reads what was parsed already. */
    UnifiedReader read(JsonObject cache) throws JsonException {
        for (String section : cache.names()) {
            JsonObject entries = cache.object(section);
            if (entries != null) {
                entries.names().forEach(name -> entry(section, name, entries.object(name)));
            } else if (cache.asMap().get(section) != null) {
                notAnObject(section);
            }
        }
        return this;
    }

    @Override
    public void entry(String section, String name, @Nullable JsonObject entry) {
        boolean understood = SECTIONS.contains(section)
                ? entry != null && isNamed(entry) && standard(section, entry)
                : !section.equals(Schema.LATCHKEY) || ours(name, entry);
        if (!understood) {
            skipped++;
        }
    }

    /** Half a character in a name would make it another's in the encoding of a store. */
    private static boolean isNamed(JsonObject entry) {
        for (String name : NAMES) {
            if (!WellFormed.isText(entry.string(name))) {
                return false;
            }
        }
        return true;
    }

    private boolean standard(String section, JsonObject entry) {
        return switch (section) {
            case Schema.ACCOUNTS -> account(entry);
            case Schema.ID_TOKENS -> idToken(entry);
            case Schema.ACCESS_TOKENS -> accessToken(entry);
            case Schema.REFRESH_TOKENS -> refreshToken(entry);
            default -> namesClient(entry) && clients.add(entry);
        };
    }

    private boolean ours(String name, @Nullable JsonObject entry) {
        return switch (name) {
            case Schema.ACTIVE_ACCOUNTS -> entry != null && actives.add(entry);
            case Schema.BLOBS -> entry != null && blobs(entry);
            default -> true;
        };
    }

    /** Each by itself: one that is not understood does not hide those after it. */
    private boolean blobs(JsonObject byId) {
        byId.names().stream().filter(id -> !blob(id, byId.object(id))).forEach(id -> skipped++);
        return true;
    }

    private boolean blob(String id, @Nullable JsonObject entry) {
        String text = entry == null ? null : entry.string(Schema.TEXT);
        Instant expiresOn = entry == null ? null : instant(entry, Schema.EXPIRES_ON);
        if (id.isEmpty() || !WellFormed.isText(id) || text == null || expiresOn == null) {
            return false;
        }
        draft(PartitionKey.blob(id)).setBlob(new Blob(text, expiresOn));
        return true;
    }

    @Override
    public void notAnObject(String section) throws JsonException {
        if (SECTIONS.contains(section)) {
            throw new JsonException("section " + section + " is no object");
        }
    }

    Map<PartitionKey, Partition> partitions() {
        appMetadata();
        actives.forEach(this::activeAccounts);
        Map<PartitionKey, Partition> partitions = new LinkedHashMap<>();
        named().forEach((key, draft) -> {
            Partition partition = draft.build();
            if (!partition.isEmpty()) {
                partitions.put(key, partition);
            }
        });
        return partitions;
    }

    /** In a cache that several libraries write, one person may stand under several names. */
    private Map<PartitionKey, PartitionDraft> named() {
        if (single) {
            return drafts;
        }
        Map<PartitionKey, PartitionDraft> named = new LinkedHashMap<>();
        drafts.values().stream()
                .map(PartitionDraft::canonical)
                .forEach(draft -> named.merge(draft.key(), draft, PartitionDraft::with));
        return named;
    }

    private boolean account(JsonObject entry) {
        PartitionDraft draft = draftOf(entry);
        String home = entry.string(Schema.HOME_ACCOUNT_ID, "");
        if (draft == null || home.isEmpty()) {
            return false;
        }
        draft.addAccount(PartitionKey.user(environment(entry), home), entry);
        return true;
    }

    private boolean idToken(JsonObject entry) {
        PartitionDraft draft = draftOf(entry);
        Secret secret = secret(entry);
        String client = shared(entry, Schema.CLIENT_ID);
        if (draft == null || secret == null || client.isEmpty()) {
            return false;
        }
        draft.add(new IdTokenEntry(client, shared(entry, Schema.REALM), secret));
        return true;
    }

    private boolean accessToken(JsonObject entry) {
        PartitionDraft draft = draftOf(entry);
        Secret secret = secret(entry);
        String client = shared(entry, Schema.CLIENT_ID);
        Instant expiresOn = required(entry, Schema.EXPIRES_ON);
        Instant cachedAt = required(entry, Schema.CACHED_AT);
        if (draft == null || secret == null || client.isEmpty() || expiresOn == null || cachedAt == null) {
            return false;
        }
        Scopes target = seenScopes.computeIfAbsent(entry.string(Schema.TARGET, ""), Scopes::parse);
        AccessTokenEntry.Builder token = AccessTokenEntry.builder(client, shared(entry, Schema.REALM), target, secret)
                .valid(cachedAt, expiresOn)
                .extendedExpiresOn(instant(entry, Schema.EXTENDED_EXPIRES_ON))
                .refreshOn(instant(entry, Schema.REFRESH_ON));
        draft.add(bound(token, entry).build());
        return true;
    }

    private AccessTokenEntry.Builder bound(AccessTokenEntry.Builder token, JsonObject entry) {
        String type = AccessTokenEntry.canonicalType(shared(entry, Schema.TOKEN_TYPE));
        String keyId = given(entry, Schema.KEY_ID);
        String resource = given(entry, Schema.RESOURCE);
        return token.tokenType(type)
                .keyId(keyId)
                .resource(resource)
                .variant(Variants.ofEntry(entry, variant -> Variants.markOf(type, resource, keyId, variant)));
    }

    private boolean refreshToken(JsonObject entry) {
        PartitionDraft draft = draftOf(entry);
        Secret secret = secret(entry);
        String client = shared(entry, Schema.CLIENT_ID);
        if (draft == null || secret == null || client.isEmpty()) {
            return false;
        }
        Instant expiresOn = instant(entry, Schema.EXPIRES_ON);
        draft.add(new RefreshTokenEntry(
                client, given(entry, Schema.FAMILY_ID), secret, expiresOn, given(entry, Schema.RESOURCE)));
        return true;
    }

    /** The schema keeps it once for all accounts of an environment: each that knows the client or the family gets it. */
    private void appMetadata() {
        Map<String, Map<String, AppMetadata>> byEnvironment = new HashMap<>();
        for (JsonObject entry : clients) {
            String client = shared(entry, Schema.CLIENT_ID);
            Map<String, AppMetadata> known =
                    byEnvironment.computeIfAbsent(environment(entry), unused -> new LinkedHashMap<>());
            if (known.size() < MOST_CLIENTS || known.containsKey(client)) {
                known.put(client, new AppMetadata(client, given(entry, Schema.FAMILY_ID)));
            }
        }
        drafts.forEach((key, draft) -> {
            if (single) {
                byEnvironment.values().forEach(known -> known.values().forEach(draft::add));
            } else if (key.kind() == PartitionKey.Kind.USER) {
                draft.addConcerned(byEnvironment.getOrDefault(key.environment(), Map.of()));
            }
        });
    }

    private static boolean namesClient(JsonObject entry) {
        return !entry.string(Schema.CLIENT_ID, "").isEmpty();
    }

    private void activeAccounts(JsonObject byClient) {
        for (String client : byClient.names()) {
            JsonObject entry = byClient.object(client);
            if (entry == null || !activeAccount(client, entry)) {
                skipped++;
            }
        }
    }

    private boolean activeAccount(String client, JsonObject entry) {
        try {
            PartitionKey account = PartitionKey.parse(entry.string(Schema.ACCOUNT_KEY, ""));
            if (client.isEmpty() || account.kind() != PartitionKey.Kind.USER || !isNamed(entry)) {
                return false;
            }
            String localId = entry.string(Schema.LOCAL_ACCOUNT_ID, "");
            draft(PartitionKey.application(client))
                    .setActive(new ActiveAccount(account, entry.string(Schema.REALM, ""), localId));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Where an entry belongs; null if that cannot be told. */
    private @Nullable PartitionDraft draftOf(JsonObject entry) {
        String environment = environment(entry);
        String assertionHash = entry.string(Schema.USER_ASSERTION_HASH, "");
        String home = entry.string(Schema.HOME_ACCOUNT_ID, "");
        String client = entry.string(Schema.CLIENT_ID, "");
        if (environment.isEmpty() || environment.indexOf('|') >= 0) {
            return null;
        }
        if (!assertionHash.isEmpty()) {
            return draft(PartitionKey.onBehalfOf(environment, assertionHash));
        }
        if (!home.isEmpty()) {
            return draft(PartitionKey.user(environment, home));
        }
        return client.isEmpty() ? null : draft(PartitionKey.applicationTokens(environment, client));
    }

    private PartitionDraft draft(PartitionKey key) {
        return drafts.computeIfAbsent(key, PartitionDraft::new);
    }

    private String environment(JsonObject entry) {
        return environments.apply(LowerCase.of(shared(entry, Schema.ENVIRONMENT)));
    }

    private static @Nullable Secret secret(JsonObject entry) {
        String secret = entry.string(Schema.SECRET, "");
        return secret.isEmpty() ? null : Secret.of(secret);
    }

    private static @Nullable String given(JsonObject entry, String name) {
        String value = entry.string(name, "");
        return value.isEmpty() ? null : value;
    }

    /** Client, tenant and the like repeat in every entry and are compared on every look-up: there is one copy of each. */
    private String shared(JsonObject entry, String name) {
        return seen.computeIfAbsent(entry.string(name, ""), String::intern);
    }

    /** Zero means "none" to some writers. */
    private static @Nullable Instant instant(JsonObject entry, String name) {
        Instant given = required(entry, name);
        return Instant.EPOCH.equals(given) ? null : given;
    }

    /** What every token has may be the first second of 1970 as well. */
    private static @Nullable Instant required(JsonObject entry, String name) {
        Long seconds = entry.number(name);
        return seconds == null || seconds < 0 || seconds > LATEST ? null : Instant.ofEpochSecond(seconds);
    }
}
