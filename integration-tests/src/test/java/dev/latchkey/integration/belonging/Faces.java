package dev.latchkey.integration.belonging;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The users that the accounts shown so far may belong to. */
final class Faces {
    private final Map<Account, Set<Face>> byAccount = new LinkedHashMap<>();
    private final Map<PartitionKey, Set<Face>> byKey = new LinkedHashMap<>();

    /**
     * A user at an issuer.
     *
     * @param issuer the issuer
     * @param person the user
     */
    record Face(Issuer issuer, Person person) {}

    void learn(Account account, Face face) {
        byAccount.computeIfAbsent(account, unused -> new LinkedHashSet<>()).add(face);
        byKey.computeIfAbsent(account.partitionKey(), unused -> new LinkedHashSet<>())
                .add(face);
    }

    List<Account> known() {
        return new ArrayList<>(byAccount.keySet());
    }

    /**
     * The users an account may belong to: as it was shown or, in a tenant where it was never seen, by its id across
     * tenants.
     */
    Set<Face> of(Account account) {
        Set<Face> exactly = byAccount.get(account);
        boolean isElsewhere = exactly == null && account.localAccountId().isEmpty();
        return exactly != null
                ? exactly
                : isElsewhere ? byKey.getOrDefault(account.partitionKey(), Set.of()) : Set.of();
    }

    Set<Person> people(Account account) {
        return of(account).stream().map(Face::person).collect(Collectors.toSet());
    }

    Set<String> owners(Account account) {
        return of(account).stream().map(face -> face.issuer().owner()).collect(Collectors.toSet());
    }

    /** The policies that a B2C account may belong to. */
    Set<String> tenants(Account account) {
        return of(account).stream().map(face -> face.issuer().tenant()).collect(Collectors.toSet());
    }
}
