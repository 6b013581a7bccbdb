package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.GrantType;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.UnifiedCache;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cache in which another library named accounts and tenants its own way works offline and by refresh, a person once. */
class ImportedCacheTest {
    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    /** What other libraries write for an account of ours. */
    private enum Writer {
        /** msal-node at a plain provider: the subject alone, and the first segment of the path for a tenant. */
        NODE_OIDC(AuthorityKind.OIDC, "oidc"),
        /** msal-node at AD FS. */
        NODE_ADFS(AuthorityKind.ADFS, "adfs"),
        /** msal4j: the tenant as it stood in the address. */
        JAVA_COMMON(AuthorityKind.ENTRA, "common"),
        /** The same with a name. */
        JAVA_NAME(AuthorityKind.ENTRA, "contoso.example");

        final AuthorityKind kind;
        final String realm;

        Writer(AuthorityKind kind, String realm) {
            this.kind = kind;
            this.realm = realm;
        }

        String authority(Bench bench) {
            return switch (this) {
                case NODE_OIDC -> bench.idp.oidcIssuer().toString();
                case NODE_ADFS -> bench.idp.adfsAuthority().toString();
                case JAVA_COMMON -> bench.idp.entraAuthority("common").toString();
                case JAVA_NAME -> bench.idp.entraAuthority("contoso").toString();
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Writer.class)
    void accounts_underOtherNames_workOfflineAndByRefresh(Writer writer) throws Exception {
        TokenStore ours = MemoryTokenStore.create();
        Account original = bench.signIn(app(writer, ours));
        Map<PartitionKey, Partition> written = partitionsOf(ours);
        TokenStore imported = MemoryTokenStore.create();

        UnifiedCache.read(asWrittenBy(writer, UnifiedCache.write(written)))
                .forEach((key, partition) -> imported.write(key, 0, partition, null));

        PublicClientApplication app = app(writer, imported);
        bench.wire.fail(message -> true, new IOException("offline"));
        Account account = app.blocking().accounts().get(0);
        SilentRequest request =
                SilentRequest.builder("User.Read").account(account).build();
        assertThat(app.blocking().accounts()).containsExactly(original);
        assertThat(Face.FUTURES.silent(app, request).fromCache()).isTrue();
        bench.wire.unscript();
        bench.expireAccessTokens();
        assertThat(Face.FUTURES.silent(app, request).fromCache()).isFalse();
        assertThat(bench.idp.requests().tokenRequests(GrantType.REFRESH_TOKEN)).hasSize(1);
        assertThat(app.blocking().accounts()).containsExactly(original);
        app.close();
    }

    @ParameterizedTest
    @EnumSource(Writer.class)
    void samePerson_writtenByBoth_isOneAccount(Writer writer) throws Exception {
        TokenStore ours = MemoryTokenStore.create();
        Account original = bench.signIn(app(writer, ours));
        String text = UnifiedCache.write(partitionsOf(ours));

        Map<PartitionKey, Partition> read = UnifiedCache.read(both(text, asWrittenBy(writer, text)));

        assertThat(read.keySet())
                .filteredOn(key -> key.kind() == PartitionKey.Kind.USER)
                .containsExactly(original.partitionKey());
        assertThat(read.get(original.partitionKey()).accounts()).containsExactly(original);
        assertThat(read.get(original.partitionKey()).accessTokens()).hasSize(1);
    }

    private PublicClientApplication app(Writer writer, TokenStore store) {
        return bench.application(it -> it.store(store).authority(writer.authority(bench), writer.kind));
    }

    private static Map<PartitionKey, Partition> partitionsOf(TokenStore store) {
        Map<PartitionKey, Partition> all = new HashMap<>();
        store.list().forEach(key -> all.put(key, store.read(key).partition()));
        return all;
    }

    /** The entries under other names, without the members that only we write. */
    private static String asWrittenBy(Writer writer, String text) throws JsonException {
        return changed(text, entry -> {
            Map<String, Object> members = new LinkedHashMap<>(entry);
            members.keySet().removeIf(name -> name.startsWith("latchkey"));
            String home = String.valueOf(members.get("home_account_id"));
            if (writer.kind != AuthorityKind.ENTRA && members.containsKey("home_account_id")) {
                members.put("home_account_id", home.substring(0, home.lastIndexOf('.')));
            }
            boolean hasRealm = members.containsKey("realm");
            boolean namesTenant = writer.kind == AuthorityKind.ENTRA || members.containsKey("target");
            if (hasRealm && namesTenant) {
                members.put("realm", writer.realm);
            }
            members.remove("tenantProfiles");
            return members;
        });
    }

    private static String changed(String text, UnaryOperator<Map<String, Object>> change) throws JsonException {
        JsonObject json = Json.parseObject(text);
        Map<String, Object> sections = new LinkedHashMap<>();
        for (String section : json.names()) {
            if (!section.equals("Latchkey")) {
                JsonObject entries = json.object(section);
                Map<String, Object> changed = new LinkedHashMap<>();
                entries.names()
                        .forEach(name -> changed.put(
                                "theirs-" + name,
                                change.apply(entries.object(name).asMap())));
                sections.put(section, changed);
            }
        }
        return Json.write(sections);
    }

    private static String both(String one, String other) throws JsonException {
        JsonObject first = Json.parseObject(one);
        JsonObject second = Json.parseObject(other);
        Map<String, Object> sections = new LinkedHashMap<>(first.asMap());
        for (String section : second.names()) {
            Map<String, Object> entries =
                    new LinkedHashMap<>(first.object(section).asMap());
            entries.putAll(second.object(section).asMap());
            sections.put(section, entries);
        }
        return Json.write(sections);
    }
}
