package dev.latchkey.authority.page;

import dev.latchkey.authority.http.Reply;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The frame of every page, and the headers that keep it from doing anything else than show itself. */
public final class Layout {
    private Layout() {}

    /** A page that posts to the authority, whose answer may then lead to the client's redirect URI. */
    static Reply page(int status, String title, String body, String redirectUri) {
        return page(status, title, "", body, redirectUri);
    }

    /** A page as wide as the window allows, for tables. */
    public static Reply widePage(String title, String body) {
        return page(200, title, " class=\"wide\"", body, "");
    }

    private static Reply page(int status, String title, String bodyClass, String body, String redirectUri) {
        String html = """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s - Local test authority</title>
                <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/assets/page.css">
                </head>
                <body%s>
                <header>
                <p class="brand"><img src="/assets/icon.svg" alt="" width="24" height="24"> Local authority</p>
                <p class="marker">Test only</p>
                </header>
                <main>
                %s
                </main>
                <footer>
                <p>A stand-in for a real identity provider. Never type a real password here.
                <a href="/status">Status and test people</a></p>
                </footer>
                </body>
                </html>
                """.formatted(Html.escape(title), bodyClass, body);
        return Reply.text(status, "text/html", html)
                .header("Content-Security-Policy", policy(redirectUri))
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store");
    }

    /** The same page, allowed to show these addresses in frames. */
    static Reply withFrames(Reply page, List<String> frames) {
        if (frames.isEmpty()) {
            return page;
        }
        StringBuilder sources = new StringBuilder();
        frames.forEach(frame -> sources.append(source(frame)));
        return page.withHeader("Content-Security-Policy", policy("") + "; frame-src" + sources);
    }

    /** Browsers apply form-action to the redirect after a post too, so the client's address has to be in it. */
    private static String policy(String redirectUri) {
        return "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none';"
                + " frame-ancestors 'none'; form-action 'self'" + source(redirectUri);
    }

    private static String source(String redirectUri) {
        if (redirectUri.isEmpty()) {
            return "";
        }
        URI uri = URI.create(redirectUri);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("http") || scheme.equals("https");
        // A policy has no way to name an IPv6 host.
        boolean nameable = web && uri.getHost() != null && !uri.getHost().startsWith("[");
        return nameable ? " " + scheme + "://" + uri.getRawAuthority() : " " + scheme + ":";
    }
}
