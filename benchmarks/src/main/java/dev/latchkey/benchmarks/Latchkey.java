package dev.latchkey.benchmarks;

import dev.latchkey.PublicClientApplication;
import dev.latchkey.PublicClientApplicationBuilder;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.cache.UnifiedCache;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.time.Instant;
import java.util.List;

/** Latchkey with a cache of many people. */
final class Latchkey {
    private Latchkey() {}

    /** An application as a user would build it, over a store. */
    static PublicClientApplicationBuilder application(TokenStore store, HttpTransport transport) {
        return PublicClientApplication.builder(Person.CLIENT)
                .authority(Person.AUTHORITY)
                .store(store)
                .transport(transport);
    }

    /** As if each person had signed in here and got three tokens one after the other: nothing is shared by chance. */
    static MemoryTokenStore signedIn(int people, Instant now, Instant expiresOn) {
        MemoryTokenStore store =
                MemoryTokenStore.builder().maximumSize(Math.max(people, 1) + 1).build();
        signIn(store, people, now, expiresOn);
        return store;
    }

    /** As {@link #signedIn}, into any store. */
    static void signIn(TokenStore store, int people, Instant now, Instant expiresOn) {
        for (int i = 0; i < people; i++) {
            Person person = new Person(i);
            Partition partition = Partition.EMPTY;
            for (int which = 0; which < Person.SCOPES.length; which++) {
                partition = partition.save(record(person, account(person), which, now, expiresOn), now);
            }
            store.write(partition.accounts().get(0).partitionKey(), 0, partition, null);
        }
    }

    /** A file of the unified schema, read into a store. */
    static MemoryTokenStore loaded(String json, int people) {
        MemoryTokenStore store =
                MemoryTokenStore.builder().maximumSize(people + 1).build();
        try {
            UnifiedCache.read(json).forEach((key, partition) -> store.write(key, 0, partition, null));
        } catch (JsonException e) {
            throw new IllegalStateException(e);
        }
        return store;
    }

    /** For each account a request for one of its tokens, the way an application would keep it. */
    static SilentRequest[] requests(List<Account> accounts) {
        SilentRequest[] requests = new SilentRequest[accounts.size()];
        for (int i = 0; i < requests.length; i++) {
            requests[i] =
                    SilentRequest.builder(scope(i)).account(accounts.get(i)).build();
        }
        return requests;
    }

    static String scope(int i) {
        return Person.SCOPES[i % Person.SCOPES.length];
    }

    private static Account account(Person person) {
        TenantProfile profile = new TenantProfile(
                fresh(Person.TENANT), person.uid(), person.username(), "Person", true, null, null, null, List.of());
        return Account.of(
                PartitionKey.user(Person.CACHE_HOST, person.homeAccountId()), AuthorityType.MSSTS, profile, null);
    }

    private static TokenRecord record(Person person, Account account, int which, Instant now, Instant expiresOn) {
        AccessTokenEntry accessToken = AccessTokenEntry.builder(
                        Person.CLIENT,
                        account.tenantId(),
                        Scopes.parse(Person.GRANTED[which]),
                        Secret.of(person.accessToken(which)))
                .valid(now, expiresOn)
                .build();
        return new TokenRecord(
                account,
                new IdTokenEntry(Person.CLIENT, account.tenantId(), Secret.of(person.idToken())),
                accessToken,
                new RefreshTokenEntry(Person.CLIENT, null, Secret.of(person.refreshToken()), null),
                null);
    }

    /** A parser gives every answer its own strings. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    private static String fresh(String text) {
        return new String(text);
    }
}
