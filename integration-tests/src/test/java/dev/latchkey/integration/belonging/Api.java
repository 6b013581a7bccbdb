package dev.latchkey.integration.belonging;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.ClientApplication;
import dev.latchkey.LogoutRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The parts of the API whose form matters to this test in one place only. */
final class Api {
    private Api() {}

    /** The answer of a sign-in that this application or another began, and where it came to. */
    static CompletableFuture<AuthenticationResult> handleRedirect(ClientApplication app, Begun begun, Landing came) {
        return app.handleRedirect(begun.signIn().saved(), came.answer());
    }

    /** A sign-out; the authority is for an API that can be told of which. */
    static LogoutRequest logout(Account account, @Nullable String authority, boolean revoke, boolean idTokenHint) {
        return new LogoutRequest(
                account,
                Optional.of(URI.create("https://app.example.test/bye")),
                Optional.empty(),
                Optional.empty(),
                revoke,
                idTokenHint);
    }

    /** The account of somebody at an issuer, as an application would make it that kept the claims. */
    static Account account(Issuer issuer, Person person, Habits habits) {
        Map<String, Object> claims = IdTokens.claims(issuer, person, habits, Instant.EPOCH);
        Map<String, String> info = Places.clientInfo(issuer, person);
        return Account.of(
                environment(issuer),
                type(issuer),
                person.utid().isEmpty() ? null : new ClientInfo(info.get("uid"), info.get("utid")),
                JsonObject.of(claims),
                null);
    }

    /** The same account, put together from the parts that an application may have kept. */
    static Account rebuilt(Account account) {
        return Account.of(
                PartitionKey.parse(account.partitionKey().value()),
                account.authorityType(),
                TenantProfile.of(account.tenantId(), account.localAccountId(), true),
                null);
    }

    private static String environment(Issuer issuer) {
        return switch (issuer.kind()) {
            case ENTRA -> "login.windows.net";
            default -> URI.create(issuer.address()).getAuthority();
        };
    }

    private static AuthorityType type(Issuer issuer) {
        return switch (issuer.kind()) {
            case ENTRA, B2C, CIAM -> AuthorityType.MSSTS;
            case ADFS -> AuthorityType.ADFS;
            case OIDC -> AuthorityType.GENERIC;
        };
    }
}
