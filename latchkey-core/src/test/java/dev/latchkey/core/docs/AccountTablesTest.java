package dev.latchkey.core.docs;

import static dev.latchkey.core.docs.CacheTablesTest.eachRow;
import static dev.latchkey.core.docs.CacheTablesTest.isYes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountAuthority;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.IssuerBinding;
import dev.latchkey.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs every row of docs/cache.md about accounts. */
class AccountTablesTest {
    private static final Account GUEST = Account.of(
                    PartitionKey.user("host", "u.h"),
                    AuthorityType.MSSTS,
                    new TenantProfile(
                            "guest",
                            "l1",
                            "Ada@Example.com",
                            "Ada",
                            false,
                            "opaque",
                            "s1",
                            "ada@corp",
                            List.of("a@mail")),
                    null)
            .withProfiles(List.of(TenantProfile.of("h", "u", true)));

    @TestFactory
    Stream<DynamicTest> whoAnAccountIs() {
        return eachRow("Who an account is", 0, row -> {
            Account account = Account.of(at(row.get(0)), clientInfo(row.get(1)), claims(row.get(2)), null);

            assertThat(account.homeAccountId()).matches(row.get(3).replace(".digest", "\\.[0-9A-Za-z_-]{16}"));
            assertThat(account.tenantId()).isEqualTo(row.get(4).equals("-") ? "" : row.get(4));
            assertThat(account.profile().isHomeTenant()).isEqualTo(isYes(row.get(5)));
        });
    }

    @TestFactory
    Stream<DynamicTest> filters() {
        return eachRow("Filters of accounts", 0, row -> {
            AccountFilter filter = filter(Parts.words(row.get(0)));

            assertThat(filter.matches(GUEST)).isEqualTo(isYes(row.get(1)));
            assertThat(filter.isEmpty()).isEqualTo(row.get(0).equals("-"));
        });
    }

    private static AccountAuthority at(String kind) {
        String address =
                switch (AuthorityKind.valueOf(kind)) {
                    case ENTRA -> "https://e/common";
                    case CIAM -> "https://c/tenant";
                    case B2C -> "https://b/tenant/p";
                    case ADFS -> "https://a/adfs";
                    case OIDC, OAUTH -> "https://a";
                };
        Authority authority = Authority.of(address, AuthorityKind.valueOf(kind));
        return new AccountAuthority(authority, authority.host(), new IssuerBinding(address, address));
    }

    private static AccountFilter filter(Map<String, String> parts) {
        AccountFilter.Builder filter = AccountFilter.builder();
        parts.forEach((name, value) -> {
            switch (name) {
                case "home" -> filter.homeAccountId(value);
                case "local" -> filter.localAccountId(value);
                case "tenant" -> filter.tenantId(value);
                case "realm" -> filter.realm(value);
                case "user" -> filter.username(value);
                case "hint" -> filter.loginHint(value);
                case "sid" -> filter.sid(value);
                case "name" -> filter.name(value);
                case "environment" -> filter.environment(value);
                case "type" -> filter.authorityType(AuthorityType.valueOf(value));
                case "athome" -> filter.isHomeTenant(Boolean.valueOf(value));
                default -> throw new IllegalArgumentException(name);
            }
        });
        return filter.build();
    }

    private static ClientInfo clientInfo(String cell) {
        String[] parts = cell.split("\\.");
        return parts.length == 2 ? new ClientInfo(parts[0], parts[1]) : null;
    }

    private static JsonObject claims(String cell) {
        return JsonObject.of(Parts.words(cell));
    }
}
