package dev.latchkey.authority;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.UUID;

/**
 * A directory of people. In a path it answers to its id, its domain or its short name.
 *
 * @param name short name, lower case, as in {@code contoso}
 * @param id the {@code tid} of its tokens
 * @param domain what its people's user names end in
 * @param displayName shown on pages
 */
public record Tenant(String name, UUID id, String domain, String displayName) {
    /** The tenant of personal accounts, reached by the path segment {@code consumers}. */
    public static final Tenant CONSUMERS = new Tenant(
            "consumers",
            UUID.fromString("9188040d-6c67-4c5b-b112-36a304b66dad"),
            "personal.example",
            "Personal accounts");

    public Tenant {
        name = name.toLowerCase(Locale.ROOT);
        domain = domain.toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException("a tenant's name is lower-case letters, digits and '-', not: " + name);
        }
        if (!domain.matches("[a-z0-9.-]+\\.[a-z0-9-]+")) {
            throw new IllegalArgumentException("not a domain: " + domain);
        }
    }

    /** A tenant with the domain {@code name.example} and an id that is the same in every run. */
    public static Tenant of(String name) {
        UUID id = UUID.nameUUIDFromBytes(("tenant:" + name.toLowerCase(Locale.ROOT)).getBytes(UTF_8));
        String shown = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return new Tenant(name, id, name + ".example", shown);
    }

    /** The same tenant under another domain. */
    public Tenant domain(String domain) {
        return new Tenant(name, id, domain, displayName);
    }

    /** The same tenant under another id. */
    public Tenant id(UUID id) {
        return new Tenant(name, id, domain, displayName);
    }

    /** Whether a path segment means this tenant. */
    public boolean answersTo(String segment) {
        String wanted = segment.toLowerCase(Locale.ROOT);
        return wanted.equals(name) || wanted.equals(domain) || wanted.equals(id.toString());
    }
}
