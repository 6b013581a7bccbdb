package dev.latchkey.core.account;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.json.WellFormed;

/**
 * The key of one cache partition, which holds everything that belongs to one principal. Tokens of users, tokens of an
 * application and tokens obtained on behalf of a user never share a key.
 *
 * <p>Environments compare ignoring case (they are host names); account ids compare exactly, because a {@code sub} is
 * case-sensitive (OpenID Connect Core section 2). Both are well-formed text, so that different keys differ in every
 * encoding, because stores derive file names, rows and digests from them. Immutable; the hash is computed once.
 */
public final class PartitionKey {
    /** The kind of principal. */
    public enum Kind {
        /** A user: account, ID tokens, access tokens, refresh tokens. */
        USER("user"),
        /** An application's own state, such as its active account; no tokens. */
        APPLICATION("app"),
        /** Tokens that an application acquired for itself. */
        APPLICATION_TOKENS("apptokens"),
        /** Tokens that a middle tier acquired with one caller's assertion. */
        ON_BEHALF_OF("obo"),
        /** Other data that an application keeps, such as a web session. */
        BLOB("blob");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        private static Kind ofPrefix(String prefix) {
            for (Kind kind : values()) {
                if (kind.prefix.equals(prefix)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("not a partition key: unknown kind");
        }
    }

    private final Kind kind;
    private final String environment;
    private final String id;
    private final int hash;

    private PartitionKey(Kind kind, String environment, String id) {
        if (id.isEmpty() || environment.indexOf('|') >= 0) {
            throw new IllegalArgumentException("a partition key needs an id, and an environment without '|'");
        }
        if (!WellFormed.isText(id) || !WellFormed.isText(environment)) {
            throw new IllegalArgumentException("a partition key needs text: it holds half a character");
        }
        this.kind = kind;
        this.environment = LowerCase.of(environment);
        this.id = id;
        this.hash = (kind.prefix.hashCode() * 31 + this.environment.hashCode()) * 31 + id.hashCode();
    }

    /** The partition of a user's account. */
    public static PartitionKey user(String environment, String homeAccountId) {
        return new PartitionKey(Kind.USER, environment, homeAccountId);
    }

    /**
     * The partition of an application's own state. A client id is unique only within its issuer: the same id at another
     * issuer is a different application.
     *
     * @param issuer the name of the issuer, as returned by {@link SameIssuer#nameOf}
     */
    public static PartitionKey application(String clientId, String issuer) {
        if (issuer.indexOf('|') >= 0) {
            throw new IllegalArgumentException("an issuer holds no '|'");
        }
        return application(clientId + '|' + issuer);
    }

    /** The partition of an application's own state, by the {@link #id()} of its key. */
    public static PartitionKey application(String id) {
        return new PartitionKey(Kind.APPLICATION, "", id);
    }

    /** The partition of the tokens that an application acquired for itself. */
    public static PartitionKey applicationTokens(String environment, String clientId) {
        return new PartitionKey(Kind.APPLICATION_TOKENS, environment, clientId);
    }

    /**
     * The partition of the tokens that a middle tier acquired with one assertion.
     *
     * @param assertionHash a digest of the incoming assertion, never the assertion itself
     */
    public static PartitionKey onBehalfOf(String environment, String assertionHash) {
        return new PartitionKey(Kind.ON_BEHALF_OF, environment, assertionHash);
    }

    /**
     * The partition of a blob.
     *
     * @param id the name of the blob, or a digest of it if knowing the name grants access
     */
    public static PartitionKey blob(String id) {
        return new PartitionKey(Kind.BLOB, "", id);
    }

    /**
     * Parses a key from its {@link #value()}.
     *
     * @throws IllegalArgumentException if the text is not a key
     */
    public static PartitionKey parse(String value) {
        String[] parts = value.split("\\|", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a partition key");
        }
        return new PartitionKey(Kind.ofPrefix(parts[0]), parts[1], parts[2]);
    }

    /** The kind of principal. */
    public Kind kind() {
        return kind;
    }

    /** The authority's host that names the cache environment, in lower case; empty for an application's own state. */
    public String environment() {
        return environment;
    }

    /** The id that distinguishes principals of one kind: home account id, client id or digest of the assertion. */
    public String id() {
        return id;
    }

    /** The key as one string, different for different keys; built on each call. May contain any character of the id. */
    public String value() {
        return kind.prefix + '|' + environment + '|' + id;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof PartitionKey that
                        && hash == that.hash
                        && kind == that.kind
                        && id.equals(that.id)
                        && environment.equals(that.environment));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** For display only; two keys may look alike. */
    @Override
    public String toString() {
        return PrintableText.of(value());
    }
}
