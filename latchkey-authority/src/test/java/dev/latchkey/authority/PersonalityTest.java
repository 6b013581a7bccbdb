package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.TestClient.Answer;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.authority.person.Visit;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PersonalityTest {
    private final LocalAuthority idp = LocalAuthority.start();
    private final URI signUpOrIn = idp.b2cAuthority("contoso", "B2C_1_susi");

    @AfterEach
    void stop() {
        idp.close();
    }

    @Test
    void b2c_signIn_givesItsClaims_withoutConsent() {
        TestClient client = TestClient.at(signUpOrIn + "/oauth2/v2.0/authorize", signUpOrIn + "/oauth2/v2.0/token");
        Visit visit = client.signIn(idp);
        Answer tokens = client.redeem(visit.answer().get("code"));

        assertThat(visit.pages()).containsExactly("sign-in");
        Map<String, Object> claims = TestClient.claims(tokens.text("id_token"));
        Answer metadata = client.get(signUpOrIn + "/v2.0/.well-known/openid-configuration");
        assertThat(claims)
                .containsEntry("iss", metadata.text("issuer"))
                .containsEntry("tfp", "b2c_1_susi")
                .containsEntry("emails", List.of("alice@contoso.example"))
                .containsEntry("sub", claims.get("oid"))
                .doesNotContainKey("tid");
        assertThat(metadata.text("issuer")).endsWith("/v2.0/");
        String clientInfo =
                new String(Base64.getUrlDecoder().decode(tokens.text("client_info")), StandardCharsets.UTF_8);
        assertThat(TestClient.json(clientInfo).string("uid")).isEqualTo(claims.get("oid") + "-b2c_1_susi");
        assertThat(client.get(idp.apiUri() + "/me", "Authorization", "Bearer " + tokens.text("access_token"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void b2c_forgottenPasswordAndCancel_haveTheirNumbers() {
        TestClient client = b2c("B2C_1_susi");

        Visit forgot = alice().forgetsPassword().visitUpToRedirect(client.authorize());
        Visit cancelled = alice().cancels().visitUpToRedirect(client.authorize());

        assertThat(forgot.answer()).containsEntry("error", "access_denied");
        assertThat(forgot.answer().get("error_description")).startsWith("AADB2C90118: ");
        assertThat(cancelled.answer().get("error_description")).startsWith("AADB2C90091: ");
    }

    @Test
    void b2c_newPassword_isTheOneThatCountsAfterwards() {
        ScriptedPerson forgetful = ScriptedPerson.signsIn("alice@contoso.example", "brand-new");
        Visit reset = forgetful.visitUpToRedirect(b2c("B2C_1_reset").authorize());

        assertThat(reset.pages()).containsExactly("reset-password");
        assertThat(reset.answer()).containsKey("code");
        assertThat(ScriptedPerson.signsIn("alice@contoso.example", "brand-new")
                        .visitUpToRedirect(b2c("B2C_1_susi").authorize())
                        .answer())
                .containsKey("code");
    }

    @Test
    void b2c_editedProfile_isInTheToken_cancelIsNot() {
        TestClient client = b2c("B2C_1_edit");

        Visit edited = alice().editsNameTo("Alice Newname").visitUpToRedirect(client.authorize());

        assertThat(edited.pages()).containsExactly("sign-in", "edit-profile");
        assertThat(TestClient.claims(client.redeem(edited.answer().get("code")).text("id_token")))
                .containsEntry("name", "Alice Newname")
                .containsEntry("tfp", "b2c_1_edit");
    }

    @Test
    void b2c_editedProfile_ofAPersonSignedInBefore_isInTheToken() {
        TestClient client = b2c("B2C_1_edit");
        ScriptedPerson alice = alice().editsNameTo("Alice Again");
        alice.visitUpToRedirect(b2c("B2C_1_susi").authorize());

        Visit edited = alice.visitUpToRedirect(client.authorize());

        assertThat(edited.pages()).containsExactly("edit-profile");
        assertThat(TestClient.claims(client.redeem(edited.answer().get("code")).text("id_token")))
                .containsEntry("name", "Alice Again");
    }

    @Test
    void errorPages_haveTheNumbersOfTheirPersonality() {
        String nobody = "?client_id=nobody";
        TestClient any = TestClient.oidc(idp);

        assertThat(any.get(any.authorizeUri + nobody).response().body())
                .contains("the client nobody is not registered")
                .doesNotContain("AADSTS", "AADB2C");
        assertThat(any.get(TestClient.entra(idp, "contoso").authorizeUri + nobody)
                        .response()
                        .body())
                .contains("AADSTS700016: the client nobody");
        assertThat(any.get(b2c("B2C_1_susi").authorizeUri + nobody).response().body())
                .contains("AADB2C90068: the client nobody");
    }

    @Test
    void b2c_signUp_makesAPerson_untilReset() {
        TestClient client = b2c("B2C_1_susi");
        ScriptedPerson carol =
                ScriptedPerson.signsIn("carol@contoso.example", "pw").signsUpAs("Carol");

        Visit visit = carol.visitUpToRedirect(client.authorize());

        assertThat(visit.pages()).containsExactly("sign-in", "sign-up");
        assertThat(TestClient.claims(client.redeem(visit.answer().get("code")).text("id_token")))
                .containsEntry("name", "Carol");
        idp.reset();
        assertThat(idp.requests().all()).isEmpty();
    }

    @Test
    void b2c_code_ofAnotherPolicy_isNotRedeemed() {
        String code = b2c("B2C_1_susi").signIn(idp).answer().get("code");

        Answer answer = b2c("B2C_1_edit").redeem(code);

        assertThat(answer.text("error")).isEqualTo("invalid_grant");
        assertThat(answer.text("error_description")).startsWith("AADB2C90088");
        assertThat(answer.json().has("error_codes")).isFalse();
    }

    @Test
    void ciam_isEntraUnderItsOwnIssuer() {
        URI authority = idp.ciamAuthority("contoso");
        TestClient client = TestClient.at(authority + "/oauth2/v2.0/authorize", authority + "/oauth2/v2.0/token");
        Answer metadata = client.get(authority + "/v2.0/.well-known/openid-configuration");
        Map<String, Object> claims = TestClient.claims(client.tokens(idp).text("id_token"));

        assertThat(claims).containsEntry("iss", metadata.text("issuer")).containsKey("tid");
        assertThat(metadata.text("issuer"))
                .isEqualTo(idp.baseUri() + "/ciam/" + idp.tenant("contoso").id() + "/v2.0");
        assertThat(client.get(metadata.text("issuer") + "/.well-known/openid-configuration")
                        .text("issuer"))
                .isEqualTo(metadata.text("issuer"));
    }

    @Test
    void adfs_hasItsPathsAndClaims() {
        URI authority = idp.adfsAuthority();
        TestClient client = TestClient.at(authority + "/oauth2/authorize", authority + "/oauth2/token");
        Visit visit = client.signIn(idp);
        Answer tokens = client.redeem(visit.answer().get("code"));

        assertThat(visit.pages()).containsExactly("sign-in");
        assertThat(TestClient.claims(tokens.text("id_token")))
                .containsEntry("iss", authority.toString())
                .containsEntry("upn", "alice@contoso.example");
        assertThat(tokens.json().has("client_info")).isFalse();
        assertThat(client.get(authority + "/.well-known/openid-configuration").text("token_endpoint"))
                .isEqualTo(client.tokenUri);
        assertThat(client.refresh("unknown").text("error_description")).doesNotContain("AADSTS");
    }

    private ScriptedPerson alice() {
        return idp.person("alice@contoso.example");
    }

    private TestClient b2c(String policy) {
        String base = idp.b2cAuthority("contoso", policy) + "/oauth2/v2.0/";
        return TestClient.at(base + "authorize", base + "token");
    }
}
