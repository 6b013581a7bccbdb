package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.PublicClientApplication;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a page names is what is asked for. */
final class PageRequestsTest {
    private static final String OWN = "https://login.microsoftonline.com/22222222-2222-2222-2222-222222222222";

    private final PublicClientApplication application =
            PublicClientApplication.builder("client").authority(OWN).build();
    private final PageRequests requests = new PageRequests(application, false);

    /** Somebody of another tenant, in which a request that names no authority would be. */
    private final Account guest = Account.of(
            PartitionKey.user("login.windows.net", "1.11111111-1111-1111-1111-111111111111"),
            AuthorityType.MSSTS,
            TenantProfile.of("11111111-1111-1111-1111-111111111111", "1", true),
            null);

    @Test
    void authority_thatIsTheApplications_isAskedThoughTheAccountIsOfAnotherTenant() {
        JsonObject json = JsonObject.of(Map.of("authority", OWN + "/"));

        assertThat(requests.silent(json, guest).authority()).contains(OWN);
        assertThat(requests.interactive(json, guest).authority()).contains(OWN);
    }

    @Test
    void authority_thatIsNotNamed_isLeftToTheAccount() {
        assertThat(requests.silent(JsonObject.EMPTY, guest).authority()).isEmpty();
    }
}
