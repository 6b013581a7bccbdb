package dev.latchkey.integration.belonging;

import dev.latchkey.core.discovery.AuthorityKind;

/**
 * A fake issuer.
 *
 * @param address the address that applications use
 * @param kind its kind
 * @param house who may see its tokens: only itself, or for Entra the whole cloud
 * @param owner where its users and clients are registered: the house, or for B2C the tenant that all policies share
 * @param tenant Entra's tenant or B2C's policy, otherwise empty
 * @param name the issuer in its ID tokens
 */
record Issuer(String address, AuthorityKind kind, String house, String owner, String tenant, String name) {
    /** An issuer that shares nothing with others. */
    static Issuer alone(String address, AuthorityKind kind, String name) {
        return new Issuer(address, kind, address, address, "", name);
    }

    boolean is(AuthorityKind other) {
        return kind == other;
    }

    /** Whether it represents many tenants. */
    boolean isShared() {
        return tenant.equals(Places.COMMON);
    }

    @Override
    public String toString() {
        return address;
    }
}
