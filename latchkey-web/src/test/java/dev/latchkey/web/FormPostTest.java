package dev.latchkey.web;

import static dev.latchkey.web.Browser.errorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.person.Visit;
import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.core.http.Parameters;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that the browser posts: from another site without our cookies, and then again from our page with them. */
final class FormPostTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String AGAIN = "&latchkey_posted_again=1";

    private final String id = Browser.newId();
    private WebBench bench;
    private Browser page;

    /** What another site's form sends through this browser: no cookie of ours is SameSite=None. */
    private Browser otherSite;

    @BeforeEach
    void start() throws Exception {
        bench = WebBench.with(settings -> settings.responseMode(ResponseMode.FORM_POST));
        page = bench.browser();
        otherSite = bench.browser();
        otherSite.headers.clear();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private String answer(String type) {
        URI authorization = page.start(id, type, Map.of(), "User.Read");
        assertThat(authorization.getQuery()).contains("response_mode=form_post");
        Visit visit = bench.idp.person(WebBench.ALICE).visitUpToRedirect(authorization);
        assertThat(visit.arrivedAt().orElseThrow()).isEqualTo(URI.create(bench.origin + "/latchkey/callback"));
        return Parameters.builder().extras(visit.answer()).build().encode();
    }

    private static String carriedBy(HttpResponse<String> page) {
        String data = page.body().substring(page.body().indexOf("data-answer=\"") + 13);
        return new String(
                Base64.getDecoder().decode(data.substring(0, data.indexOf('"'))), StandardCharsets.ISO_8859_1);
    }

    private HttpResponse<String> result() {
        return page.post("/result", Map.of("id", id));
    }

    @Test
    void post_fromTheAuthority_isPostedAgainFromOurPageAndSignsIn() {
        String answer = answer("popup");

        HttpResponse<String> first = otherSite.post("/callback", FORM, answer);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(result().statusCode()).as("nothing has happened yet").isEqualTo(202);
        HttpResponse<String> second = page.post("/callback", FORM, carriedBy(first) + AGAIN);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).contains("data-id=\"" + id + "\"");
        assertThat(result().statusCode()).isEqualTo(200);
        assertThat(page.usernames()).containsExactly(WebBench.ALICE);
        bench.idp.verify().tokenRequests(GrantType.AUTHORIZATION_CODE).exactly(1);
    }

    @Test
    void post_ofAnAuthorityOnThisSite_bringsTheCookiesAndSignsInAtOnce() {
        HttpResponse<String> answered = page.post("/callback", FORM + ";charset=UTF-8", answer("redirect"));

        assertThat(answered.statusCode()).isEqualTo(303);
        assertThat(answered.headers().firstValue("Location")).contains("/inbox?m=1#top");
        assertThat(page.usernames()).containsExactly(WebBench.ALICE);
    }

    /** A browser that keeps no cookies would otherwise post for ever. */
    @Test
    void post_thatIsUnknownTheSecondTimeToo_ends() {
        HttpResponse<String> answered = otherSite.post("/callback", FORM, answer("popup") + AGAIN);

        assertThat(answered.statusCode()).isEqualTo(400);
        assertThat(answered.body()).contains("cannot be completed").doesNotContain("data-answer");
        assertThat(result().statusCode()).isEqualTo(202);
    }

    @Test
    void secondPost_ofAResponseThatCounted_changesNothing() {
        String answer = answer("popup");
        page.post("/callback", FORM, answer + AGAIN);

        assertThat(page.post("/callback", FORM, answer + AGAIN).statusCode()).isEqualTo(400);
        assertThat(otherSite.post("/callback", FORM, answer).body()).contains("data-answer");
        bench.idp.verify().tokenRequests(GrantType.AUTHORIZATION_CODE).exactly(1);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, state=s&code=c",
        "text/plain, state=s&code=c",
        "'', state=s&code=c",
        "application/x-www-form-urlencoded, code=c",
        "application/x-www-form-urlencoded, state=a&state=b",
        "application/x-www-form-urlencoded, ''"
    })
    void post_thatIsNoResponse_getsAPageAndIsNotRepeated(String type, String body) {
        HttpResponse<String> answered = otherSite.post("/callback", type, body);

        assertThat(answered.statusCode()).isEqualTo(400);
        assertThat(answered.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(answered.body()).contains("cannot be completed").doesNotContain("data-answer");
    }

    @Test
    void post_tooLarge_getsAPage() {
        HttpResponse<String> answered = otherSite.post("/callback", FORM, "state=s&code=" + "x".repeat(64 * 1024));

        assertThat(answered.statusCode()).isEqualTo(400);
        assertThat(answered.body()).hasSizeLessThan(4 * 1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&code=other", "&error_description=%zz", "&iss=a&iss=b"})
    void response_thatIsMalformed_endsTheSignInWithAReason(String more) {
        HttpResponse<String> answered = page.post("/callback", FORM, answer("popup") + more + AGAIN);

        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(errorOf(result())).isEqualTo("failed_to_parse_response");
        assertThat(page.usernames()).isEmpty();
    }

    @Test
    void response_malformedInTheQuery_endsTheSignInWithAReasonToo() {
        URI callback = URI.create(bench.origin + "/latchkey/callback?" + answer("popup") + "&code=other");

        assertThat(page.navigate(callback).statusCode()).isEqualTo(200);

        assertThat(errorOf(result())).isEqualTo("failed_to_parse_response");
    }

    @Test
    void response_inTheQueryAlthoughAPostWasRequested_signsIn() {
        page.navigate(URI.create(bench.origin + "/latchkey/callback?" + answer("popup")));

        assertThat(result().statusCode()).isEqualTo(200);
    }

    @Test
    void refusal_posted_isTold() {
        String refusal = answer("popup").replace("code=", "error=access_denied&error_description=");

        page.post("/callback", FORM, refusal + AGAIN);

        assertThat(errorOf(result())).isEqualTo("access_denied");
    }

    @Test
    void fragment_cannotBeRequested() {
        assertThatThrownBy(() -> LatchkeyWeb.builder(bench.web().application()).responseMode(ResponseMode.FRAGMENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("form_post");
    }
}
