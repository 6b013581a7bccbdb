package dev.latchkey.internal.loopback;

import dev.latchkey.core.PrintableFailure;
import dev.latchkey.interaction.ResultPage;
import dev.latchkey.interaction.ResultPages;
import dev.latchkey.interaction.ResultText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders result pages with the application's texts, or the English ones if they fail. */
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
                    "The texts of the result page {} failed; the English ones are shown",
                    page.outcome(),
                    PrintableFailure.of(e));
            return ResultPages.english().text(page);
        }
    }
}
