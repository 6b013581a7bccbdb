package dev.latchkey.authority.authorize;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.realm.Realm;
import java.util.Optional;

/** Where an answer goes. Exists only for a registered redirect URI. */
record ReplyAddress(Realm realm, Client client, String redirectUri, ResponseMode mode, Optional<String> state) {
    /** The same address, answered in another way. */
    ReplyAddress mode(ResponseMode mode) {
        return new ReplyAddress(realm, client, redirectUri, mode, state);
    }
}
