package dev.latchkey.internal.authority;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.SameIssuer;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.IssuerBinding;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.internal.environment.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Asks the one rule, {@link SameIssuer}, for the engine, and says what to do where the answer is no. Nothing that came
 * from an issuer is served for an authority, or sent to one, that was not asked about here. Thread-safe.
 */
public final class Belonging {
    private final Settings.Identity identity;
    private final Authorities authorities;

    /** What was last found to be the application's own: all accounts of a program share one. */
    private @Nullable IssuerBinding ownBinding;

    private @Nullable String ownEnvironment;

    public Belonging(Settings.Identity identity, Authorities authorities) {
        this.identity = identity;
        this.authorities = authorities;
    }

    /** The name under which the application keeps what concerns its own issuer. */
    public String ownName() {
        return nameOf(identity.authority());
    }

    /** The name under which what concerns an authority's issuer is kept. */
    public String nameOf(Authority authority) {
        return rule(authority).nameOf(authority);
    }

    /** Whether what rests under a key belongs to the application's own authority. */
    public boolean isOwn(PartitionKey key, @Nullable IssuerBinding binding) {
        if (binding == null ? key.environment().equals(ownEnvironment) : binding.equals(ownBinding)) {
            return true;
        }
        boolean own = isOf(key, binding, identity.authority());
        if (own && binding != null) {
            ownBinding = binding;
        } else if (own && identity.authority().kind().hasClouds()) {
            ownEnvironment = key.environment();
        }
        return own;
    }

    /** Whether what rests under a key belongs to an authority. */
    public boolean isOf(PartitionKey key, @Nullable IssuerBinding binding, Authority authority) {
        return rule(authority).test(key, binding, authority);
    }

    /** Whether an account belongs to an authority. */
    public boolean isOf(Account account, Authority authority) {
        return isOf(account.partitionKey(), account.issuerBinding().orElse(null), authority);
    }

    /**
     * Before an account's tokens are sent to an authority.
     *
     * @param partition what is stored of the account; it knows better than the account at hand whose it is
     * @throws ClientConfigurationException {@code authority_mismatch}
     */
    public void require(Account account, Partition partition, Authority authority, String correlationId) {
        IssuerBinding binding =
                partition.accounts().isEmpty() ? account.issuerBinding().orElse(null) : partition.issuerBinding();
        if (!isOf(account.partitionKey(), binding, authority)) {
            throw mismatch(
                    "the account belongs to " + nameOf(account, binding) + ", not to " + authority
                            + "; nothing was sent there. Name the account's authority in the request",
                    authority,
                    correlationId);
        }
    }

    /**
     * How the client shows who it is at an authority: its credentials were given to it by one issuer and go to no other.
     * Only a public client has none; whatever else an application plugged in is taken for a credential.
     *
     * @throws ClientConfigurationException {@code authority_mismatch}
     */
    public ClientAuthentication credentialsFor(Authority authority, String correlationId) {
        ClientAuthentication credentials = identity.authentication();
        if (credentials != ClientAuthentication.none() && !isOwnIssuer(authority)) {
            throw mismatch(
                    "the credentials of this client are registered at " + identity.authority() + " and are not sent to "
                            + authority + "; use an application of its own for each issuer",
                    authority,
                    correlationId);
        }
        return credentials;
    }

    /** Whether an address is of the application's own issuer. */
    public boolean isOwnIssuer(String address) {
        return isOwnIssuer(identity.named(address));
    }

    /** Whether an authority is of the application's own issuer. */
    public boolean isOwnIssuer(Authority authority) {
        return rule(authority).test(authority, identity.authority());
    }

    private SameIssuer rule(Authority authority) {
        return new SameIssuer(authorities.cloudsOf(authority));
    }

    private static String nameOf(Account account, @Nullable IssuerBinding binding) {
        return binding == null ? account.environment() : binding.id();
    }

    private static ClientConfigurationException mismatch(String text, Authority authority, String correlationId) {
        return new ClientConfigurationException(ErrorDetails.of(ErrorCodes.AUTHORITY_MISMATCH, text)
                .at(authority.uri())
                .correlationId(correlationId));
    }
}
