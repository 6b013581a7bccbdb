package dev.latchkey.integration.belonging;

import dev.latchkey.ClientApplication;
import dev.latchkey.PublicClientApplication;

/**
 * An application of a sequence.
 *
 * @param name what the calls' list names it by
 * @param own the issuer it was built for
 * @param app the application
 */
record Actor(String name, Issuer own, ClientApplication app) {
    boolean isPublic() {
        return app instanceof PublicClientApplication;
    }

    PublicClientApplication asPublic() {
        return (PublicClientApplication) app;
    }

    /** Whether an issuer is the own one, be it under another tenant or policy. */
    boolean owns(Issuer issuer) {
        return own.owner().equals(issuer.owner());
    }

    @Override
    public String toString() {
        return name;
    }
}
