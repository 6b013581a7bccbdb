package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.TestClient.Answer;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.authority.person.Visit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClaimsTest {
    private static final String PASSWORD = "urn:latchkey:acr:password";

    private final LocalAuthority idp = LocalAuthority.builder()
            .user(User.of("alice@contoso.example", "secret"))
            .user(User.of("bob@contoso.example", "secret")
                    .displayName("Bob van Dam")
                    .claim("phone_number", "+31")
                    .claim("department", "Sales"))
            .start();
    private final TestClient oidc = TestClient.oidc(idp);

    @AfterEach
    void stop() {
        idp.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openid         | sub",
                "openid profile | sub name family_name given_name middle_name nickname preferred_username profile picture"
                        + " website gender birthdate zoneinfo locale updated_at",
                "openid email   | sub email email_verified",
                "openid address | sub address",
                "openid phone   | sub phone_number phone_number_verified",
            })
    void userInfo_hasTheClaimsOfItsScopes(String scope, String names) {
        Map<String, Object> claims = userInfo(oidc.tokens(idp, "scope", scope));

        assertThat(claims.keySet()).containsExactlyInAnyOrder(names.split(" "));
    }

    @Test
    void claimsOfAPerson_haveTheTypesOfTheSpecification() {
        Map<String, Object> claims = userInfo(oidc.tokens(idp, "scope", "openid profile email address phone"));

        assertThat(claims)
                .containsEntry("name", "Alice")
                .containsEntry("given_name", "Alice")
                .containsEntry("email", "alice@contoso.example")
                .containsEntry("email_verified", true)
                .containsEntry("phone_number_verified", true);
        assertThat(claims.get("updated_at")).isInstanceOf(Number.class);
        assertThat(claims.get("phone_number")).asString().matches("\\+[0-9]{8,15}");
        assertThat((Map<?, ?>) claims.get("address"))
                .extracting(Map::keySet)
                .isEqualTo(Set.of("formatted", "street_address", "locality", "region", "postal_code", "country"));
    }

    @Test
    void claimsGivenToAPerson_takeThePlaceOfThoseMadeUp_andFollowTheirScope() {
        Answer few = tokensOfBob("openid");
        Answer all = tokensOfBob("openid profile phone");

        assertThat(userInfo(few)).containsEntry("department", "Sales").doesNotContainKey("phone_number");
        assertThat(TestClient.claims(few.text("id_token")))
                .containsEntry("department", "Sales")
                .doesNotContainKeys("phone_number", "name");
        assertThat(userInfo(all))
                .containsEntry("phone_number", "+31")
                .containsEntry("given_name", "Bob")
                .containsEntry("family_name", "van Dam");
        assertThat(TestClient.claims(all.text("id_token")))
                .containsEntry("phone_number", "+31")
                .containsEntry("name", "Bob van Dam")
                .doesNotContainKeys("family_name", "phone_number_verified");
    }

    @Test
    void claimsParameter_addsClaimsByName_whereItNamesThem() {
        String claims = "{\"id_token\":{\"nickname\":null,\"unknown\":{\"essential\":true}},"
                + "\"userinfo\":{\"phone_number\":{\"essential\":true},\"address\":null}}";
        Answer tokens = oidc.tokens(idp, "scope", "openid offline_access", "claims", claims);
        Answer renewed = oidc.refresh(tokens.text("refresh_token"));

        for (Answer answer : List.of(tokens, renewed)) {
            assertThat(TestClient.claims(answer.text("id_token")))
                    .containsEntry("nickname", "Alice")
                    .doesNotContainKeys("unknown", "phone_number", "address");
            assertThat(userInfo(answer).keySet()).containsExactlyInAnyOrder("sub", "phone_number", "address");
        }
        assertThat(userInfo(oidc.tokens(idp, "scope", "openid")).keySet()).containsExactly("sub");
    }

    @Test
    void claimsParameter_atMicrosofts_asksForNothingAboutThePerson() {
        TestClient entra = TestClient.entra(idp, "contoso");
        String claims = "{\"id_token\":{\"nickname\":null,\"acr\":{\"essential\":true,\"values\":[\"gold\"]}}}";

        Answer tokens = entra.tokens(idp, "claims", claims);

        assertThat(TestClient.claims(tokens.text("id_token"))).doesNotContainKeys("nickname", "acr");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "{\"id_token\":[]}",
                "{\"userinfo\":\"email\"}",
                "{\"userinfo\":{\"email\":true}}",
                "{\"id_token\":{\"acr\":\"gold\"}}",
                "{\"access_token\":1}"
            })
    void claimsParameter_notWellFormed_isToldToTheClient(String claims) {
        Visit visit = oidc.signIn(idp, "claims", claims);

        assertThat(visit.pages()).isEmpty();
        assertThat(visit.answer()).containsEntry("error", "invalid_request").containsEntry("state", "the state");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id_token\":null}",
                "{\"id_token\":{\"acr\":null}}",
                "{\"id_token\":{\"acr\":{\"essential\":true}}}",
                "{\"id_token\":{\"acr\":{\"values\":[\"gold\"]}}}",
                "{\"id_token\":{\"acr\":{\"essential\":false,\"value\":\"gold\"}}}",
                "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"gold\",\"" + PASSWORD + "\"]}}}",
                "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"" + PASSWORD + "\"}}}"
            })
    void acr_thatCanBeHadOrIsVoluntary_isThatOfAPassword(String claims) {
        Answer tokens = oidc.tokens(idp, "claims", claims, "acr_values", "gold");

        assertThat(TestClient.claims(tokens.text("id_token"))).containsEntry("acr", PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"values\":[\"gold\",\"silver\"]", "\"value\":\"gold\""})
    void acr_essentialThatCannotBeHad_isAFailedSignIn(String wanted) {
        String claims = "{\"id_token\":{\"acr\":{\"essential\":true," + wanted + "}}}";

        assertThat(oidc.signIn(idp, "claims", claims).answer())
                .containsEntry("error", "unmet_authentication_requirements")
                .containsEntry("state", "the state")
                .doesNotContainKey("code");
    }

    @Test
    void sub_askedForByValue_isTheOnlyOneAnsweredAbout() {
        String claims = "{\"id_token\":{\"sub\":{\"value\":\""
                + idp.user("alice@contoso.example").id() + "\"}}}";
        ScriptedPerson alice = idp.person("alice@contoso.example");
        ScriptedPerson bob = idp.person("bob@contoso.example");

        assertThat(alice.visitUpToRedirect(oidc.authorize("claims", claims)).answer())
                .containsKey("code");
        assertThat(alice.visitUpToRedirect(oidc.authorize("claims", claims, "prompt", "none"))
                        .answer())
                .containsKey("code");
        assertThat(bob.visitUpToRedirect(oidc.authorize("claims", claims)).answer())
                .containsEntry("error", "login_required");
        assertThat(bob.visitUpToRedirect(oidc.authorize("claims", claims, "prompt", "none"))
                        .answer())
                .containsEntry("error", "login_required");
    }

    @Test
    void metadata_saysWhichClaimsThereAre() {
        Answer plain = oidc.get(idp.oidcIssuer() + "/.well-known/openid-configuration");
        Answer entra = oidc.get(idp.entraAuthority("contoso") + "/v2.0/.well-known/openid-configuration");

        assertThat(plain.json().isTrue("claims_parameter_supported")).isTrue();
        assertThat(plain.json().strings("acr_values_supported")).containsExactly(PASSWORD);
        assertThat(plain.json().strings("scopes_supported")).contains("address", "phone");
        assertThat(plain.json().strings("claims_supported"))
                .contains("acr")
                .containsAll(userInfo(oidc.tokens(idp, "scope", "openid profile email address phone"))
                        .keySet());
        assertThat(entra.json().has("claims_parameter_supported")).isFalse();
        assertThat(entra.json().has("acr_values_supported")).isFalse();
    }

    private Answer tokensOfBob(String scope) {
        return oidc.tokens(idp.person("bob@contoso.example"), "scope", scope);
    }

    private Map<String, Object> userInfo(Answer tokens) {
        return oidc.get(idp.oidcIssuer() + "/userinfo", "Authorization", "Bearer " + tokens.text("access_token"))
                .json()
                .asMap();
    }
}
