package dev.latchkey.authority.config;

import dev.latchkey.authority.ApiResource;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.Tenant;
import dev.latchkey.authority.User;
import dev.latchkey.authority.directory.Settings;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a JSON file says is known.
 *
 * @param settings changes what it names and leaves the rest
 */
public record ConfigFile(
        List<Tenant> tenants,
        List<User> users,
        List<Client> clients,
        List<ApiResource> apis,
        UnaryOperator<Settings> settings) {
    private static final Members<User> USER = new Members<User>("userName", "password")
            .text("displayName", User::displayName)
            .text("id", (user, id) -> user.id(UUID.fromString(id)))
            .text("tenant", User::homeTenant)
            .flag("personal", User::personal)
            .texts("guestOf", User::guestOf)
            .with("claims", ConfigFile::claims);
    private static final Members<Tenant> TENANT = new Members<Tenant>("name")
            .text("id", (tenant, id) -> tenant.id(UUID.fromString(id)))
            .text("domain", Tenant::domain)
            .text("displayName", (tenant, name) -> new Tenant(tenant.name(), tenant.id(), tenant.domain(), name));
    private static final Members<ApiResource> API = new Members<ApiResource>("identifier")
            .text("audience", ApiResource::audience)
            .text("displayName", ApiResource::displayName)
            .with("scopes", ConfigFile::scopes);

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is not what it should be; the message names file and member
     */
    public static ConfigFile read(Path file) {
        try {
            JsonObject root = Json.parseObject(Files.readString(file));
            return parse(new ConfigObject("the file", file.toAbsolutePath().resolveSibling(""), root));
        } catch (JsonException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static ConfigFile parse(ConfigObject root) {
        root.onlyHas(Set.of("tenants", "users", "clients", "apis", "settings"));
        Optional<ConfigObject> settings = root.object("settings", "the settings");
        settings.ifPresent(json -> SettingsConfig.apply(Settings.defaults(), json));
        return new ConfigFile(
                read(root.objects("tenants", "a tenant"), "name", ConfigFile::tenant),
                read(root.objects("users", "a user"), "userName", ConfigFile::user),
                read(root.objects("clients", "a client"), "clientId", ClientConfig::read),
                read(root.objects("apis", "an API"), "identifier", ConfigFile::api),
                before ->
                        settings.map(json -> SettingsConfig.apply(before, json)).orElse(before));
    }

    /** Two of the same name are a mistake: only one of them could ever be found. */
    private static <T> List<T> read(List<ConfigObject> objects, String name, Function<ConfigObject, T> reader) {
        List<T> things = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigObject json : objects) {
            things.add(reader.apply(json));
            if (!names.add(json.text(name).toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the " + name + " " + json.text(name) + " is there twice");
            }
        }
        return things;
    }

    private static Tenant tenant(ConfigObject json) {
        return TENANT.read(json, () -> Tenant.of(json.text("name")));
    }

    private static ApiResource api(ConfigObject json) {
        return API.read(json, () -> ApiResource.of(json.text("identifier")));
    }

    private static User user(ConfigObject json) {
        return USER.read(json, () -> User.of(json.text("userName"), json.text("password")));
    }

    private static User claims(User user, ConfigObject json) {
        Map<String, Object> claims = new LinkedHashMap<>();
        json.object("claims", "the claims")
                .ifPresent(object -> object.json().asMap().forEach((name, value) -> {
                    if (value != null) {
                        claims.put(name, value);
                    }
                }));
        User changed = user;
        for (Map.Entry<String, Object> claim : claims.entrySet()) {
            changed = changed.claim(claim.getKey(), claim.getValue());
        }
        return changed;
    }

    /** An object of names and sentences, or a list of names. */
    private static ApiResource scopes(ApiResource api, ConfigObject json) {
        if (!(json.value("scopes") instanceof Map<?, ?>)) {
            List<String> names = json.texts("scopes");
            return new ApiResource(
                    api.identifier(),
                    api.audience(),
                    api.displayName(),
                    ApiResource.of("any", names.toArray(String[]::new)).scopes());
        }
        ConfigObject described = json.object("scopes", "the scopes").orElseThrow();
        ApiResource changed = api;
        for (String name : described.json().names()) {
            changed = changed.scope(name, described.text(name, name));
        }
        return changed;
    }
}
