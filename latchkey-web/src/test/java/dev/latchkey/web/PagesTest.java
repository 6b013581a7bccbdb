package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that users see: who may frame them, and which scripts run in them. */
final class PagesTest {
    private static final String ID = "i".repeat(22);

    /** Shows a page. */
    private interface Show {
        void on(Exchange exchange) throws IOException;
    }

    private static Call shown(Show show) throws IOException {
        Call call = Call.get("https://www.example.com/latchkey/callback");
        show.on(call.exchange());
        return call;
    }

    private static void assertFrames(Call page, String frameOptions, String ancestors) {
        assertThat(page.answer("X-Frame-Options")).isEqualTo(frameOptions);
        assertThat(page.answer("Content-Security-Policy")).endsWith("; frame-ancestors " + ancestors);
    }

    @Test
    void page_isFramedByNobodyOrWhereItMustBeByOurselves() throws IOException {
        assertFrames(shown(it -> Pages.callback(it, ID, false)), "DENY", "'none'");
        assertFrames(shown(it -> Pages.signedOut(it, ID)), "DENY", "'none'");
        assertFrames(shown(it -> Pages.callback(it, ID, true)), "SAMEORIGIN", "'self'");
        assertFrames(shown(Pages::unknownSignIn), "SAMEORIGIN", "'self'");
        assertFrames(shown(it -> Pages.postAgain(it, "state=a")), "SAMEORIGIN", "'self'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=a&code=b",
                "state=\"><script>alert(1)</script>",
                "state=a&x=</html>%22%3E%3Cscript%3E",
                "state=%s%n%%",
                "state=\u00ff"
            })
    void pageThatPostsAgain_carriesTheResponseAsDataAlone(String encoded) throws IOException {
        Call page = shown(it -> Pages.postAgain(it, encoded));
        String data = page.text().substring(page.text().indexOf("data-answer=\"") + 13);
        String answer = data.substring(0, data.indexOf('"'));

        assertThat(new String(Base64.getDecoder().decode(answer), StandardCharsets.ISO_8859_1))
                .isEqualTo(encoded);
        assertThat(page.text().replace(answer, "")).doesNotContain(encoded, "alert(1)");
        assertThat(page.text().split("<script", -1)).hasSize(2);
        assertThat(page.answer("Content-Security-Policy")).contains("; form-action *; ");
        assertThat(page.answer("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(page.answer("Cache-Control")).isEqualTo("no-store");
        assertThat(Pages.isPostedAgain(encoded)).isFalse();
        assertThat(Pages.isPostedAgain(encoded + "&latchkey_posted_again=1")).isTrue();
    }

    @Test
    void page_runsItsOwnScriptAloneAndLeavesNoTrace() throws IOException {
        for (Call page : List.of(
                shown(it -> Pages.callback(it, ID, false)),
                shown(it -> Pages.signedOut(it, ID)),
                shown(Pages::unknownSignIn))) {
            String policy = page.answer("Content-Security-Policy");
            String nonce = policy.substring(policy.indexOf("'nonce-") + 7, policy.indexOf("'; style-src"));

            assertThat(policy)
                    .startsWith("default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'nonce-" + nonce
                            + "'; style-src 'nonce-" + nonce + "'; ");
            assertThat(page.text()).contains("<script nonce=\"" + nonce + "\">", "<style nonce=\"" + nonce + "\">");
            assertThat(nonce).hasSize(24);
            assertThat(page.answer("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(page.answer("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(page.answer("Cache-Control")).isEqualTo("no-store");
            assertThat(page.answer("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(page.answer("Content-Type")).isEqualTo("text/html;charset=utf-8");
        }
    }

    @Test
    void nonce_isAnotherEachTime() throws IOException {
        assertThat(shown(Pages::unknownSignIn).answer("Content-Security-Policy"))
                .doesNotContain("AAAAAAAA")
                .isNotEqualTo(shown(Pages::unknownSignIn).answer("Content-Security-Policy"));
    }

    @Test
    void page_tellsWhomItConcernsAndWhetherThatWentWell() throws IOException {
        Call callback = shown(it -> Pages.callback(it, ID, false));
        Call signedOut = shown(it -> Pages.signedOut(it, ID));
        Call unknown = shown(Pages::unknownSignIn);

        assertThat(callback.status).isEqualTo(200);
        assertThat(signedOut.status).isEqualTo(200);
        assertThat(unknown.status).isEqualTo(400);
        assertThat(callback.text()).contains("data-id=\"" + ID + "\"", "You can close this window");
        assertThat(signedOut.text()).contains("data-id=\"" + ID + "\"", "You are signed out");
        assertThat(unknown.text()).contains("data-id=\"\"", "This sign-in cannot be completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%22%3E%3Cscript%3E", "short", "", "a&state=b"})
    void signedOutPage_ofWhatIsNoId_namesNone(String state) throws IOException {
        Call call = Call.get("https://www.example.com/latchkey/signed-out?state=" + state);

        new SignedOutEndpoint().serve(call.exchange());

        assertThat(call.text()).contains("data-id=\"\"");
    }

    @Test
    void signedOutPage_ofAnId_tellsItsPage() throws IOException {
        Call call = Call.get("https://www.example.com/latchkey/signed-out?state=" + ID);

        new SignedOutEndpoint().serve(call.exchange());

        assertThat(call.text()).contains("data-id=\"" + ID + "\"");
    }

    @Test
    void script_isServedWithItsTypeAndNotTwice() throws IOException {
        for (String[] file : new String[][] {
            {"latchkey.js", "text/javascript"},
            {"latchkey.js.map", "application/json"},
            {"latchkey.global.js", "text/javascript"},
            {"latchkey.global.js.map", "application/json"},
            {"latchkey.d.ts", "text/plain"}
        }) {
            ScriptEndpoint script = ScriptEndpoint.all().get("GET /" + file[0]);
            Call first = Call.get("https://www.example.com/latchkey/" + file[0]);
            script.serve(first.exchange());
            Call again = Call.get("https://www.example.com/latchkey/" + file[0])
                    .header("If-None-Match", first.answer("ETag"));
            script.serve(again.exchange());
            Call older = Call.get("https://www.example.com/latchkey/" + file[0]).header("If-None-Match", "\"older\"");
            script.serve(older.exchange());

            assertThat(first.status).isEqualTo(200);
            assertThat(first.answer("Content-Type")).isEqualTo(file[1] + ";charset=utf-8");
            assertThat(first.answer("Cache-Control")).isEqualTo("no-cache");
            assertThat(first.answer("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(first.text()).isNotBlank().isEqualTo(older.text());
            assertThat(first.answer("ETag")).startsWith("\"").endsWith("\"").hasSize(45);
            assertThat(again.status).isEqualTo(304);
            assertThat(again.text()).isEmpty();
            assertThat(again.answer("ETag")).isEqualTo(first.answer("ETag"));
        }
    }
}
