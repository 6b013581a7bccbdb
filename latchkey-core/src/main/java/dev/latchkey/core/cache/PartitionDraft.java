package dev.latchkey.core.cache;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.discovery.IssuerBinding;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.core.json.WellFormed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects what a cache file says about one principal. */
final class PartitionDraft {
    private final PartitionKey key;
    private final Map<String, TenantProfile> profiles = new LinkedHashMap<>();
    private final Set<String> complete = new HashSet<>();
    private final List<AccessTokenEntry> accessTokens = new ArrayList<>();
    private final List<RefreshTokenEntry> refreshTokens = new ArrayList<>();
    private final List<IdTokenEntry> idTokens = new ArrayList<>();
    private final Map<String, AppMetadata> appMetadata = new LinkedHashMap<>();
    private @Nullable PartitionKey person;
    private @Nullable IssuerBinding binding;
    private AuthorityType type = AuthorityType.GENERIC;
    private @Nullable ActiveAccount active;
    private @Nullable Blob blob;

    PartitionDraft(PartitionKey key) {
        this.key = key;
    }

    /** Some writers keep one entry with all profiles, others one entry for each tenant: both are read. */
    void addAccount(PartitionKey owner, JsonObject entry) {
        // One object for both: a store that is asked with an account's key compares references.
        person = owner.equals(key) ? key : owner;
        type = AuthorityType.ofSchemaName(entry.string(Schema.AUTHORITY_TYPE, ""));
        String issuer = entry.string(Schema.ISSUER, "");
        if (!issuer.isEmpty()) {
            binding = new IssuerBinding(issuer, entry.string(Schema.AUTHORITY));
        }
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
        addTo(idTokens, token);
    }

    void add(AccessTokenEntry token) {
        addTo(accessTokens, token);
    }

    /** Writers append: of two refresh tokens for one holder, under names of different layout, the later is newer. */
    void add(RefreshTokenEntry token) {
        addTo(refreshTokens, token);
    }

    void add(AppMetadata metadata) {
        if (appMetadata.size() < PartitionEditor.MOST) {
            appMetadata.put(metadata.clientId(), metadata);
        }
    }

    /**
     * Takes what is known of clients, as far as it concerns this account: it holds a token of the client, or of the
     * family. "In no family" concerns whoever holds a family's token: that client need not try it.
     */
    void addConcerned(Map<String, AppMetadata> byClient) {
        Set<String> own = new LinkedHashSet<>();
        accessTokens.forEach(token -> own.add(token.clientId()));
        refreshTokens.forEach(token -> own.add(token.clientId()));
        idTokens.forEach(token -> own.add(token.clientId()));
        Set<String> families = refreshTokens.stream()
                .map(RefreshTokenEntry::familyId)
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toSet());
        if (families.isEmpty()) {
            own.stream().map(byClient::get).flatMap(Stream::ofNullable).forEach(this::add);
            return;
        }
        byClient.forEach((client, metadata) -> {
            String family = metadata.familyId();
            if (own.contains(client) || family == null || families.contains(family)) {
                add(metadata);
            }
        });
    }

    /** What is beyond the bound is not read. */
    private static <T> void addTo(List<T> entries, T entry) {
        if (entries.size() < PartitionEditor.MOST) {
            entries.add(entry);
        }
    }

    void setActive(ActiveAccount account) {
        active = account;
    }

    void setBlob(Blob value) {
        blob = value;
    }

    /** This draft under our own names, whatever its writer called account and tenants. */
    PartitionDraft canonical() {
        if (key.kind() != PartitionKey.Kind.USER || person == null) {
            return this;
        }
        ForeignNames names = new ForeignNames(key, type, binding, idTokens);
        PartitionDraft renamed = new PartitionDraft(names.key());
        renamed.person = renamed.key;
        renamed.type = type;
        renamed.binding = names.binding();
        profiles.values().forEach(profile -> renamed.putIfAbsent(profile.inTenant(names.realm(profile.tenantId()))));
        complete.forEach(tenant -> renamed.complete.add(LowerCase.of(names.realm(tenant))));
        idTokens.forEach(
                token -> renamed.add(new IdTokenEntry(token.clientId(), names.realm(token.realm()), token.secret())));
        accessTokens.forEach(token -> renamed.add(token.inRealm(names.realm(token.realm()))));
        renamed.refreshTokens.addAll(refreshTokens);
        renamed.appMetadata.putAll(appMetadata);
        return renamed;
    }

    /** Takes in what another draft says about the same principal; of two for one thing the other's counts. */
    PartitionDraft with(PartitionDraft other) {
        other.profiles.forEach((tenant, profile) -> {
            if (other.complete.contains(tenant) && complete.add(tenant)) {
                profiles.put(tenant, profile);
            } else {
                profiles.putIfAbsent(tenant, profile);
            }
        });
        other.accessTokens.forEach(this::add);
        other.refreshTokens.forEach(this::add);
        other.idTokens.forEach(this::add);
        other.appMetadata.values().forEach(this::add);
        person = person == null ? other.person : person;
        binding = binding == null || binding.authority() == null ? other.binding : binding;
        return this;
    }

    PartitionKey key() {
        return key;
    }

    Partition build() {
        if (blob != null) {
            return Partition.of(blob);
        }
        PartitionEditor editor = PartitionEditor.of(Partition.EMPTY);
        idTokens.forEach(editor::add);
        refreshTokens.forEach(editor::add);
        appMetadata.values().forEach(editor::addAsRead);
        newest().forEach(editor::addAsRead);
        if (person != null) {
            idTokens.forEach(this::completeProfile);
            for (TenantProfile profile : profiles.values()) {
                editor.add(Account.of(person, type, profile, null).withBinding(binding));
            }
        }
        return editor.build().withActiveAccount(active);
    }

    /** Of two entries for the very same request, which differ in nothing but the layout of their name, the newer counts. */
    private Collection<AccessTokenEntry> newest() {
        Map<Object, AccessTokenEntry> byRequest = new LinkedHashMap<>();
        for (AccessTokenEntry token : accessTokens) {
            byRequest.merge(
                    token.request(),
                    token,
                    (one, other) -> other.cachedAtMillis() >= one.cachedAtMillis() ? other : one);
        }
        return byRequest.values();
    }

    /** What a brief profile leaves out is taken from the claims; a profile of ours leaves nothing out. */
    private void completeProfile(IdTokenEntry token) {
        String tenant = LowerCase.of(token.realm());
        if (complete.contains(tenant)) {
            return;
        }
        TenantProfile brief = profiles.get(tenant);
        JsonObject claims = token.claims();
        if (!claims.names().isEmpty() && hasRoomFor(tenant)) {
            boolean home = brief != null && brief.isHomeTenant();
            profiles.put(tenant, TenantProfile.fromClaims(type, token.realm(), home, claims));
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
                putFull(fullProfile(profile, tenant, localId));
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
        putIfAbsent(profile);
    }

    private void putFull(TenantProfile profile) {
        String tenant = LowerCase.of(profile.tenantId());
        if (hasRoomFor(tenant)) {
            profiles.put(tenant, profile);
            complete.add(tenant);
        }
    }

    private void putIfAbsent(TenantProfile profile) {
        String tenant = LowerCase.of(profile.tenantId());
        if (hasRoomFor(tenant)) {
            profiles.putIfAbsent(tenant, profile);
        }
    }

    private boolean hasRoomFor(String tenant) {
        return profiles.size() < PartitionEditor.MOST || profiles.containsKey(tenant);
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
