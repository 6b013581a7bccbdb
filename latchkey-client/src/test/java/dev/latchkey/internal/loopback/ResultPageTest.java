package dev.latchkey.internal.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.interaction.ResultPage;
import dev.latchkey.interaction.ResultPage.Outcome;
import dev.latchkey.interaction.ResultPages;
import dev.latchkey.interaction.ResultText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page that the user sees: complete, safe, and with the application's own texts if it has any. */
final class ResultPageTest {
    private final ResultRenderer english = new ResultRenderer(ResultPages.english("Contoso & Sons"));

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void page_everyOutcome_isACompleteDocumentWithoutScriptsOrOutsideResources(Outcome outcome) {
        String html = english.render(200, new ResultPage(outcome, null, null)).body();

        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains(
                        "<html lang=\"en\"",
                        "<meta charset=\"utf-8\">",
                        "name=\"viewport\"",
                        "<h1>",
                        "class=\"advice\"")
                .contains("Contoso &amp; Sons")
                .containsPattern("<title>[^<]+ - Contoso &amp; Sons</title>")
                .doesNotContain("<script", "http:", "https:", "style=", "onload", "class=\"error\"");
    }

    @Test
    void page_everyOutcome_hasItsOwnTitle() {
        Set<String> titles = new HashSet<>();
        for (Outcome outcome : Outcome.values()) {
            titles.add(ResultPages.english()
                    .text(new ResultPage(outcome, null, null))
                    .title());
        }
        assertThat(titles).hasSameSizeAs(Outcome.values());
    }

    @Test
    void page_style_isTheOneThePolicyNames() throws Exception {
        String html = english.render(200, ResultPage.success()).body();
        Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(html);
        assertThat(style.find()).isTrue();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));

        assertThat(PageHtml.CONTENT_SECURITY_POLICY)
                .contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }

    @Test
    void failed_hostileCodeAndMessage_areEscapedAndShortened() {
        String html = english.render(
                        200, ResultPage.failed("<b>\"'&", "<script>alert(1)</script>\u0000\u0007" + "x".repeat(5_000)))
                .body();

        assertThat(html)
                .contains("&lt;b&gt;&quot;&#39;&amp;")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;\uFFFD\uFFFDx")
                .doesNotContain("<script", "\u0000", "x".repeat(1_001));
    }

    @Test
    void failed_wordsThatSteerTheEye_areReplaced() {
        String html = english.render(200, ResultPage.failed("a\u202eb\u009b", "c\r\nd\u200be\u2028f\uD800"))
                .body();

        assertThat(html).contains(">a\uFFFDb\uFFFD<", ">c d\uFFFDe f\uFFFD<");
    }

    @Test
    void text_ofTheApplication_isEscapedEverywhere() {
        String hostile = "\"><script>alert(1)</script>";
        String html = new ResultRenderer(page -> new ResultText(hostile, hostile, hostile, hostile, hostile))
                .render(200, ResultPage.success())
                .body();

        assertThat(html).doesNotContain("<script");
    }

    @Test
    void text_ofTheApplication_isShownInItsLanguage() {
        String html = new ResultRenderer(
                        page -> new ResultText("de-CH", "", "Angemeldet", "Alles gut.", "Tab schliessen."))
                .render(200, ResultPage.success())
                .body();

        assertThat(html)
                .contains("<html lang=\"de-CH\"", "<title>Angemeldet</title>", "Alles gut.", "Tab schliessen.")
                .doesNotContain("class=\"application\"");
    }

    @Test
    void text_thatThrows_englishIsShown() {
        ResultPages broken = page -> {
            throw new IllegalStateException("no bundle");
        };

        assertThat(new ResultRenderer(broken).render(200, ResultPage.success()).body())
                .contains("You are signed in");
    }

    @Test
    void of_refusalOfThePerson_isNotAnError() {
        var denied = new ServerException(ErrorDetails.of("access_denied", "no"));
        var cancelled = new BrowserAuthException("user_cancelled", "no");

        assertThat(ResultPage.of(denied)).isEqualTo(ResultPage.refused());
        assertThat(ResultPage.of(cancelled)).isEqualTo(ResultPage.refused());
    }

    @Test
    void of_otherError_showsCodeAndMessage() {
        var error = new ServerException(ErrorDetails.of("invalid_grant", "the code is too old"));

        assertThat(ResultPage.of(error)).isEqualTo(ResultPage.failed("invalid_grant", "the code is too old"));
    }
}
