package dev.latchkey.web;

import dev.latchkey.ClientApplication;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountAuthority;
import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.IdTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.ManualScheduler;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A site with signed-in users and cached tokens: no container, authority or network. */
final class BareSite {
    static final String CLIENT = "client";
    static final String TENANT = "22222222-2222-2222-2222-222222222222";
    static final String AUTHORITY = "https://login.microsoftonline.com/" + TENANT;
    static final String ORIGIN = "https://www.example.com";

    final VirtualClock clock = VirtualClock.at(Instant.ofEpochSecond(1_800_000_000));
    final ManualScheduler scheduler = ManualScheduler.on(clock);
    final TokenStore tokens = MemoryTokenStore.builder().clock(clock).build();
    final TokenStore sessions = MemoryTokenStore.builder().clock(clock).build();
    final ClientApplication application = PublicClientApplication.builder(CLIENT)
            .authority(AUTHORITY)
            .clock(clock)
            .store(tokens)
            .transport((message, timeout) -> {
                throw new IOException("there is no network");
            })
            .build();
    final LatchkeyWeb web;
    final LatchkeyServlet servlet;

    BareSite(UnaryOperator<LatchkeyWebBuilder> settings) {
        web = settings.apply(LatchkeyWeb.builder(application)
                        .workers(Runnable::run)
                        .scheduler(scheduler)
                        .clock(clock)
                        .sessionStore(sessions))
                .build();
        servlet = web.servlet();
    }

    BareSite() {
        this(settings -> settings);
    }

    /** An account whose token for {@code User.Read} is {@code token of <name>}. */
    Account person(String name) {
        Secret idToken = idToken(name);
        Account account = Account.of(
                AccountAuthority.ofCloud("login.windows.net"), new ClientInfo(name, TENANT), claims(name), idToken);
        save(account, token("token of " + name).build());
        return account;
    }

    static AccessTokenEntry.Builder token(String secret) {
        Instant now = Instant.ofEpochSecond(1_800_000_000);
        return AccessTokenEntry.builder(CLIENT, TENANT, Scopes.parse("User.Read"), Secret.of(secret))
                .valid(now, now.plusSeconds(3600));
    }

    void save(Account account, AccessTokenEntry token) {
        var stored = tokens.read(account.partitionKey());
        TokenRecord record = new TokenRecord(
                account, new IdTokenEntry(CLIENT, TENANT, account.idToken().orElseThrow()), token, null, null);
        Partition next = stored.partition().save(record, clock.instant());
        if (!tokens.write(account.partitionKey(), stored.version(), next, null)) {
            throw new IllegalStateException("somebody else writes");
        }
    }

    private static JsonObject claims(String name) {
        return JsonObject.of(Map.of(
                "iss", AUTHORITY + "/v2.0", "sub", name, "oid", name, "tid", TENANT, "preferred_username", name));
    }

    private static Secret idToken(String name) {
        byte[] claims = Json.write(claims(name)).getBytes(StandardCharsets.UTF_8);
        return Secret.of("e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims) + ".c2ln");
    }

    /** A session of these accounts, the first one active. */
    SessionId session(Account... people) {
        SessionData data = SessionData.EMPTY;
        for (Account account : people) {
            data = data.with(AccountRef.of(account));
        }
        return web.sessions().create(data);
    }

    Call get(String path) {
        return Call.get(ORIGIN + "/latchkey" + path).header("X-Latchkey", "1");
    }

    Call post(String path, String json) {
        return Call.post(ORIGIN + "/latchkey" + path, json).header("X-Latchkey", "1");
    }

    Call of(@Nullable SessionId id, Call call) {
        return id == null ? call : call.cookie(web.cookie().name(), id.value());
    }

    Call serve(Call call) throws IOException {
        servlet.service(call.request(), call.response());
        return call;
    }
}
