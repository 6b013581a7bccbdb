package dev.latchkey.authority.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.authority.ApiResource;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.SigningAlgorithm;
import dev.latchkey.authority.Tenant;
import dev.latchkey.authority.User;
import dev.latchkey.authority.memory.BoundedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tenants, people, clients and APIs. People are few, so look-ups walk the lists. */
public final class Directory {
    private static final int MAX_REGISTERED = 1_000;
    private static final int HMAC_KEY_BYTES = 32;

    private final List<Tenant> tenants;
    private final List<User> users;
    private final List<Client> clients;
    private final List<ApiResource> apis;
    private final BoundedStore<User> changed = new BoundedStore<>(MAX_REGISTERED);
    private final BoundedStore<Client> registered = new BoundedStore<>(MAX_REGISTERED);

    public Directory(List<Tenant> tenants, List<User> users, List<Client> clients, List<ApiResource> apis) {
        List<Tenant> known = new ArrayList<>(tenants);
        known.add(Tenant.CONSUMERS);
        this.tenants = List.copyOf(known);
        this.users = List.copyOf(users);
        this.clients = List.copyOf(clients);
        this.apis = List.copyOf(apis);
        users.forEach(this::homeOf);
        clients.forEach(Directory::checkSecret);
    }

    public List<User> users() {
        List<User> all = new ArrayList<>();
        users.forEach(user -> all.add(changed.get(key(user)).orElse(user)));
        changed.values().stream()
                .filter(user -> users.stream().noneMatch(known -> key(known).equals(key(user))))
                .forEach(all::add);
        return all;
    }

    /** Remembers a person who signed up or changed something. */
    public void change(User user) {
        changed.put(key(user), user);
    }

    /** RFC 7518 section 3.2: a key of HS256 is no shorter than its hash. */
    private static void checkSecret(Client client) {
        boolean hmac = client.idTokenSignedResponseAlg() == SigningAlgorithm.HS256
                || client.userInfoSignedResponseAlg()
                        .filter(SigningAlgorithm.HS256::equals)
                        .isPresent();
        if (hmac && client.revealSecret().getBytes(UTF_8).length < HMAC_KEY_BYTES) {
            throw new IllegalArgumentException("the client " + client.clientId() + " needs a secret of "
                    + HMAC_KEY_BYTES + " bytes or more as its first for HS256");
        }
    }

    private static String key(User user) {
        return user.userName().toLowerCase(Locale.ROOT);
    }

    public List<Client> clients() {
        return clients;
    }

    public List<ApiResource> apis() {
        return apis;
    }

    public List<Tenant> tenants() {
        return tenants;
    }

    /** The tenant of a path segment: id, domain or name. */
    public Optional<Tenant> tenant(String segment) {
        return tenants.stream().filter(tenant -> tenant.answersTo(segment)).findFirst();
    }

    /** The API with an identifier or audience. */
    public Optional<ApiResource> apiOf(String target) {
        return apis.stream()
                .filter(api -> api.identifier().equals(target) || api.audience().equals(target))
                .findFirst();
    }

    /** Adds a client that registered itself; the oldest such client is forgotten when there are many. */
    public void register(Client client) {
        registered.put(client.clientId(), client);
    }

    /** Takes over the clients that registered themselves with another directory, and what people changed there. */
    public void registerAll(Directory other) {
        other.registered.values().forEach(this::register);
        other.changed.values().forEach(this::change);
    }

    /** Forgets clients and people that registered themselves, and what people changed. */
    public void forgetRegistered() {
        registered.clear();
        changed.clear();
    }

    public Optional<Client> client(String clientId) {
        return registered.get(clientId).or(() -> configured(clientId));
    }

    private Optional<Client> configured(String clientId) {
        return clients.stream()
                .filter(client -> client.clientId().equals(clientId))
                .findFirst();
    }

    public Optional<User> user(String userName) {
        return users().stream().filter(user -> user.isNamed(userName)).findFirst();
    }

    /** The person at home. */
    public Identity atHome(User user) {
        Tenant home = homeOf(user);
        return new Identity(user, home, home);
    }

    /** The person in a tenant, if they belong to it or are a guest there. */
    public Optional<Identity> in(Tenant tenant, User user) {
        Tenant home = homeOf(user);
        boolean known = home.equals(tenant) || user.guestOf().stream().anyMatch(tenant::answersTo);
        return known ? Optional.of(new Identity(user, tenant, home)) : Optional.empty();
    }

    private Tenant homeOf(User user) {
        if (user.homeTenant().isPresent()) {
            String name = user.homeTenant().get();
            return tenant(name)
                    .orElseThrow(() -> new IllegalArgumentException(user + " lives in an unknown tenant: " + name));
        }
        return tenant(user.domain()).orElse(tenants.get(0));
    }
}
