package dev.latchkey.core.cache;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.discovery.IssuerBinding;
import dev.latchkey.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How other libraries name what we name otherwise, told from the ID tokens in their cache: a plain provider's account by
 * its subject alone or by {@code client_info}, a tenant by the word that stood in the authority's address. Read under our
 * names a person has one entry, whoever wrote it, and no refresh token is spent to find out who they are.
 */
final class ForeignNames {
    private static final Set<String> SHARED_TENANTS = Set.of("common", "organizations", "consumers");

    private final PartitionKey key;
    private final AuthorityType type;
    private final @Nullable IssuerBinding recorded;
    private final JsonObject claims;
    private final Map<String, String> realms = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * The names of one account.
     *
     * @param recorded the issuer, where we wrote the account ourselves
     */
    ForeignNames(PartitionKey key, AuthorityType type, @Nullable IssuerBinding recorded, List<IdTokenEntry> idTokens) {
        this.key = key;
        this.type = type;
        this.recorded = recorded;
        this.claims = idTokens.stream()
                .map(IdTokenEntry::claims)
                .filter(ForeignNames::namesSomebody)
                .findFirst()
                .orElse(JsonObject.EMPTY);
        idTokens.forEach(token -> realms.putIfAbsent(token.realm(), realmOf(token)));
    }

    /** Where we keep the account. */
    PartitionKey key() {
        return isPlain() && recorded == null && namesSomebody(claims)
                ? PartitionKey.user(
                        key.environment(), Account.plainId(claims.string("iss", ""), claims.string("sub", "")))
                : key;
    }

    /** The issuer it is bound to; null if nothing says so. */
    @Nullable
    IssuerBinding binding() {
        if (recorded != null) {
            return recorded;
        }
        if (isPlain()) {
            return namesSomebody(claims) ? new IssuerBinding(claims.string("iss", ""), null) : null;
        }
        return isCloud() ? IssuerBinding.ofCloud(key.environment()) : null;
    }

    /** The tenant that a name stands for; empty at providers that have none. */
    String realm(String name) {
        if (isPlain()) {
            return "";
        }
        String known = realms.get(name);
        if (known != null) {
            return known.equalsIgnoreCase(name) ? name : known;
        }
        boolean isHome = SHARED_TENANTS.contains(LowerCase.of(name));
        return isHome ? key.id().substring(key.id().indexOf('.') + 1) : name;
    }

    /**
     * What other libraries take for the tenant of a plain provider's access tokens, and find them by: a claim of the ID
     * token that names one, else the last segment of the authority's path; at AD FS always its path.
     */
    static String realmAbroad(Partition partition) {
        return partition.accounts().stream()
                .filter(account -> account.authorityType() != AuthorityType.MSSTS)
                .map(account -> realmAbroad(account, partition.idTokens()))
                .findFirst()
                .orElse("");
    }

    private static String realmAbroad(Account account, List<IdTokenEntry> idTokens) {
        String segment = account.issuerBinding()
                .map(binding -> lastSegment(binding.id()))
                .orElse("");
        return account.authorityType() == AuthorityType.ADFS
                ? segment
                : idTokens.stream()
                        .map(IdTokenEntry::claims)
                        .flatMap(claims -> Stream.of("tid", "tfp", "acr").map(name -> claims.string(name, "")))
                        .filter(named -> !named.isEmpty())
                        .findFirst()
                        .orElse(segment);
    }

    private static String lastSegment(String address) {
        String trimmed = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        int host = trimmed.indexOf("://") + 3;
        int last = trimmed.lastIndexOf('/');
        return last < host ? "" : trimmed.substring(last + 1);
    }

    private boolean isPlain() {
        return type != AuthorityType.MSSTS;
    }

    private boolean isCloud() {
        return Clouds.BUILT_IN.knows(key.environment());
    }

    private String realmOf(IdTokenEntry token) {
        // Of our own only Entra's may stand beside another library's: they share the name of the account.
        boolean isOurs = recorded != null && recorded.cloud() == null;
        JsonObject said = token.claims();
        String policy = policy(said);
        String tenant = policy.isEmpty() ? tenant(said) : policy;
        return isOurs || tenant.isEmpty() ? token.realm() : tenant;
    }

    /** The tenant that the issuer stands for. */
    private static String tenant(JsonObject said) {
        String tenant = said.string("tid", "");
        return said.string("iss", "").contains("/" + tenant + "/") ? tenant : "";
    }

    /** B2C keeps its tokens by policy, which not every configuration tells. */
    private static String policy(JsonObject said) {
        String acr = said.string("acr", "");
        boolean isPolicy = acr.regionMatches(true, 0, "b2c_1", 0, 5);
        return said.string("tfp", isPolicy ? acr : "");
    }

    private static boolean namesSomebody(JsonObject claims) {
        return !claims.string("iss", "").isEmpty() && !claims.string("sub", "").isEmpty();
    }
}
