package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Blob;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.json.Json;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.SessionId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the servlet admits from whom, and how it reports failures. */
final class FrontDoorTest {
    private final BareSite site = new BareSite();

    private static String errorOf(Call call) throws Exception {
        return Json.parseObject(call.text()).object("error").string("errorCode");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/start",
        "POST,/result",
        "POST,/cancel",
        "POST,/token",
        "GET,/session",
        "GET,/accounts",
        "POST,/active",
        "POST,/clear",
        "POST,/logout",
        "GET,/api/mail/x",
        "GET,/nowhere"
    })
    void call_ofAnotherOriginOrWithoutTheHeader_isRefused(String method, String path) throws Exception {
        String address = BareSite.ORIGIN + "/latchkey" + path;
        for (String[] header : new String[][] {
            {"Origin", "https://evil.example"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"}
        }) {
            Call foreign =
                    site.serve(call(method, address).header("X-Latchkey", "1").header(header[0], header[1]));
            assertThat(foreign.status).isEqualTo(403);
            assertThat(errorOf(foreign)).isEqualTo("forbidden_origin");
        }
        assertThat(site.serve(call(method, address)).status).isEqualTo(403);
        assertThat(site.serve(call(method, address).header("X-Latchkey", "1")).status)
                .isNotEqualTo(403);
    }

    private static Call call(String method, String address) {
        return method.equals("POST") ? Call.post(address, "{}") : Call.get(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/callback", "/signed-out", "/latchkey.js"})
    void page_isOpenToWhoeverComesFromElsewhere(String path) throws Exception {
        Call call = site.serve(Call.get(BareSite.ORIGIN + "/latchkey" + path).header("Sec-Fetch-Site", "cross-site"));

        assertThat(call.status).isIn(200, 400);
        assertThat(call.answer("Content-Type")).doesNotContain("json");
    }

    @Test
    void events_ofAnotherOrigin_areRefusedAndOursNeedNoHeader() throws Exception {
        String address = BareSite.ORIGIN + "/latchkey/events";

        assertThat(site.serve(Call.get(address).header("Origin", "https://evil.example")).status)
                .isEqualTo(403);
        assertThat(site.serve(Call.get(address).header("Sec-Fetch-Site", "same-site")).status)
                .isEqualTo(403);
        assertThat(site.serve(Call.get(address)).status).as("a stranger").isEqualTo(204);
    }

    @Test
    void call_thatIsNone_isNotFound() throws Exception {
        for (Call call : new Call[] {site.get("/nowhere"), site.get("/start"), site.post("/session", "{}")}) {
            assertThat(site.serve(call).status).isEqualTo(404);
            assertThat(errorOf(call)).isEqualTo("not_found");
        }
    }

    @Test
    void path_isThatBelowThePrefix() throws Exception {
        BareSite deep = new BareSite(settings -> settings.pathPrefix("/a/b"));

        assertThat(deep.serve(Call.get(BareSite.ORIGIN + "/a/b/session").header("X-Latchkey", "1")).status)
                .isEqualTo(200);
        assertThat(deep.serve(Call.get(BareSite.ORIGIN + "/session").header("X-Latchkey", "1")).status)
                .as("where the container has cut the prefix off")
                .isEqualTo(200);
        assertThat(deep.serve(deep.get("/session")).status).isEqualTo(404);
    }

    @Test
    void store_thatCannotBeRead_isAFailureThatTellsNothing() throws Exception {
        Account alice = site.person("alice");
        SessionId id = site.session(alice);
        for (PartitionKey key : site.sessions.list()) {
            Blob broken = new Blob("secret text", site.clock.instant().plusSeconds(60));
            site.sessions.write(key, site.sessions.read(key).version(), Partition.of(broken), null);
        }

        Call call = site.serve(site.of(id, site.get("/session")));

        assertThat(call.status).isEqualTo(503);
        assertThat(errorOf(call)).isEqualTo("cache_corrupt");
        assertThat(call.text()).doesNotContain("secret text");
    }

    private static HttpServletResponse answered(Call call, boolean isCommitted) {
        HttpServletResponse real = call.response();
        return Call.made(HttpServletResponse.class, (name, arguments) -> {
            if (name.equals("isCommitted")) {
                return isCommitted;
            }
            try {
                for (var method : HttpServletResponse.class.getMethods()) {
                    boolean isIt = method.getName().equals(name)
                            && method.getParameterCount() == (arguments == null ? 0 : arguments.length);
                    if (isIt) {
                        return method.invoke(real, arguments);
                    }
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
            throw new UnsupportedOperationException(name);
        });
    }

    /** A container that fails to parse the query. */
    private static HttpServletRequest failing(Call call) {
        HttpServletRequest real = call.request();
        return Call.made(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getServerName" -> throw new IllegalStateException("secret trouble");
            case "getMethod" -> real.getMethod();
            case "getRequestURI" -> real.getRequestURI();
            case "getContextPath" -> real.getContextPath();
            case "getScheme" -> real.getScheme();
            default -> throw new UnsupportedOperationException(name);
        });
    }

    @Test
    void failure_ofTheServer_isToldWithoutWhatItWas() throws Exception {
        Call call = site.get("/session");

        site.servlet.service(failing(call), answered(call, false));

        assertThat(call.status).isEqualTo(500);
        assertThat(errorOf(call)).isEqualTo("unexpected_error");
        assertThat(call.text()).doesNotContain("secret trouble");
    }

    @Test
    void failure_afterTheAnswerHasBegun_isLeftToTheContainer() {
        Call call = site.get("/session");

        assertThatThrownBy(() -> site.servlet.service(failing(call), answered(call, true)))
                .hasMessage("secret trouble");
        assertThat(call.text()).isEmpty();
    }

    @Test
    void callback_ofNoSignInOfThisBrowser_changesNothing() throws Exception {
        SessionId id = site.session(site.person("alice"));
        int before = site.sessions.list().size();
        for (String query : new String[] {"", "?code=x", "?state=x&code=y", "?state=a&state=b&code=y"}) {
            Call call = site.serve(site.of(id, Call.get(BareSite.ORIGIN + "/latchkey/callback" + query)));

            assertThat(call.status).isEqualTo(400);
            assertThat(call.text()).contains("This sign-in cannot be completed");
            assertThat(call.answered).doesNotContainKeys("Set-Cookie", "Location");
        }
        assertThat(site.sessions.list()).hasSize(before);
    }

    @Test
    void logout_withoutTheAuthority_stillEndsTheSessionHere() throws Exception {
        Account alice = site.person("alice");
        SessionId id = site.session(alice);

        Call call = site.serve(site.of(id, site.post("/logout", "{\"type\":\"redirect\"}")));

        assertThat(call.status).as("the address of the sign-out is not known").isEqualTo(502);
        assertThat(call.answer("Set-Cookie")).contains("Max-Age=0");
        assertThat(site.web.sessions().read(id)).isNull();
        assertThat(site.web.sessions().isInUse(AccountRef.of(alice))).isFalse();
    }

    @Test
    void logout_withoutASession_isNothingToDo() throws Exception {
        Call call = site.serve(site.post("/logout", "{\"type\":\"redirect\"}"));

        assertThat(call.status).isEqualTo(200);
        assertThat(call.text()).isEqualTo("{\"url\":null}");
    }

    @Test
    void logout_toAnotherSite_isRefusedAndNobodySignedOut() throws Exception {
        SessionId id = site.session(site.person("alice"));

        Call call = site.serve(site.of(
                id,
                site.post("/logout", "{\"type\":\"redirect\",\"postLogoutRedirectUri\":\"https://evil.example/\"}")));

        assertThat(errorOf(call)).isEqualTo("invalid_return_to");
        assertThat(site.web.sessions().read(id).accounts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"21,false", "22,true", "64,true", "65,false"})
    void id_ofASignIn_hasItsLength(int length, boolean isOne) {
        assertThat(InteractionEndpoints.isId("a".repeat(length))).isEqualTo(isOne);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "/", " ", "\"", "<", "\u00e4", "@", "[", "`", "{", ":"})
    void id_ofASignIn_isOfSafeCharacters(String c) {
        assertThat(InteractionEndpoints.isId("AZaz09-_" + "a".repeat(20))).isTrue();
        assertThat(InteractionEndpoints.isId("a".repeat(30) + c)).isFalse();
    }

    @Test
    void addresses_areThoseOfTheSite() {
        BareSite configured = new BareSite(settings -> settings.publicUri(URI.create("https://public.example")));
        HttpServletRequest request = site.get("/start").request();

        assertThat(site.web.callback(request)).hasToString(BareSite.ORIGIN + "/latchkey/callback");
        assertThat(site.web.signedOutPage(request)).hasToString(BareSite.ORIGIN + "/latchkey/signed-out");
        assertThat(configured.web.callback(request)).hasToString("https://public.example/latchkey/callback");
        assertThat(configured.web.interactionTimeout()).hasMinutes(10);
    }
}
