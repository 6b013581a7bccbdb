package dev.latchkey.integration.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** Checks that hold for every page of the authority, and the browser's complaints about it. */
public final class PageChecks {
    private static final String CONTRAST = """
            () => {
              const channel = v => (v /= 255) <= .03928 ? v / 12.92 : Math.pow((v + .055) / 1.055, 2.4);
              const parse = c => c.match(/[\\d.]+/g).map(Number);
              const light = c => .2126 * channel(c[0]) + .7152 * channel(c[1]) + .0722 * channel(c[2]);
              const ground = e => {
                for (; e; e = e.parentElement) {
                  const c = parse(getComputedStyle(e).backgroundColor);
                  if (c.length < 4 || c[3] === 1) return c;
                }
                return [255, 255, 255];
              };
              const poor = [];
              const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const e = texts.currentNode.parentElement, said = texts.currentNode.data.trim();
                if (!said || ['SCRIPT', 'STYLE'].includes(e.tagName) || !e.checkVisibility()) continue;
                const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
                const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
                if (ratio < 4.5) poor.push(said.slice(0, 30) + ' ' + ratio.toFixed(2));
              }
              return poor;
            }
            """;
    private static final String UNLABELLED = """
            () => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
              .filter(e => !e.labels || e.labels.length === 0).map(e => e.outerHTML)
            """;
    private static final String FOCUS_RING = """
            () => {
              const style = getComputedStyle(document.activeElement);
              return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            }
            """;

    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private PageChecks(Page page) {
        this.page = page;
    }

    public static PageChecks watch(Page page) {
        PageChecks checks = new PageChecks(page);
        page.onConsoleMessage(message -> checks.hear(message.type(), message.text()));
        page.onPageError(checks.complaints::add);
        return checks;
    }

    /** A page of the local authority: readable, and marked as such. */
    public void pass() {
        passReading();
        assertThat(page.title()).endsWith("Local test authority");
        for (String landmark : List.of("header", "main", "footer")) {
            assertThat(page.locator("body > " + landmark).count()).as(landmark).isOne();
        }
        assertThat(page.locator(".marker").innerText()).isEqualTo("Test only");
    }

    /** Readable by users and machines, with nothing that the browser had to block. */
    public void passReading() {
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
        assertThat(page.locator("h1").count()).as("h1").isOne();
        assertThat(strings(UNLABELLED)).as("fields without a label").isEmpty();
        assertThat(strings(CONTRAST)).as("text with less contrast than 4.5").isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                .as("pixels to scroll sideways")
                .isEqualTo(0);
        passConsole();
    }

    /** Nothing was logged to the console, including violations of the content security policy. */
    public void passConsole() {
        assertThat(complaints).as("console").isEmpty();
    }

    /** The focused element is visibly focused. */
    public void focusIsVisible() {
        assertThat(page.evaluate(FOCUS_RING))
                .as("focus ring of " + page.evaluate("() => document.activeElement.outerHTML"))
                .isEqualTo(true);
    }

    private void hear(String type, String text) {
        // The error page is served with the status of the error, which Chromium logs.
        if (type.equals("error") && !text.startsWith("Failed to load resource: the server responded with")) {
            complaints.add(text);
        }
    }

    @SuppressWarnings("unchecked")
    private List<String> strings(String script) {
        return (List<String>) page.evaluate(script);
    }
}
