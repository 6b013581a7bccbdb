package dev.latchkey.authority;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A person who can sign in. Immutable: every setter returns a changed copy. */
public final class User {
    private final Draft it;

    private User(Draft it) {
        this.it = it;
    }

    /**
     * A person whose home is the tenant with the user name's domain, else the first tenant. The id is the same in
     * every run.
     *
     * @param userName as typed on the sign-in page, for example {@code alice@contoso.example}
     */
    public static User of(String userName, String password) {
        if (userName.isBlank() || password.isEmpty()) {
            throw new IllegalArgumentException("a user needs a user name and a password");
        }
        return new User(new Draft(userName.strip(), password));
    }

    /** The name on pages and in the {@code name} claim. Default: made from the user name. */
    public User displayName(String displayName) {
        return with(draft -> draft.displayName = displayName);
    }

    /** Another password. */
    public User password(String password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("a password is not empty");
        }
        return with(draft -> draft.password = password);
    }

    /** The object id in the home tenant. Default: derived from the user name. */
    public User id(UUID id) {
        return with(draft -> draft.id = id);
    }

    /** The home tenant's name, domain or id. */
    public User homeTenant(String tenant) {
        return with(draft -> draft.homeTenant = tenant);
    }

    /** Makes the person a guest in another tenant (name, domain or id), with an object id of its own there. */
    public User guestOf(String tenant) {
        return with(draft -> draft.guestOf.add(tenant));
    }

    /** Makes this a personal account: its home is {@link Tenant#CONSUMERS}. */
    public User personal() {
        return homeTenant(Tenant.CONSUMERS.name());
    }

    /** Adds a claim to the person's ID tokens and user info. */
    public User claim(String name, Object value) {
        return with(draft -> draft.claims.put(name, value));
    }

    /** As typed on the sign-in page. */
    public String userName() {
        return it.userName;
    }

    /** The name on pages and in the {@code name} claim. */
    public String displayName() {
        return it.displayName;
    }

    /** The object id in the home tenant. */
    public UUID id() {
        return it.id;
    }

    /** The home tenant as it was set; empty if the user name decides. */
    public Optional<String> homeTenant() {
        return Optional.ofNullable(it.homeTenant);
    }

    /** The tenants where the person is a guest. */
    public Set<String> guestOf() {
        return Set.copyOf(it.guestOf);
    }

    /** The claims added to ID tokens and user info. */
    public Map<String, Object> claims() {
        return Map.copyOf(it.claims);
    }

    /** The part of the user name after the {@code @}, empty if there is none. */
    public String domain() {
        return it.userName.substring(it.userName.indexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** Whether this is the person's password. */
    public boolean hasPassword(String candidate) {
        return it.password.equals(candidate);
    }

    /** Whether this is the person's user name; case does not matter. */
    public boolean isNamed(String candidate) {
        return it.userName.equalsIgnoreCase(candidate.strip());
    }

    /** The password itself, for a {@link dev.latchkey.authority.person.ScriptedPerson} to type. */
    public String revealPassword() {
        return it.password;
    }

    @Override
    public String toString() {
        return "User[" + it.userName + "]";
    }

    private User with(Consumer<Draft> change) {
        Draft copy = new Draft(it);
        change.accept(copy);
        return new User(copy);
    }

    private static final class Draft {
        private final String userName;
        private String password;
        private final Set<String> guestOf = new LinkedHashSet<>();
        private final Map<String, Object> claims = new LinkedHashMap<>();
        private String displayName;
        private UUID id;
        private @Nullable String homeTenant;

        Draft(String userName, String password) {
            this.userName = userName;
            this.password = password;
            this.displayName = spokenName(userName);
            this.id = UUID.nameUUIDFromBytes(("user:" + userName.toLowerCase(Locale.ROOT)).getBytes(UTF_8));
        }

        Draft(Draft other) {
            this.userName = other.userName;
            this.password = other.password;
            this.displayName = other.displayName;
            this.id = other.id;
            this.homeTenant = other.homeTenant;
            this.guestOf.addAll(other.guestOf);
            this.claims.putAll(other.claims);
        }

        private static String spokenName(String userName) {
            String local = userName.split("@", 2)[0];
            StringBuilder name = new StringBuilder();
            for (String word : local.split("[._-]+", -1)) {
                if (!word.isEmpty()) {
                    name.append(name.isEmpty() ? "" : " ")
                            .append(word.substring(0, 1).toUpperCase(Locale.ROOT));
                    name.append(word.substring(1));
                }
            }
            return name.isEmpty() ? userName : name.toString();
        }
    }
}
