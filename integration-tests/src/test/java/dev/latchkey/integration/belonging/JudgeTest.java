package dev.latchkey.integration.belonging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.authorize.Pkce;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.core.token.ClientAuthenticationContext;
import dev.latchkey.integration.belonging.Complaints.Complaint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Shows that the judge finds violations: one that missed them would report no problem at all. */
final class JudgeTest {
    private static final Wish READ = new Wish(Scopes.of("read"), "", "", Set.of());

    private final Complaints complaints = new Complaints();
    private final World world = new World(new Dice(1), complaints);
    private final Faces faces = new Faces();
    private final Person alice = world.people(Places.A).get(0);
    private final Actor app = new Actor(
            "app",
            Places.A,
            PublicClientApplication.builder(Cast.SHARED)
                    .authority(Places.A.address())
                    .build());

    @Test
    void form_refreshTokenOfAnother_isFound() {
        send(Places.B, form("refresh_token", secret(Kind.REFRESH_TOKEN)));
        assertFound("REFRESH_TOKEN sent to a stranger's token");
    }

    @Test
    void form_refreshTokenOfItsOwn_isInOrder() {
        send(Places.A, form("refresh_token", secret(Kind.REFRESH_TOKEN)));
        assertFound();
    }

    @Test
    void form_secretInsideOtherText_isFound() {
        send(Places.B, form("claims", "{\"x\":\"" + secret(Kind.ACCESS_TOKEN) + "\"}"));
        assertFound("ACCESS_TOKEN sent to a stranger's token");
    }

    @Test
    void form_proofKeyOfAnother_isFound() {
        String verifier = "a-verifier-of-43-characters-or-more-0123456789";
        URI address = URI.create(
                Places.A.address() + "/authorize?state=s&nonce=n&code_challenge=" + Pkce.challengeOf(verifier));
        world.judge().address(address);
        send(Places.A, form("code_verifier", verifier));
        assertFound();
        send(Places.B, form("code_verifier", verifier));
        assertFound("VERIFIER sent to a stranger's token");
    }

    @Test
    void form_clientSecretOfAnother_isFound() throws Exception {
        Secret secret = Secret.of(world.register(Places.A, "server"));
        world.judge().message(shown(ClientAuthentication.secretPost(secret)));
        assertFound("CLIENT_SECRET sent to a stranger's token");
    }

    @Test
    void basicHeader_clientSecretOfAnother_isFound() throws Exception {
        Secret secret = Secret.of(world.register(Places.A, "server"));
        world.judge().message(shown(ClientAuthentication.secretBasic(secret)));
        assertFound("CLIENT_SECRET sent to a stranger's token");
    }

    private static HttpMessage shown(ClientAuthentication credentials) throws Exception {
        HttpMessage.Builder request = HttpMessage.builder(token(Places.B));
        credentials.authenticate(
                request,
                new ClientAuthenticationContext(
                        "server", Places.B.address(), request.uri(), Instant.EPOCH, () -> "id"));
        return request.build();
    }

    @Test
    void bearerHeader_accessTokenOfAnother_isFound() {
        HttpMessage message = HttpMessage.get(URI.create(Places.B.address() + "/userinfo"));
        world.judge().message(message.withHeader("Authorization", "Bearer " + secret(Kind.ACCESS_TOKEN)));
        assertFound("ACCESS_TOKEN sent to a stranger's userinfo");
    }

    @Test
    void address_hintAndIdTokenOfAnother_areFound() {
        Parameters query = Parameters.builder()
                .set("login_hint", alice.username())
                .set("id_token_hint", secret(Kind.ID_TOKEN))
                .build();
        world.judge().address(URI.create(Places.B.address() + "/logout?" + query.encode()));
        assertFound("HINT sent to a stranger's logout", "ID_TOKEN sent to a stranger's logout");
    }

    @Test
    void address_ofNobody_isAStrangers() {
        world.judge().address(URI.create("https://nobody.example.test/authorize?login_hint=" + alice.loginHint()));
        assertFound("HINT sent to a stranger's authorize");
    }

    @Test
    void refreshToken_redeemedTwice_isFound() {
        Parameters form = Parameters.builder()
                .set("grant_type", "refresh_token")
                .set("client_id", Cast.SHARED)
                .set("refresh_token", secret(Kind.REFRESH_TOKEN))
                .build();
        assertThat(world.send(HttpMessage.post(token(Places.A), form), Duration.ZERO)
                        .status())
                .isEqualTo(200);
        assertFound();
        world.send(HttpMessage.post(token(Places.A), form), Duration.ZERO);
        assertFound("REFRESH_TOKEN redeemed twice");
    }

    @Test
    void result_asAsked_isInOrder() {
        judge(READ, Places.A, asked(null));
        assertFound();
    }

    @Test
    void result_ofAnotherIssuer_isFound() {
        judge(READ, Places.A, asked(Places.B.address()));
        assertFound("result of another issuer");
    }

    @Test
    void result_underAnothersLabel_isFound() {
        judge(READ, Places.B, asked(null));
        assertFound("result labelled with another issuer");
    }

    @Test
    void result_ofAnotherShape_isFound() {
        judge(new Wish(Scopes.of("read"), "r", "a", Set.of("s")), Places.A, asked(null));
        assertFound("result of another audience", "result of another resource", "result of another strength: stronger");
    }

    @Test
    void result_ofFewerScopes_isFound() {
        judge(new Wish(Scopes.of("other"), "", "", Set.of()), Places.A, asked(null));
        assertFound("result with too few scopes", "result that promises scopes which were not granted");
    }

    @Test
    void result_ofAnotherPerson_isFound() {
        Person bob = world.people(Places.A).get(1);
        faces.learn(Api.account(Places.A, bob, Habits.PLAIN), new Faces.Face(Places.A, bob));
        Asked ofBob = new Asked(app, null, null, faces.known().get(0), READ);
        judge(READ, Places.A, ofBob);
        assertFound("result of another person");
    }

    private Asked asked(String authority) {
        return new Asked(app, authority, null, null, READ);
    }

    /** A result with a token of alice. */
    private void judge(Wish wish, Issuer label, Asked asked) {
        String token = world.ledger()
                .issue(new Fact(Kind.ACCESS_TOKEN, Places.A, alice, Cast.SHARED, wish, wish.scopes(), ""));
        AccessTokenEntry entry = AccessTokenEntry.builder(Cast.SHARED, "", READ.scopes(), Secret.of(token))
                .valid(Instant.EPOCH, Instant.EPOCH.plusSeconds(60))
                .build();
        AuthenticationResult result = AuthenticationResult.of(
                entry, Partition.EMPTY, new AuthenticationResult.Origin(label.address(), false), null, null);
        new ResultJudge(world.ledger(), complaints, faces).check(Brought.of(result), asked, null);
    }

    private String secret(Kind kind) {
        return world.ledger().issue(Fact.of(kind, Places.A, alice, Cast.SHARED));
    }

    private void send(Issuer to, Parameters form) {
        world.judge().message(HttpMessage.post(token(to), form));
    }

    private static Parameters form(String name, String value) {
        return Parameters.builder().set(name, value).build();
    }

    private static URI token(Issuer issuer) {
        return URI.create(issuer.address() + "/token");
    }

    private void assertFound(String... kinds) {
        assertThat(complaints.all()).extracting(Complaint::kind).containsExactlyInAnyOrder(kinds);
    }
}
