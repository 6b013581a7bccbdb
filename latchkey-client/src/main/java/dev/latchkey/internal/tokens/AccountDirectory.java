package dev.latchkey.internal.tokens;

import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.ActiveAccount;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.IssuerBinding;
import dev.latchkey.internal.authority.Belonging;
import dev.latchkey.internal.calls.EventBus;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who has signed in, and who of them is active. */
public final class AccountDirectory {
    private final String clientId;
    private final TokenStore store;
    private final TokenSaver saver;
    private final Belonging belonging;
    private final EventBus events;
    private final Settings.Identity identity;
    private final Authority own;
    private final PartitionKey ownKey;

    AccountDirectory(
            Settings.Identity identity, TokenStore store, TokenSaver saver, Belonging belonging, EventBus events) {
        this.clientId = identity.clientId();
        this.store = store;
        this.saver = saver;
        this.belonging = belonging;
        this.events = events;
        this.identity = identity;
        this.own = identity.authority();
        this.ownKey = PartitionKey.application(clientId, belonging.ownName());
    }

    /** Each account of the filter's authority, else of the application's, once per tenant, if the filter matches. */
    public List<Account> accounts(AccountFilter filter) {
        String named = filter.authority();
        Authority authority = named == null ? null : identity.named(named);
        List<Account> found = new ArrayList<>();
        for (PartitionKey key : store.listUsers(clientId)) {
            Partition partition = store.recent(key).partition();
            IssuerBinding binding = partition.issuerBinding();
            if (authority == null ? belonging.isOwn(key, binding) : belonging.isOf(key, binding, authority)) {
                collect(partition, filter, found);
            }
        }
        return found;
    }

    /** The keys under which accounts of the application's own issuer rest. */
    public List<PartitionKey> keys() {
        return store.listUsers(clientId).stream()
                .filter(key ->
                        belonging.isOwn(key, store.recent(key).partition().issuerBinding()))
                .toList();
    }

    /** The account under a key, once per tenant, each with the ID token of this application. */
    public List<Account> accounts(PartitionKey key) {
        return accounts(key, store.recent(key));
    }

    /** As {@link #accounts(PartitionKey)} from memory alone; null if memory does not know. */
    public @Nullable List<Account> peek(PartitionKey key) {
        StoredPartition known = store.peek(key);
        return known == null ? null : accounts(key, known);
    }

    private List<Account> accounts(PartitionKey key, StoredPartition stored) {
        Partition partition = stored.partition();
        if (!partition.isUsedBy(clientId) || !belonging.isOwn(key, partition.issuerBinding())) {
            return List.of();
        }
        return partition.accounts().stream()
                .map(account -> Objects.requireNonNull(partition.account(clientId, account.tenantId())))
                .toList();
    }

    /** The account that matches; of several one of them, and of its tenants the home first. */
    public Optional<Account> account(AccountFilter filter) {
        return filter.isEmpty() ? Optional.empty() : accounts(filter).stream().findFirst();
    }

    /** The active account, as long as it is signed in. */
    public @Nullable Account active() {
        ActiveAccount active = store.recent(ownKey).partition().activeAccount();
        return active == null ? null : signedIn(active, store.recent(active.account()));
    }

    /** As {@link #active} from memory alone; null also if memory does not know. */
    public @Nullable Account peekActive() {
        StoredPartition own = store.peek(ownKey);
        ActiveAccount active = own == null ? null : own.partition().activeAccount();
        StoredPartition known = active == null ? null : store.peek(active.account());
        return active == null || known == null ? null : signedIn(active, known);
    }

    private @Nullable Account signedIn(ActiveAccount active, StoredPartition stored) {
        Partition partition = stored.partition();
        boolean isOurs = partition.isUsedBy(clientId) && belonging.isOwn(active.account(), partition.issuerBinding());
        return isOurs ? partition.account(active.tenantId()) : null;
    }

    /**
     * Makes an account the active one, or none, and tells about it; stored with the tokens.
     *
     * @throws dev.latchkey.core.error.ClientConfigurationException {@code authority_mismatch} for an account of another
     *     issuer: requests that name nobody are for the application's own
     */
    public void activate(@Nullable Account account) {
        if (account != null) {
            belonging.require(account, store.read(account.partitionKey()).partition(), own, "");
        }
        ActiveAccount active = account == null ? null : ActiveAccount.of(account);
        saver.update(ownKey, null, partition -> partition.withActiveAccount(active));
        tell(account, "");
    }

    /** Most programs have one person: the first to sign in is the one that requests without an account are for. */
    void activateIfNone(Account account, String correlationId) {
        if (!belonging.isOf(account, own) || active() != null) {
            return;
        }
        saver.updateOrKeep(ownKey, partition -> partition.withActiveAccount(ActiveAccount.of(account)));
        tell(account, correlationId);
    }

    /** Makes no account the active one if it is this one, in whatever tenant. */
    public void deactivate(PartitionKey key) {
        ActiveAccount active = store.read(ownKey).partition().activeAccount();
        if (active != null && active.account().equals(key)) {
            activate(null);
        }
    }

    private void tell(@Nullable Account active, String correlationId) {
        EventPayload payload = active == null ? new EventPayload.None() : new EventPayload.Concerns(active);
        events.publish(EventType.ACTIVE_ACCOUNT_CHANGED, null, payload, correlationId);
    }

    /** An account belongs to this application only if it holds tokens of this client, or of its family. */
    private void collect(Partition partition, AccountFilter filter, List<Account> found) {
        if (!partition.isUsedBy(clientId)) {
            return;
        }
        for (Account account : partition.accounts()) {
            if (filter.matches(account)) {
                found.add(account);
            }
        }
    }
}
