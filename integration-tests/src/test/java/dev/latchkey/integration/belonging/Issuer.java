package dev.latchkey.integration.belonging;

import dev.latchkey.core.discovery.AuthorityKind;

/**
 * A fake issuer.
 *
 * @param address what an application names it by
 * @param kind its shape
 * @param house who may see its tokens: it alone; for Entra the whole cloud
 * @param owner where its people and clients are registered: the house; for B2C the tenant that all policies share
 * @param tenant Entra's tenant, B2C's policy, else empty
 * @param name what its ID tokens call it
 */
record Issuer(String address, AuthorityKind kind, String house, String owner, String tenant, String name) {
    /** An issuer that shares nothing with anybody. */
    static Issuer alone(String address, AuthorityKind kind, String name) {
        return new Issuer(address, kind, address, address, "", name);
    }

    boolean is(AuthorityKind other) {
        return kind == other;
    }

    /** Whether it stands for many tenants. */
    boolean isShared() {
        return tenant.equals(Places.COMMON);
    }

    @Override
    public String toString() {
        return address;
    }
}
