package dev.latchkey.core.cache;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns partitions into the sections of the unified schema. */
final class UnifiedWriter {
    private final Map<String, Object> accessTokens = new LinkedHashMap<>();
    private final Map<String, Object> refreshTokens = new LinkedHashMap<>();
    private final Map<String, Object> idTokens = new LinkedHashMap<>();
    private final Map<String, Object> accounts = new LinkedHashMap<>();
    private final Map<String, Object> appMetadata = new LinkedHashMap<>();
    private final Map<String, Object> activeAccounts = new LinkedHashMap<>();
    private final Map<String, Object> blobs = new LinkedHashMap<>();

    /** Adds partitions for other libraries to read, under names by which they find them. */
    UnifiedWriter addAll(Map<PartitionKey, Partition> partitions) {
        partitions.forEach((key, partition) -> add(key, partition, ForeignNames.realmAbroad(partition)));
        return this;
    }

    /** Adds a partition as we name everything ourselves. */
    UnifiedWriter add(PartitionKey key, Partition partition) {
        return add(key, partition, "");
    }

    private UnifiedWriter add(PartitionKey key, Partition partition, String realm) {
        Owner owner = Owner.of(key, partition, realm);
        for (AccessTokenEntry token : partition.accessTokens()) {
            addAccessToken(owner, token);
        }
        for (RefreshTokenEntry token : partition.refreshTokens()) {
            addRefreshToken(owner, token);
        }
        for (IdTokenEntry token : partition.idTokens()) {
            addIdToken(owner, token);
        }
        addAccounts(owner, partition.accounts());
        for (AppMetadata metadata : partition.appMetadata) {
            addAppMetadata(owner, metadata);
        }
        if (partition.activeAccount() != null) {
            activeAccounts.put(key.id(), active(partition.activeAccount()));
        }
        Blob blob = partition.blob();
        if (blob != null) {
            Entry entry = new Entry()
                    .put(Schema.TEXT, blob.text())
                    .put(Schema.EXPIRES_ON, seconds(blob.expiresOn().toEpochMilli()));
            putAs(key.id(), entry, blobs);
        }
        return this;
    }

    /** The sections that every writer of the schema writes, and ours only where there is something to say. */
    Map<String, Object> sections() {
        Map<String, Object> sections = new LinkedHashMap<>();
        sections.put(Schema.ACCESS_TOKENS, accessTokens);
        sections.put(Schema.REFRESH_TOKENS, refreshTokens);
        sections.put(Schema.ID_TOKENS, idTokens);
        sections.put(Schema.ACCOUNTS, accounts);
        sections.put(Schema.APP_METADATA, appMetadata);
        Map<String, Object> own = new LinkedHashMap<>();
        if (!activeAccounts.isEmpty()) {
            own.put(Schema.ACTIVE_ACCOUNTS, activeAccounts);
        }
        if (!blobs.isEmpty()) {
            own.put(Schema.BLOBS, blobs);
        }
        if (!own.isEmpty()) {
            sections.put(Schema.LATCHKEY, own);
        }
        return sections;
    }

    private void addAccessToken(Owner owner, AccessTokenEntry token) {
        boolean bearer = token.tokenType().equals(AccessTokenEntry.BEARER);
        String type = bearer ? Schema.TYPE_ACCESS_TOKEN : Schema.TYPE_BOUND_ACCESS_TOKEN;
        String realm = token.realm().isEmpty() ? owner.realm : token.realm();
        Entry entry = owner.entry(type)
                .put(Schema.CLIENT_ID, token.clientId())
                .put(Schema.REALM, realm)
                .put(Schema.TARGET, token.target().toString())
                .put(Schema.SECRET, token.secret().reveal())
                .put(Schema.CACHED_AT, seconds(token.cachedAtMillis()))
                .put(Schema.EXPIRES_ON, seconds(token.expiresOnMillis()))
                .put(Schema.EXTENDED_EXPIRES_ON, seconds(token.extendedExpiresOnMillis()))
                .put(Schema.REFRESH_ON, seconds(token.refreshOnMillis()))
                .put(Schema.TOKEN_TYPE, token.tokenType())
                .put(Schema.KEY_ID, token.keyId())
                .put(Schema.RESOURCE, token.resource());
        Variants.mark(entry.members, token);
        String name = owner.name(type, token.clientId(), realm, token.target().toString());
        Object mark = entry.members.get(Schema.EXTENDED_KEY_HASH);
        putAs(mark == null ? name : name + "-" + lower(mark.toString()), entry, accessTokens);
    }

    private void addRefreshToken(Owner owner, RefreshTokenEntry token) {
        Instant expiresOn = token.expiresOn();
        String holder = token.familyId() == null ? token.clientId() : token.familyId();
        Entry entry = owner.entry(Schema.TYPE_REFRESH_TOKEN)
                .put(Schema.CLIENT_ID, token.clientId())
                .put(Schema.SECRET, token.secret().reveal())
                .put(Schema.FAMILY_ID, token.familyId())
                .put(Schema.EXPIRES_ON, expiresOn == null ? null : Long.toString(expiresOn.getEpochSecond()))
                .put(Schema.RESOURCE, token.resource());
        String name = owner.name(Schema.TYPE_REFRESH_TOKEN, holder, "", "");
        String resource = token.resource();
        // The plain name, by which other libraries find one, is that of the token for no resource in particular.
        putAs(resource == null ? name : name + "-" + lower(Variants.digest(resource)), entry, refreshTokens);
    }

    private void addIdToken(Owner owner, IdTokenEntry token) {
        Entry entry = owner.entry(Schema.TYPE_ID_TOKEN)
                .put(Schema.CLIENT_ID, token.clientId())
                .put(Schema.REALM, token.realm())
                .put(Schema.SECRET, token.secret().reveal());
        putAs(owner.name(Schema.TYPE_ID_TOKEN, token.clientId(), token.realm(), ""), entry, idTokens);
    }

    /**
     * One entry for each tenant, home first: some readers of the schema look for the tenants there, others in the
     * profiles, which stand in the first entry only so that nobody counts them twice.
     */
    private void addAccounts(Owner owner, List<Account> tenants) {
        for (int i = 0; i < tenants.size(); i++) {
            Account account = tenants.get(i);
            Entry entry = owner.entry(null)
                    .put(Schema.REALM, account.tenantId())
                    .put(Schema.LOCAL_ACCOUNT_ID, account.localAccountId())
                    .put(Schema.USERNAME, account.username())
                    .put(Schema.NAME, account.name().orElse(null))
                    .put(Schema.AUTHORITY_TYPE, account.authorityType().schemaName());
            account.issuerBinding().ifPresent(binding -> entry.put(Schema.ISSUER, binding.issuer())
                    .put(Schema.AUTHORITY, binding.authority()));
            if (i == 0) {
                entry.members.put(
                        Schema.TENANT_PROFILES,
                        tenants.stream()
                                .map(tenant -> profile(tenant.profile()))
                                .toList());
            }
            putAs(lower(owner.home + "-" + owner.environment + "-" + account.tenantId()), entry, accounts);
        }
    }

    /** The schema keeps each profile as JSON text within the JSON. */
    private static String profile(TenantProfile profile) {
        Entry entry = new Entry()
                .put(Schema.PROFILE_TENANT, profile.tenantId())
                .put(Schema.PROFILE_LOCAL_ID, profile.localAccountId())
                .put(Schema.NAME, profile.name())
                .put(Schema.USERNAME, profile.username())
                .put(Schema.PROFILE_LOGIN_HINT, profile.loginHint())
                .put(Schema.PROFILE_SID, profile.sid())
                .put(Schema.PROFILE_UPN, profile.upn());
        entry.members.put(Schema.PROFILE_IS_HOME, profile.isHomeTenant());
        entry.members.put(Schema.PROFILE_EMAILS, profile.emails());
        return Json.write(entry.members);
    }

    /** The schema keeps it once for all accounts: what any of them learned of a family counts. */
    private void addAppMetadata(Owner owner, AppMetadata metadata) {
        Entry entry = new Entry()
                .put(Schema.CLIENT_ID, metadata.clientId())
                .put(Schema.ENVIRONMENT, owner.environment)
                .put(Schema.FAMILY_ID, metadata.familyId() == null ? "" : metadata.familyId());
        String name = "appmetadata-" + owner.environment + "-" + metadata.clientId();
        if (metadata.familyId() != null) {
            appMetadata.put(lower(name), entry.members);
        } else {
            appMetadata.putIfAbsent(lower(name), entry.members);
        }
    }

    private static Map<String, Object> active(ActiveAccount account) {
        return new Entry()
                .put(Schema.ACCOUNT_KEY, account.account().value())
                .put(Schema.REALM, account.tenantId())
                .put(Schema.LOCAL_ACCOUNT_ID, account.localAccountId())
                .members;
    }

    /**
     * Names are in lower case and have no escape for their separator, so two entries may come to the same one. Readers
     * go by the members: any other name does for the second.
     */
    private static void putAs(String name, Entry entry, Map<String, Object> section) {
        String free = name;
        for (int i = 2; section.putIfAbsent(free, entry.members) != null; i++) {
            free = name + "-" + i;
        }
    }

    private static String lower(String name) {
        return LowerCase.of(name);
    }

    private static @Nullable String seconds(long millis) {
        return millis == AccessTokenEntry.NONE ? null : Long.toString(Math.floorDiv(millis, 1000L));
    }

    /** What the entries of one partition have in common; {@code realm} is for access tokens that name no tenant. */
    private record Owner(
            String home, String environment, @Nullable String assertionHash, String realm) {
        static Owner of(PartitionKey key, Partition partition, String realm) {
            return switch (key.kind()) {
                case USER -> new Owner(key.id(), key.environment(), null, realm);
                case ON_BEHALF_OF -> new Owner(homeOf(partition), key.environment(), key.id(), "");
                case APPLICATION_TOKENS, APPLICATION, BLOB -> new Owner("", key.environment(), null, "");
            };
        }

        private static String homeOf(Partition partition) {
            return partition.accounts().isEmpty()
                    ? ""
                    : partition.accounts().get(0).homeAccountId();
        }

        @Override
        public String toString() {
            return PrintableText.of("Owner[" + home + " of " + environment + "]");
        }

        Entry entry(@Nullable String credentialType) {
            return new Entry()
                    .put(Schema.HOME_ACCOUNT_ID, home)
                    .put(Schema.ENVIRONMENT, environment)
                    .put(Schema.CREDENTIAL_TYPE, credentialType)
                    .put(Schema.USER_ASSERTION_HASH, assertionHash);
        }

        String name(String type, String holder, String realm, String target) {
            String name = String.join("-", home, environment, type, holder, realm, target);
            return lower(assertionHash == null ? name : name + "-" + assertionHash);
        }
    }

    /** Members in order; absent ones are left out. */
    private static final class Entry {
        final Map<String, Object> members = new LinkedHashMap<>();

        Entry put(String name, @Nullable String value) {
            if (value != null) {
                members.put(name, value);
            }
            return this;
        }
    }
}
