package dev.latchkey.internal.loopback;

import dev.latchkey.core.PrintableText;
import dev.latchkey.interaction.ResultPage;
import dev.latchkey.interaction.ResultPage.Outcome;
import dev.latchkey.interaction.ResultText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Renders a {@link ResultPage} as HTML: one file, no scripts, and a style that the policy admits by its hash. */
final class PageHtml {
    private static final int MAX_SHOWN = 1_000;

    /** Nothing may be loaded, sent, framed or run; only our own style applies. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + sha256(PageStyle.CSS)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private PageHtml() {}

    static String render(ResultPage page, ResultText text) {
        return """
                <!DOCTYPE html>
                <html lang="%s" dir="auto">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="robots" content="noindex">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <main class="%s">
                %s%s
                <h1>%s</h1>
                <p>%s</p>
                %s<p class="advice">%s</p>
                </main>
                </body>
                </html>
                """.formatted(
                        escape(text.language()),
                        escape(windowTitle(text)),
                        PageStyle.CSS,
                        tone(page.outcome()),
                        applicationName(text),
                        icon(page.outcome()),
                        escape(text.title()),
                        escape(text.message()),
                        error(page),
                        escape(text.advice()));
    }

    private static String windowTitle(ResultText text) {
        return text.applicationName().isEmpty() ? text.title() : text.title() + " - " + text.applicationName();
    }

    private static String applicationName(ResultText text) {
        return text.applicationName().isEmpty()
                ? ""
                : "<p class=\"application\"><bdi>" + escape(text.applicationName()) + "</bdi></p>\n";
    }

    private static String error(ResultPage page) {
        if (page.errorCode() == null && page.errorMessage() == null) {
            return "";
        }
        return "<div class=\"error\">" + line("code", page.errorCode()) + line("span", page.errorMessage())
                + "</div>\n";
    }

    private static String line(String tag, @Nullable String words) {
        return words == null || words.isEmpty() ? "" : "<" + tag + " dir=\"auto\">" + escape(words) + "</" + tag + ">";
    }

    private static String tone(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS, SIGNED_OUT -> "good";
            case FAILED -> "bad";
            case REFUSED, ALREADY_USED, NOT_EXPECTED, ENDED -> "calm";
        };
    }

    private static String icon(Outcome outcome) {
        String path =
                switch (outcome) {
                    case SUCCESS, SIGNED_OUT -> "M15 24.5l6.2 6.2L33.5 18";
                    case REFUSED -> "M17 17l14 14M31 17L17 31";
                    case FAILED, NOT_EXPECTED -> "M24 14v13M24 33.5v.1";
                    case ALREADY_USED, ENDED -> "M24 34V21M24 14.5v-.1";
                };
        return "<svg viewBox=\"0 0 48 48\" width=\"56\" height=\"56\" aria-hidden=\"true\">"
                + "<circle cx=\"24\" cy=\"24\" r=\"24\"/><path d=\"" + path + "\"/></svg>";
    }

    static String escape(String text) {
        String printable = PrintableText.of(text, MAX_SHOWN);
        StringBuilder escaped = new StringBuilder(printable.length() + 16);
        printable.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
