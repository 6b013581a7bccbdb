package dev.latchkey.authority;

import dev.latchkey.authority.config.ConfigFile;
import dev.latchkey.authority.directory.Directory;
import dev.latchkey.authority.directory.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who and what will be known: what a program added, what files say, and the defaults for what neither names. */
final class DirectoryPlan {
    private final List<Tenant> tenants = new ArrayList<>();
    private final List<User> users = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final List<ApiResource> apis = new ArrayList<>();
    private final List<Path> watched = new ArrayList<>();

    DirectoryPlan() {}

    /** The same plan, which further changes to this one leave as it is. */
    DirectoryPlan copy() {
        DirectoryPlan copy = new DirectoryPlan();
        copy.tenants.addAll(tenants);
        copy.users.addAll(users);
        copy.clients.addAll(clients);
        copy.apis.addAll(apis);
        copy.watched.addAll(watched);
        return copy;
    }

    void add(Tenant tenant) {
        tenants.add(tenant);
    }

    void add(User user) {
        users.add(user);
    }

    void add(Client client) {
        clients.add(client);
    }

    void add(ApiResource api) {
        apis.add(api);
    }

    /** Takes what a file says now. */
    ConfigFile addOnce(Path file) {
        ConfigFile config = ConfigFile.read(file);
        tenants.addAll(config.tenants());
        users.addAll(config.users());
        clients.addAll(config.clients());
        apis.addAll(config.apis());
        return config;
    }

    /** Takes what a file says whenever the directory is read. */
    void addWatched(Path file) {
        ConfigFile.read(file);
        watched.add(file.toAbsolutePath());
    }

    List<Path> watched() {
        return List.copyOf(watched);
    }

    /**
     * Reads the watched files and puts everything together.
     *
     * @param plain the settings that the files may change
     * @throws IllegalArgumentException if a file is not what it should be
     */
    Known read(Settings plain) {
        DirectoryPlan all = copy();
        Settings settings = plain;
        for (Path file : watched) {
            settings = all.addOnce(file).settings().apply(settings);
        }
        all.addDefaults();
        return new Known(new Directory(all.tenants, all.users, all.clients, all.apis), settings);
    }

    /** Everything, put together. */
    record Known(Directory directory, Settings settings) {}

    private void addDefaults() {
        if (tenants.isEmpty()) {
            add(Tenant.of("contoso"));
        }
        if (users.isEmpty()) {
            String domain = tenants.get(0).domain();
            add(User.of("alice@" + domain, LocalAuthority.DEFAULT_PASSWORD));
            add(User.of("bob@" + domain, LocalAuthority.DEFAULT_PASSWORD));
        }
        if (clients.isEmpty()) {
            add(defaultClient());
        }
        if (apis.isEmpty()) {
            add(graph());
        }
    }

    private static Client defaultClient() {
        return Client.publicClient(LocalAuthority.DEFAULT_CLIENT_ID)
                .displayName("Demo application")
                .redirectUri("http://localhost")
                .redirectUri("http://127.0.0.1")
                .redirectUri("http://[::1]")
                .postLogoutRedirectUri("http://localhost")
                .postLogoutRedirectUri("http://127.0.0.1");
    }

    private static ApiResource graph() {
        String identifier = "https://graph.microsoft.com";
        return new ApiResource(identifier, identifier, "Directory API", Map.of())
                .scope("User.Read", "Read your profile")
                .scope("Mail.Read", "Read your mail")
                .scope("Mail.Send", "Send mail as you")
                .scope("Files.Read", "Read your files");
    }
}
