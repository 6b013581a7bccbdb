package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.json.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a page is told, and what it is not. */
final class WireJsonTest {
    private static final CacheException FULL =
            new CacheException(ErrorCodes.CACHE_UNAVAILABLE, "cannot write /var/lib/secret-folder/sessions");

    @Test
    void failureOfTheStore_namesNoFolder() {
        assertThat(Json.write(WireJson.error(FULL)))
                .doesNotContain("secret-folder")
                .contains("cache_unavailable");
        assertThat(WireJson.shortError(FULL)).doesNotContain("secret-folder").contains("cache_unavailable");
    }

    @Test
    void errorForACookie_ofAnyLength_fits() throws Exception {
        String wide = "\u20ac".repeat(10_000);

        String text = WireJson.shortError(new ServerException(wide, wide));

        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1500);
        assertThat(Json.parseObject(text).object("error").string("name")).isEqualTo("ServerError");
    }

    /** The ID token belongs to the account too, and must not appear anywhere in a response. */
    @Test
    void tokens_thatStayOnTheServer_standInNoAnswer() throws Exception {
        try (WebBench bench = WebBench.with(LatchkeyWebBuilder::tokensStayOnServer)) {
            Browser browser = bench.browser();
            String id = Browser.newId();
            browser.navigate(browser.visit(WebBench.ALICE, browser.start(id, "popup", Map.of(), "User.Read")));

            for (HttpResponse<String> answer : List.of(
                    browser.post("/result", Map.of("id", id)),
                    browser.token(Map.of(), "User.Read"),
                    browser.token(Map.of("forceRefresh", true), "User.Read"),
                    browser.get("/session"),
                    browser.get("/accounts"))) {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body())
                        .contains(WebBench.ALICE)
                        .doesNotContain("\"ey")
                        .doesNotContain("Bearer ey");
            }
            String logout = browser.post("/logout", Map.of("type", "redirect", "id", Browser.newId()))
                    .body();
            assertThat(logout).contains("\"url\":\"http").doesNotContain("id_token_hint");
        }
    }

    @Test
    void tokens_thatThePageGets_areThere() throws Exception {
        try (WebBench bench = WebBench.start()) {
            assertThat(bench.browser().signIn(WebBench.ALICE, "User.Read").string("idToken"))
                    .startsWith("ey");
        }
    }
}
