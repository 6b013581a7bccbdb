package dev.latchkey.core.cache;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.core.json.WellFormed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what a cache file says about one principal. */
final class PartitionDraft {
    private final PartitionKey key;
    private final Map<String, TenantProfile> profiles = new LinkedHashMap<>();
    private final Set<String> complete = new HashSet<>();
    private final List<AccessTokenEntry> accessTokens = new ArrayList<>();
    private final List<RefreshTokenEntry> refreshTokens = new ArrayList<>();
    private final Map<String, IdTokenEntry> idTokens = new HashMap<>();
    private final PartitionEditor editor = PartitionEditor.of(Partition.EMPTY);
    private @Nullable PartitionKey person;
    private AuthorityType type = AuthorityType.GENERIC;
    private @Nullable ActiveAccount active;
    private @Nullable Note note;

    PartitionDraft(PartitionKey key) {
        this.key = key;
    }

    /** Some writers keep one entry with all profiles, others one entry for each tenant: both are read. */
    void addAccount(PartitionKey owner, JsonObject entry) {
        // One object for both: a store that is asked with an account's key compares references.
        person = owner.equals(key) ? key : owner;
        type = AuthorityType.ofSchemaName(entry.string(Schema.AUTHORITY_TYPE, ""));
        boolean told = false;
        for (String text : entry.strings(Schema.TENANT_PROFILES)) {
            told |= addProfile(text);
        }
        if (!told) {
            addBrief(
                    entry,
                    entry.string(Schema.REALM, ""),
                    entry.string(Schema.LOCAL_ACCOUNT_ID, ""),
                    isHome(owner, entry));
        }
    }

    void add(IdTokenEntry token) {
        idTokens.put(token.realm().toLowerCase(Locale.ROOT), token);
        editor.add(token);
    }

    /** Of two entries for the very same request, which differ in nothing but the layout of their name, the newer counts. */
    void add(AccessTokenEntry token) {
        for (int i = 0; i < accessTokens.size(); i++) {
            AccessTokenEntry other = accessTokens.get(i);
            if (other.isSameKindAs(token) && other.target().equals(token.target())) {
                accessTokens.set(i, token.cachedAtMillis() >= other.cachedAtMillis() ? token : other);
                return;
            }
        }
        accessTokens.add(token);
    }

    /** Writers append: of two refresh tokens for one holder, under names of different layout, the later is newer. */
    void add(RefreshTokenEntry token) {
        editor.add(token);
        refreshTokens.add(token);
    }

    void addIf(boolean certainlyConcerned, AppMetadata metadata) {
        boolean knowsClient = accessTokens.stream().anyMatch(t -> t.clientId().equals(metadata.clientId()))
                || refreshTokens.stream().anyMatch(t -> t.clientId().equals(metadata.clientId()))
                || idTokens.values().stream().anyMatch(t -> t.clientId().equals(metadata.clientId()));
        // "In no family" concerns whoever holds a family's token: that client need not try it.
        boolean knowsFamily = refreshTokens.stream()
                .anyMatch(t -> t.familyId() != null
                        && (metadata.familyId() == null || metadata.familyId().equals(t.familyId())));
        if (certainlyConcerned || knowsClient || knowsFamily) {
            editor.add(metadata);
        }
    }

    void setActive(ActiveAccount account) {
        active = account;
    }

    void setNote(Note value) {
        note = value;
    }

    Partition build() {
        if (note != null) {
            return Partition.of(note);
        }
        accessTokens.forEach(editor::addAsRead);
        if (person != null) {
            idTokens.values().forEach(this::completeProfile);
            for (TenantProfile profile : profiles.values()) {
                editor.add(Account.of(person, type, profile, null));
            }
        }
        return editor.build().withActiveAccount(active);
    }

    /** What a brief profile leaves out is taken from the claims; a profile of ours leaves nothing out. */
    private void completeProfile(IdTokenEntry token) {
        String tenant = token.realm().toLowerCase(Locale.ROOT);
        if (complete.contains(tenant)) {
            return;
        }
        TenantProfile brief = profiles.get(tenant);
        JsonObject claims = token.claims();
        if (!claims.names().isEmpty()) {
            boolean home = brief != null && brief.isHomeTenant();
            profiles.put(tenant, TenantProfile.fromClaims(token.realm(), home, claims));
        }
    }

    private boolean addProfile(String text) {
        try {
            JsonObject profile = Json.parseObject(text);
            String tenant = profile.string(Schema.PROFILE_TENANT, "");
            String localId = profile.string(Schema.PROFILE_LOCAL_ID, "");
            if (!WellFormed.isText(tenant) || !WellFormed.isText(localId)) {
                return false;
            }
            if (profile.has(Schema.PROFILE_EMAILS)) {
                profiles.put(tenant.toLowerCase(Locale.ROOT), fullProfile(profile, tenant, localId));
                complete.add(tenant.toLowerCase(Locale.ROOT));
            } else {
                addBrief(profile, tenant, localId, profile.isTrue(Schema.PROFILE_IS_HOME));
            }
            return true;
        } catch (JsonException e) {
            return false;
        }
    }

    private void addBrief(JsonObject entry, String tenant, String localId, boolean home) {
        TenantProfile profile = new TenantProfile(
                tenant,
                localId,
                entry.string(Schema.USERNAME),
                entry.string(Schema.NAME),
                home,
                entry.string(Schema.PROFILE_LOGIN_HINT),
                null,
                entry.string(Schema.PROFILE_UPN),
                List.of());
        profiles.putIfAbsent(tenant.toLowerCase(Locale.ROOT), profile);
    }

    private boolean isHome(PartitionKey owner, JsonObject entry) {
        String suffix = "." + entry.string(Schema.REALM, "");
        String home = owner.id();
        int start = home.length() - suffix.length();
        return type != AuthorityType.MSSTS || home.regionMatches(true, Math.max(start, 0), suffix, 0, suffix.length());
    }

    private static TenantProfile fullProfile(JsonObject profile, String tenant, String localId) {
        return new TenantProfile(
                tenant,
                localId,
                profile.string(Schema.USERNAME),
                profile.string(Schema.NAME),
                profile.isTrue(Schema.PROFILE_IS_HOME),
                profile.string(Schema.PROFILE_LOGIN_HINT),
                profile.string(Schema.PROFILE_SID),
                profile.string(Schema.PROFILE_UPN),
                profile.strings(Schema.PROFILE_EMAILS));
    }
}
