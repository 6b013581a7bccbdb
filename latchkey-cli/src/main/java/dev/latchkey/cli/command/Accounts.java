package dev.latchkey.cli.command;

import dev.latchkey.PublicClientApplication;
import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Option;
import dev.latchkey.cli.args.UsageException;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.discovery.Addresses;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.Clouds;
import java.util.List;
import java.util.Optional;

/** The accounts of one client at one authority; accounts of other authorities in the same store are ignored. */
final class Accounts {
    private final PublicClientApplication app;
    private final Authority authority;
    private final Optional<String> named;
    private final Optional<String> tenant;

    Accounts(PublicClientApplication app, Arguments arguments) {
        this.app = app;
        this.authority = Applications.authority(arguments);
        this.named = arguments.text(Option.ACCOUNT);
        this.tenant = arguments.text(Option.TENANT);
    }

    /** The accounts that signed in at the authority, once per tenant. */
    List<Account> all() {
        return app.blocking().accounts().stream().filter(this::isOfAuthority).toList();
    }

    /**
     * The account to use: the named one, otherwise the active one, otherwise the only one.
     *
     * @throws UsageException if the choice is ambiguous
     */
    Optional<Account> choose() {
        Optional<Account> active = app.blocking().activeAccount().filter(this::isOfAuthority);
        if (named.isEmpty() && active.isPresent()) {
            return active;
        }
        List<Account> candidates = all().stream()
                .filter(account -> named.isEmpty() || isNamed(account))
                .toList();
        long people = candidates.stream().map(Account::partitionKey).distinct().count();
        if (people > 1) {
            throw new UsageException("the account is ambiguous: name one with --account, by its id if necessary: "
                    + candidates.stream().map(Accounts::describe).distinct().toList());
        }
        return candidates.stream()
                .filter(this::isInTenant)
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(account -> account.profile().isHomeTenant())
                        .findFirst())
                .or(() -> candidates.stream().findFirst());
    }

    private boolean isNamed(Account account) {
        String name = named.orElse("");
        return account.username().equalsIgnoreCase(name)
                || account.homeAccountId().equals(name);
    }

    private boolean isInTenant(Account account) {
        return tenant.orElseGet(authority::tenant).equalsIgnoreCase(account.tenantId());
    }

    private boolean isOfAuthority(Account account) {
        boolean sameHost = account.environment().equalsIgnoreCase(Clouds.BUILT_IN.environmentOf(authority.host()));
        return sameHost && (authority.kind() != AuthorityKind.OIDC || isIssuer(account));
    }

    /** Compares whole issuers, because one host may have several, such as realms. */
    private boolean isIssuer(Account account) {
        String issuer = account.idTokenClaims().string("iss", authority.toString());
        return Addresses.withoutSlashes(issuer).equals(authority.toString());
    }

    private static String describe(Account account) {
        return account.username() + " (" + account.homeAccountId() + ")";
    }
}
