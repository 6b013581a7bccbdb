package dev.latchkey.authority.directory;

import dev.latchkey.authority.ApiResource;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.Tenant;
import dev.latchkey.authority.User;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What a JSON file says is known: members {@code tenants}, {@code users}, {@code clients}, {@code apis}. */
public record ConfigFile(List<Tenant> tenants, List<User> users, List<Client> clients, List<ApiResource> apis) {
    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is not what it should be; the message names file and member
     */
    public static ConfigFile read(Path file) {
        try {
            return parse(Json.parseObject(Files.readString(file)));
        } catch (JsonException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static ConfigFile parse(JsonObject root) {
        onlyHas(root, "the file", Set.of("tenants", "users", "clients", "apis"));
        return new ConfigFile(
                root.objects("tenants").stream().map(ConfigFile::tenant).toList(),
                root.objects("users").stream().map(ConfigFile::user).toList(),
                root.objects("clients").stream().map(ConfigFile::client).toList(),
                root.objects("apis").stream().map(ConfigFile::api).toList());
    }

    private static Tenant tenant(JsonObject json) {
        onlyHas(json, "a tenant", Set.of("name", "id", "domain", "displayName"));
        Tenant plain = Tenant.of(required(json, "name"));
        return new Tenant(
                plain.name(),
                UUID.fromString(json.string("id", plain.id().toString())),
                json.string("domain", plain.domain()),
                json.string("displayName", plain.displayName()));
    }

    private static User user(JsonObject json) {
        onlyHas(json, "a user", Set.of("userName", "password", "displayName", "id", "tenant", "guestOf", "claims"));
        User user = User.of(required(json, "userName"), required(json, "password"));
        if (json.has("displayName")) {
            user = user.displayName(required(json, "displayName"));
        }
        if (json.has("id")) {
            user = user.id(UUID.fromString(required(json, "id")));
        }
        if (json.has("tenant")) {
            user = user.homeTenant(required(json, "tenant"));
        }
        for (String tenant : json.strings("guestOf")) {
            user = user.guestOf(tenant);
        }
        JsonObject claims = json.object("claims");
        for (String name : claims == null ? Set.<String>of() : claims.names()) {
            Object value = claims == null ? null : claims.asMap().get(name);
            user = value == null ? user : user.claim(name, value);
        }
        return user;
    }

    private static Client client(JsonObject json) {
        onlyHas(
                json,
                "a client",
                Set.of(
                        "clientId",
                        "kind",
                        "displayName",
                        "redirectUris",
                        "postLogoutRedirectUris",
                        "secrets",
                        "consentedByAdministrator",
                        "onlyInTenant"));
        Client client = ofKind(json, required(json, "clientId"));
        for (String uri : json.strings("redirectUris")) {
            client = client.redirectUri(uri);
        }
        for (String uri : json.strings("postLogoutRedirectUris")) {
            client = client.postLogoutRedirectUri(uri);
        }
        if (json.has("displayName")) {
            client = client.displayName(required(json, "displayName"));
        }
        if (json.has("onlyInTenant")) {
            client = client.onlyInTenant(required(json, "onlyInTenant"));
        }
        return json.isTrue("consentedByAdministrator") ? client.consentedByAdministrator() : client;
    }

    private static Client ofKind(JsonObject json, String clientId) {
        List<String> secrets = new ArrayList<>(json.strings("secrets"));
        String kind = json.string("kind", secrets.isEmpty() ? "public" : "confidential");
        if (kind.equals("confidential")) {
            if (secrets.isEmpty()) {
                throw new IllegalArgumentException("the confidential client " + clientId + " needs secrets");
            }
            Client client = Client.confidentialClient(clientId, secrets.remove(0));
            for (String secret : secrets) {
                client = client.secret(secret);
            }
            return client;
        }
        return switch (kind) {
            case "public" -> Client.publicClient(clientId);
            case "spa" -> Client.singlePageApp(clientId);
            default -> throw new IllegalArgumentException("kind is public, confidential or spa, not " + kind);
        };
    }

    private static ApiResource api(JsonObject json) {
        onlyHas(json, "an API", Set.of("identifier", "audience", "displayName", "scopes"));
        ApiResource api = ApiResource.of(required(json, "identifier"));
        JsonObject described = json.object("scopes");
        if (described != null) {
            for (String name : described.names()) {
                api = api.scope(name, described.string(name, name));
            }
        } else {
            api = ApiResource.of(api.identifier(), json.strings("scopes").toArray(String[]::new));
        }
        return api.audience(json.string("audience", api.audience()))
                .displayName(json.string("displayName", api.displayName()));
    }

    private static String required(JsonObject json, String name) {
        String value = json.string(name);
        if (value == null) {
            throw new IllegalArgumentException("the text member " + name + " is missing in " + json.names());
        }
        return value;
    }

    private static void onlyHas(JsonObject json, String what, Set<String> known) {
        for (String name : json.names()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(what + " has no member " + name + "; it may have " + known);
            }
        }
    }
}
