package dev.latchkey.core.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects accounts. Every part that is set must match; a blank part counts as not set. A hint or session id never
 * matches an account that has none.
 *
 * <p>An {@linkplain #isEmpty() empty} filter finds none if a single account is requested, and all if all accounts are
 * requested.
 */
public final class AccountFilter {
    /** The filter without any part. */
    public static final AccountFilter EMPTY = builder().build();

    private final Builder given;

    private AccountFilter(Builder given) {
        this.given = given;
    }

    /** Starts a builder without any part. */
    public static Builder builder() {
        return new Builder();
    }

    /** The account with this id across tenants. */
    public static AccountFilter homeAccountId(String value) {
        return builder().homeAccountId(value).build();
    }

    /** The account with this user name. */
    public static AccountFilter username(String value) {
        return builder().username(value).build();
    }

    /** Whether no part is set. */
    public boolean isEmpty() {
        return given.none();
    }

    /** The address of the authority to search for accounts; null means the application's own. */
    public @Nullable String authority() {
        return given.authority;
    }

    /**
     * Whether every part that is set matches; an empty filter matches every account. Does not check whether the account
     * belongs to {@link #authority()}; {@link SameIssuer} does.
     */
    public boolean matches(Account account) {
        TenantProfile profile = account.profile();
        return exact(given.homeAccountId, account.homeAccountId())
                && folded(given.environment, account.environment())
                && folded(given.tenantId, profile.tenantId())
                && exact(given.localAccountId, profile.localAccountId())
                && folded(given.name, profile.name())
                && exact(given.sid, profile.sid())
                && (given.authorityType == null || given.authorityType == account.authorityType())
                && (given.isHomeTenant == null || given.isHomeTenant == profile.isHomeTenant())
                && (given.realm == null || isAtHomeIn(given.realm, account))
                && (given.username == null || isCalled(given.username, profile))
                && (given.loginHint == null || isHintedBy(given.loginHint, profile));
    }

    private static boolean isAtHomeIn(String realm, Account account) {
        return account.tenantProfiles().values().stream()
                        .anyMatch(profile ->
                                profile.isHomeTenant() && profile.tenantId().equalsIgnoreCase(realm))
                || (account.authorityType() == AuthorityType.MSSTS
                        && Tenants.homeTenant(account.homeAccountId()).equalsIgnoreCase(realm));
    }

    private static boolean isCalled(String username, TenantProfile profile) {
        return username.equalsIgnoreCase(profile.username()) || username.equalsIgnoreCase(profile.upn());
    }

    private static boolean isHintedBy(String hint, TenantProfile profile) {
        return hint.equals(profile.loginHint()) || isCalled(hint, profile) || holds(profile.emails(), hint);
    }

    private static boolean holds(List<String> emails, String hint) {
        return emails.stream().anyMatch(hint::equalsIgnoreCase);
    }

    private static boolean exact(@Nullable String wanted, @Nullable String actual) {
        return wanted == null || wanted.equals(actual);
    }

    private static boolean folded(@Nullable String wanted, @Nullable String actual) {
        return wanted == null || wanted.equalsIgnoreCase(actual);
    }

    /** Builds a filter; each part is optional. */
    public static final class Builder {
        private @Nullable String homeAccountId;
        private @Nullable String localAccountId;
        private @Nullable String username;
        private @Nullable String tenantId;
        private @Nullable String realm;
        private @Nullable String loginHint;
        private @Nullable String sid;
        private @Nullable String environment;
        private @Nullable String authority;
        private @Nullable String name;
        private @Nullable AuthorityType authorityType;
        private @Nullable Boolean isHomeTenant;

        private Builder() {}

        private Builder(Builder other) {
            this.homeAccountId = other.homeAccountId;
            this.localAccountId = other.localAccountId;
            this.username = other.username;
            this.tenantId = other.tenantId;
            this.realm = other.realm;
            this.loginHint = other.loginHint;
            this.sid = other.sid;
            this.environment = other.environment;
            this.authority = other.authority;
            this.name = other.name;
            this.authorityType = other.authorityType;
            this.isHomeTenant = other.isHomeTenant;
        }

        /** The id across tenants, exactly. */
        public Builder homeAccountId(@Nullable String value) {
            this.homeAccountId = given(value);
            return this;
        }

        /** The id within the tenant, exactly. */
        public Builder localAccountId(@Nullable String value) {
            this.localAccountId = given(value);
            return this;
        }

        /** The user name or {@code upn}, ignoring case. */
        public Builder username(@Nullable String value) {
            this.username = given(value);
            return this;
        }

        /** The tenant in which the account is seen, ignoring case. */
        public Builder tenantId(@Nullable String value) {
            this.tenantId = given(value);
            return this;
        }

        /** The account's home tenant, ignoring case. */
        public Builder realm(@Nullable String value) {
            this.realm = given(value);
            return this;
        }

        /** {@code login_hint} exactly, or user name, {@code upn} or one of the e-mail addresses ignoring case. */
        public Builder loginHint(@Nullable String value) {
            this.loginHint = given(value);
            return this;
        }

        /** The session at the authority, exactly. */
        public Builder sid(@Nullable String value) {
            this.sid = given(value);
            return this;
        }

        /** The authority's cache environment, ignoring case. */
        public Builder environment(@Nullable String value) {
            this.environment = given(value);
            return this;
        }

        /** The address of the authority to search for accounts. Default: the application's own. */
        public Builder authority(@Nullable String value) {
            this.authority = given(value);
            return this;
        }

        /** The display name, ignoring case. */
        public Builder name(@Nullable String value) {
            this.name = given(value);
            return this;
        }

        /** The kind of authority. */
        public Builder authorityType(@Nullable AuthorityType value) {
            this.authorityType = value;
            return this;
        }

        /** True for accounts seen in their home tenant, false for guests. */
        public Builder isHomeTenant(@Nullable Boolean value) {
            this.isHomeTenant = value;
            return this;
        }

        /** Builds the filter. */
        public AccountFilter build() {
            return new AccountFilter(new Builder(this));
        }

        private boolean none() {
            return homeAccountId == null
                    && localAccountId == null
                    && username == null
                    && tenantId == null
                    && realm == null
                    && loginHint == null
                    && sid == null
                    && environment == null
                    && authority == null
                    && name == null
                    && authorityType == null
                    && isHomeTenant == null;
        }

        private static @Nullable String given(@Nullable String value) {
            return value == null || value.isBlank() ? null : value.trim();
        }
    }
}
