package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One user in two browsers: a step-up in one serves only that one. */
final class StepUpTest {
    private static final Map<String, ?> STRONGER = Map.of("extraQueryParameters", Map.of("acr_values", "gold"));

    private WebBench bench;
    private Browser one;
    private Browser other;
    private String plain;

    @BeforeEach
    void start() throws Exception {
        bench = WebBench.start();
        one = bench.browser();
        other = bench.browser();
        one.signIn(WebBench.ALICE, "User.Read");
        plain = other.signIn(WebBench.ALICE, "User.Read").string("accessToken");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void token_steppedUpFor_servesItsSessionAndNoOther() {
        String stronger = signIn(one, STRONGER).string("accessToken");

        assertThat(stronger).isNotEqualTo(plain);
        assertThat(tokenOf(one, Map.of())).isEqualTo(stronger);
        assertThat(tokenOf(one, Map.of("extraParameters", Map.of("acr_values", "gold"))))
                .isEqualTo(stronger);
        assertThat(tokenOf(other, Map.of())).isEqualTo(plain);
        assertThat(tokenOf(other, Map.of("extraParameters", Map.of("acr_values", "gold"))))
                .isNotIn(stronger, plain);
    }

    @Test
    void token_steppedUpForAnotherAudience_servesNoPlainRequest() {
        Map<String, ?> elsewhere = Map.of("extraQueryParameters", Map.of("acr_values", "gold", "audience", "api2"));
        String stronger = signIn(one, elsewhere).string("accessToken");

        assertThat(tokenOf(one, Map.of())).isEqualTo(plain);
        assertThat(tokenOf(one, Map.of("extraParameters", Map.of("acr_values", "gold", "audience", "api2"))))
                .isEqualTo(stronger);
    }

    @Test
    void signOut_endsTheStepUp() {
        String stronger = signIn(one, STRONGER).string("accessToken");

        one.post("/clear", "{}");
        one.signIn(WebBench.ALICE, "User.Read");

        assertThat(tokenOf(one, Map.of())).isNotEqualTo(stronger);
    }

    private static JsonObject signIn(Browser browser, Map<String, ?> more) {
        String id = Browser.newId();
        URI callback = browser.visit(WebBench.ALICE, browser.start(id, "popup", more, "User.Read"));
        assertThat(browser.navigate(callback).statusCode()).isEqualTo(200);
        HttpResponse<String> result = browser.post("/result", Map.of("id", id));
        assertThat(result.statusCode()).as(result.body()).isEqualTo(200);
        return Browser.json(result);
    }

    private static String tokenOf(Browser browser, Map<String, ?> more) {
        HttpResponse<String> answer = browser.token(more, "User.Read");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Browser.json(answer).string("accessToken");
    }
}
