package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.CacheLookupPolicy;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.RedirectRequest;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page's parameters are used in the request, as far as pages may set them. */
final class PageRequestsTest {
    private static final URI CALLBACK = URI.create("https://site.example/latchkey/callback");
    private static final String OWN = "https://login.microsoftonline.com/22222222-2222-2222-2222-222222222222";
    private static final String HOME = "11111111-1111-1111-1111-111111111111";

    private static final PublicClientApplication APPLICATION =
            PublicClientApplication.builder("client").authority(OWN).build();
    private final PageRequests requests = new PageRequests(APPLICATION, false);
    private final PageRequests ofAnyTenant = new PageRequests(APPLICATION, true);

    /** An account of another tenant, which would be the default of a request without an authority. */
    private final Account guest = Account.of(
            PartitionKey.user("login.windows.net", "1." + HOME),
            AuthorityType.MSSTS,
            TenantProfile.of(HOME, "1", true),
            null);

    private static JsonObject json(String text) {
        try {
            return Json.parseObject(text.replace('\'', '"'));
        } catch (JsonException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private void assertRefused(PageRequests by, JsonObject json, String code) {
        assertThatThrownBy(() -> by.interactive(json, guest, CALLBACK))
                .as("asking the person: " + json.asMap())
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(code);
                    assertThat(refusal.status()).isEqualTo(400);
                });
    }

    private void assertRefusedSilently(PageRequests by, JsonObject json, String code) {
        assertThatThrownBy(() -> by.silent(json, guest))
                .as("without asking: " + json.asMap())
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void authority_thatIsTheApplications_isAskedThoughTheAccountIsOfAnotherTenant() {
        JsonObject json = JsonObject.of(Map.of("authority", OWN + "/"));

        assertThat(requests.silent(json, guest).authority()).contains(OWN);
        assertThat(requests.interactive(json, guest, CALLBACK).authority()).contains(OWN);
        assertThat(ofAnyTenant.silent(json, guest).authority()).contains(OWN);
    }

    @Test
    void authority_thatIsNotNamed_isLeftToTheAccount() {
        assertThat(requests.silent(JsonObject.EMPTY, guest).authority()).isEmpty();
        assertThat(ofAnyTenant.interactive(JsonObject.EMPTY, guest, CALLBACK).authority())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/" + HOME,
                "http://login.microsoftonline.com/" + HOME,
                "https://login.microsoftonline.com.evil.example/" + HOME,
                "https://evil.example@login.microsoftonline.com/" + HOME,
                "https://login.microsoftonline.com:444/" + HOME,
                "https://login.microsoftonline.us/" + HOME,
                "https://accounts.google.com",
                "login.microsoftonline.com/" + HOME,
                "javascript:alert(1)",
                "//evil.example/",
                " ",
                ""
            })
    void authority_ofAnotherIssuer_isRefusedEvenWhereTenantsMayBeChosen(String authority) {
        JsonObject json = JsonObject.of(Map.of("authority", authority));

        for (PageRequests by : new PageRequests[] {requests, ofAnyTenant}) {
            assertRefused(by, json, "untrusted_authority");
            assertRefusedSilently(by, json, "untrusted_authority");
        }
    }

    @Test
    void authority_ofAnotherTenant_isForThoseWhoMayChoose() {
        JsonObject json = JsonObject.of(Map.of("authority", "https://login.microsoftonline.com/" + HOME));

        assertRefused(requests, json, "untrusted_authority");
        assertRefusedSilently(requests, json, "untrusted_authority");
        assertThat(ofAnyTenant.interactive(json, guest, CALLBACK).authority())
                .contains("https://login.microsoftonline.com/" + HOME);
    }

    @Test
    void tenant_ofTheAccount_isForEverybodyAndAnotherForThoseWhoMayChoose() {
        JsonObject own = JsonObject.of(Map.of("tenantId", HOME));
        JsonObject other = JsonObject.of(Map.of("tenantId", "fabrikam-1_2.example"));

        assertThat(requests.silent(own, guest).tenantId()).contains(HOME);
        assertThat(requests.interactive(own, guest, CALLBACK).tenantId()).contains(HOME);
        assertThatThrownBy(() -> requests.interactive(own, null, CALLBACK)).isInstanceOf(Refusal.class);
        assertRefused(requests, other, "untrusted_authority");
        assertRefusedSilently(requests, other, "untrusted_authority");
        assertThat(ofAnyTenant.silent(other, guest).tenantId()).contains("fabrikam-1_2.example");
        assertThat(ofAnyTenant.interactive(other, null, CALLBACK).tenantId()).contains("fabrikam-1_2.example");
        assertThat(requests.silent(JsonObject.of(Map.of("tenantId", "")), guest).tenantId())
                .isEmpty();
    }

    @Test
    void tenant_thatCannotBeOne_isRefused() {
        for (String tenant :
                new String[] {"a/../b", "a/b", "a?b", "a#b", "a@b", "a:1", "a b", "\u00e4", "a%2f", "x".repeat(129)}) {
            assertRefused(ofAnyTenant, JsonObject.of(Map.of("tenantId", tenant)), "untrusted_authority");
        }
        assertThat(ofAnyTenant
                        .silent(JsonObject.of(Map.of("tenantId", "x".repeat(128))), guest)
                        .tenantId())
                .isPresent();
    }

    @Test
    void request_withEverything_asksForEachOfIt() {
        RedirectRequest asked = requests.interactive(
                json("{'scopes':['User.Read'],'extraScopesToConsent':['Mail.Read'],'prompt':'login','loginHint':'a@b',"
                        + "'domainHint':'b','maxAge':60,'claims':'{}','resource':'https://api.example/','state':'mine',"
                        + "'correlationId':'call-7','extraQueryParameters':{'acr_values':'gold'},"
                        + "'extraParameters':{'dc':'eu'}}"),
                guest,
                CALLBACK);

        assertThat(asked.scopes().values()).containsExactly("User.Read");
        assertThat(asked.extraScopesToConsent().values()).containsExactly("Mail.Read");
        assertThat(asked.account()).contains(guest);
        assertThat(asked.prompt()).contains("login");
        assertThat(asked.loginHint()).contains("a@b");
        assertThat(asked.domainHint()).contains("b");
        assertThat(asked.maxAge()).contains(Duration.ofSeconds(60));
        assertThat(asked.claims()).contains("{}");
        assertThat(asked.resource()).contains("https://api.example/");
        assertThat(asked.state()).contains("mine");
        assertThat(asked.correlationId()).contains("call-7");
        assertThat(asked.extraQueryParameters()).isEqualTo(Map.of("acr_values", "gold"));
        assertThat(asked.extraParameters()).isEqualTo(Map.of("dc", "eu"));
    }

    @Test
    void silentRequest_withEverything_asksForEachOfIt() {
        SilentRequest asked = requests.silent(
                json("{'scopes':['User.Read'],'claims':'{}','resource':'https://api.example/','state':'mine',"
                        + "'correlationId':'call-7','cacheLookupPolicy':1,'extraParameters':{'dc':'eu'}}"),
                guest);

        assertThat(asked.scopes().values()).containsExactly("User.Read");
        assertThat(asked.account()).contains(guest);
        assertThat(asked.claims()).contains("{}");
        assertThat(asked.resource()).contains("https://api.example/");
        assertThat(asked.state()).contains("mine");
        assertThat(asked.correlationId()).contains("call-7");
        assertThat(asked.cacheLookupPolicy()).isEqualTo(CacheLookupPolicy.ACCESS_TOKEN);
        assertThat(asked.extraParameters()).isEqualTo(Map.of("dc", "eu"));
    }

    @ParameterizedTest
    @CsvSource({
        "{},DEFAULT",
        "{'cacheLookupPolicy':0},DEFAULT",
        "{'cacheLookupPolicy':5},SKIP",
        "{'forceRefresh':true},REFRESH_TOKEN_AND_NETWORK",
        "{'forceRefresh':false},DEFAULT"
    })
    void policy_isThatOfTheFieldsNumbers(String text, CacheLookupPolicy expected) {
        assertThat(requests.silent(json(text), guest).cacheLookupPolicy()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 6, Long.MAX_VALUE, Long.MIN_VALUE})
    void policy_thatIsNone_isRefused(long number) {
        assertRefusedSilently(requests, JsonObject.of(Map.of("cacheLookupPolicy", number)), "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 36_500L * 86_400 + 1, Long.MAX_VALUE, Long.MIN_VALUE})
    void maxAge_thatCannotBe_isRefused(long seconds) {
        assertRefused(requests, JsonObject.of(Map.of("maxAge", seconds)), "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 36_500L * 86_400})
    void maxAge_atItsBounds_isAskedFor(long seconds) {
        assertThat(requests.interactive(JsonObject.of(Map.of("maxAge", seconds)), guest, CALLBACK)
                        .maxAge())
                .contains(Duration.ofSeconds(seconds));
    }

    @Test
    void maxAge_thatIsNotNamed_isNotAskedFor() {
        assertThat(requests.interactive(JsonObject.EMPTY, guest, CALLBACK).maxAge())
                .isEmpty();
    }

    @Test
    void state_longerThanItMayBe_isRefused() {
        assertThat(requests.interactive(JsonObject.of(Map.of("state", "s".repeat(2048))), guest, CALLBACK)
                        .state())
                .isPresent();
        assertRefused(requests, JsonObject.of(Map.of("state", "s".repeat(2049))), "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "request_uri", "registration"})
    void requestObject_whichWouldReplaceOurs_isRefused(String name) {
        JsonObject json = JsonObject.of(Map.of("extraQueryParameters", Map.of(name, "x")));

        assertRefused(ofAnyTenant, json, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'scopes':['a b']}", "{'extraScopesToConsent':['\\u00e4']}"})
    void whatCannotBeAskedFor_isThePagesMistake(String text) {
        assertRefused(requests, json(text), "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"call-7", "Az09-", "0123456789012345678901234567890123456789012345678901234567890123"})
    void correlationId_ofLettersAndDigits_isTaken(String id) {
        assertThat(requests.silent(JsonObject.of(Map.of("correlationId", id)), guest)
                        .correlationId())
                .contains(id);
    }

    /** The id is logged. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a\nb",
                "a_b",
                "/",
                ":",
                "@",
                "[",
                "`",
                "{",
                "\u00e4",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void correlationId_ofAnythingElse_isPassedOver(String id) {
        assertThat(requests.silent(JsonObject.of(Map.of("correlationId", id)), guest)
                        .correlationId())
                .isEmpty();
    }
}
