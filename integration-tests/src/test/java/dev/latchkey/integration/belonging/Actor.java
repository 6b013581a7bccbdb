package dev.latchkey.integration.belonging;

import dev.latchkey.ClientApplication;
import dev.latchkey.PublicClientApplication;

/**
 * An application of a sequence.
 *
 * @param name its name in the list of calls
 * @param own the issuer that it was built for
 * @param app the application
 */
record Actor(String name, Issuer own, ClientApplication app) {
    boolean isPublic() {
        return app instanceof PublicClientApplication;
    }

    PublicClientApplication asPublic() {
        return (PublicClientApplication) app;
    }

    /** Whether an issuer is the application's own, possibly under another tenant or policy. */
    boolean owns(Issuer issuer) {
        return own.owner().equals(issuer.owner());
    }

    @Override
    public String toString() {
        return name;
    }
}
