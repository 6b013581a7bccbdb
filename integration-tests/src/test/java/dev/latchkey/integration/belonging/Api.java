package dev.latchkey.integration.belonging;

import dev.latchkey.LogoutRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountAuthority;
import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.IssuerBinding;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of the API whose exact form matters only in one place of this test. */
final class Api {
    private Api() {}

    /** A sign-out; mostly without naming an authority. */
    static LogoutRequest logout(Account account, @Nullable String authority, boolean revoke, boolean idTokenHint) {
        return LogoutRequest.builder(account)
                .authority(authority)
                .postLogoutRedirectUri(URI.create("https://app.example.test/bye"))
                .revoke(revoke)
                .idTokenHint(idTokenHint)
                .build();
    }

    /** A user's account at an issuer, as built by an application that kept the claims. */
    static Account account(Issuer issuer, Person person, Habits habits) {
        Map<String, Object> claims = IdTokens.claims(issuer, person, habits, Instant.EPOCH);
        Map<String, String> info = Places.clientInfo(issuer, person);
        return Account.of(
                at(issuer),
                person.utid().isEmpty() ? null : new ClientInfo(info.get("uid"), info.get("utid")),
                JsonObject.of(claims),
                null);
    }

    private static AccountAuthority at(Issuer issuer) {
        Authority authority = Authority.of(issuer.address(), issuer.kind());
        IssuerBinding binding = issuer.is(AuthorityKind.ENTRA)
                ? IssuerBinding.ofCloud(environment(issuer))
                : new IssuerBinding(issuer.name(), IssuerBinding.addressOf(authority));
        return new AccountAuthority(authority, environment(issuer), binding);
    }

    /** The same account, built from the parts that an application may have kept. */
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
}
