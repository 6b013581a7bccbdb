package dev.latchkey.authority.realm;

import dev.latchkey.authority.Tenant;
import java.util.Optional;

/** Whose people may sign in: one tenant's (guests included), or all of a kind at home. */
public record Admission(Kind kind, Optional<Tenant> tenant) {
    /** Kinds of path segment that stand for many tenants, and the one that stands for one. */
    public enum Kind {
        ONE,
        COMMON,
        ORGANIZATIONS,
        CONSUMERS
    }

    /** Everybody. */
    public static final Admission COMMON = new Admission(Kind.COMMON, Optional.empty());

    /** Everybody with a work or school account. */
    public static final Admission ORGANIZATIONS = new Admission(Kind.ORGANIZATIONS, Optional.empty());

    /** Everybody with a personal account; one tenant has them all, so the issuer is known. */
    public static final Admission CONSUMERS = new Admission(Kind.CONSUMERS, Optional.of(Tenant.CONSUMERS));

    static Admission only(Tenant tenant) {
        return new Admission(Kind.ONE, Optional.of(tenant));
    }

    boolean admits(Tenant home) {
        return switch (kind) {
            case COMMON -> true;
            case ORGANIZATIONS -> !home.equals(Tenant.CONSUMERS);
            case ONE, CONSUMERS -> tenant.filter(home::equals).isPresent();
        };
    }
}
