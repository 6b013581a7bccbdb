package dev.latchkey.integration.foreign;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.PopupRequest;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.UnifiedCache;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.http.JdkHttpTransport;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.ScriptedUserAgent;
import java.util.LinkedHashMap;
import java.util.Map;

/** Latchkey's side of a cache file that two libraries share. */
final class CacheExchange {
    private CacheExchange() {}

    static PublicClientApplication application(LocalAuthority authority, SharedRealm realm, TokenStore store) {
        return PublicClientApplication.builder(LocalAuthority.DEFAULT_CLIENT_ID)
                .authority(realm.address(authority).toString(), realm.kind)
                .transport(JdkHttpTransport.trusting(authority.sslContext()))
                .userAgent(ScriptedUserAgent.of(authority.person(SignIn.ALICE)))
                .store(store)
                .build();
    }

    static AuthenticationResult signIn(LocalAuthority authority, SharedRealm realm, TokenStore store, String scope) {
        try (PublicClientApplication application = application(authority, realm, store)) {
            return application.blocking().loginPopup(PopupRequest.of(scope));
        }
    }

    static void load(String cache, TokenStore store) throws JsonException {
        UnifiedCache.read(cache).forEach((key, partition) -> store.write(key, 0, partition, null));
    }

    static String export(TokenStore store) {
        Map<PartitionKey, Partition> all = new LinkedHashMap<>();
        store.list().forEach(key -> all.put(key, store.read(key).partition()));
        return UnifiedCache.write(all);
    }
}
