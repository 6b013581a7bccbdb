package dev.latchkey.integration.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.latchkey.AuthenticationResult;
import dev.latchkey.SilentRequest;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Latchkey and msal-node each sign in at every kind of authority and hand their cache to the other. */
final class MsalNodeCacheExchangeTest {
    private static final String SCOPE = "User.Read";

    @TempDir
    static Path folder;

    private static LocalAuthority authority;
    private static MsalNode node;

    @BeforeAll
    static void start() throws Exception {
        authority = LocalAuthority.builder().https().namedLocalhost().start();
        node = MsalNode.start(authority, folder);
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
        if (authority != null) {
            authority.close();
        }
    }

    @BeforeEach
    void reset() {
        authority.reset();
    }

    @ParameterizedTest
    @EnumSource
    void theirCache_weServeItThenRefresh(SharedRealm realm) throws Exception {
        JsonObject theirs = signIn(realm);
        TokenStore store = MemoryTokenStore.create();
        CacheExchange.load(theirs.string("cache"), store);

        try (var latchkey = CacheExchange.application(authority, realm, store)) {
            assertThat(latchkey.blocking().accounts()).hasSize(1);
            Account account = latchkey.blocking().accounts().get(0);
            SilentRequest request =
                    SilentRequest.builder(SCOPE).account(account).build();
            AuthenticationResult cached = latchkey.blocking().acquireTokenSilent(request);
            AuthenticationResult renewed = latchkey.blocking()
                    .acquireTokenSilent(request.toBuilder().forceRefresh().build());

            assertThat(account.username()).isEqualTo(SignIn.ALICE);
            assertThat(cached.accessToken()).isEqualTo(theirs.string("accessToken"));
            assertThat(renewed.fromCache()).isFalse();
            assertThat(latchkey.blocking().accounts()).containsExactly(account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ourCache_theyServeItThenRefresh(SharedRealm realm) throws Exception {
        TokenStore store = MemoryTokenStore.create();
        AuthenticationResult ours = CacheExchange.signIn(authority, realm, store, SCOPE);

        JsonObject served = node.ask(request("load", realm, Map.of("cache", CacheExchange.export(store))));

        assertThat(served.number("accounts")).isEqualTo(1L);
        assertThat(served.string("username")).isEqualTo(SignIn.ALICE);
        assertThat(served.string("accessToken")).isEqualTo(ours.accessToken());
        assertThat(served.string("renewed")).isNotEqualTo(ours.accessToken());
    }

    private static JsonObject signIn(SharedRealm realm) throws Exception {
        CodeVerifier verifier = new CodeVerifier();
        String challenge =
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue();
        JsonObject begun = node.ask(request("address", realm, Map.of("challenge", challenge)));
        String code = SignIn.codeFor(authority, URI.create(begun.string("address", "")));
        return node.ask(request("code", realm, Map.of("code", code, "verifier", verifier.getValue())));
    }

    private static Map<String, Object> request(String step, SharedRealm realm, Map<String, Object> more) {
        Map<String, Object> request = new HashMap<>(more);
        request.put("step", step);
        request.put("name", realm.name());
        request.put("clientId", LocalAuthority.DEFAULT_CLIENT_ID);
        request.put("authority", realm.address(authority).toString());
        request.put("oidc", realm.kind == AuthorityKind.OIDC);
        return request;
    }
}
