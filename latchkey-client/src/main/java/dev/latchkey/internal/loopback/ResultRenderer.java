package dev.latchkey.internal.loopback;

import dev.latchkey.core.PrintableFailure;
import dev.latchkey.interaction.ResultPage;
import dev.latchkey.interaction.ResultPages;
import dev.latchkey.interaction.ResultText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Result pages in the application's words, or in English if it has none ready. */
final class ResultRenderer {
    private static final Logger log = LoggerFactory.getLogger(ResultRenderer.class);

    private final ResultPages pages;

    ResultRenderer(ResultPages pages) {
        this.pages = pages;
    }

    LoopbackResponse render(int status, ResultPage page) {
        return LoopbackResponse.html(status, PageHtml.render(page, text(page)));
    }

    private ResultText text(ResultPage page) {
        try {
            return pages.text(page);
        } catch (RuntimeException e) {
            log.warn(
                    "No words for the result page {}; the English ones are shown",
                    page.outcome(),
                    PrintableFailure.of(e));
            return ResultPages.english().text(page);
        }
    }
}
