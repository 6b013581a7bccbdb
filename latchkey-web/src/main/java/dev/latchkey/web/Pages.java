package dev.latchkey.web;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The few pages that a user may see. They contain nothing from the authority or the address: no error text, no name.
 * Scripts and styles need a nonce, only our own pages can frame them and only the hidden one, and no address leaks.
 */
final class Pages {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String STYLE = """
            :root{color-scheme:light dark}
            body{margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas;color:CanvasText;\
            font:17px/1.5 system-ui,sans-serif}
            main{max-width:26rem;padding:1.5rem}
            h1{font-size:1.4rem;margin:0 0 .5rem}
            p{margin:0 0 1rem}
            a{color:LinkText}
            """;

    private static final String TELL = """
            const id=document.documentElement.dataset.id;
            history.replaceState(null,"",location.pathname);
            if(id){const c=new BroadcastChannel("latchkey."+id);c.postMessage({v:1,id});c.close()}
            if(window.parent===window){window.close()}
            """;

    private Pages() {}

    /**
     * The text of a page.
     *
     * @param status the HTTP status
     * @param framed whether our own pages may frame it
     * @param id the interaction whose page is notified; empty for none
     * @param title what happened
     * @param text what the user can do
     */
    private record Words(int status, boolean framed, String id, String title, String text) {}

    /** Notifies the waiting page, which fetches the outcome itself. */
    static void callback(Exchange exchange, String id, boolean framed) throws IOException {
        show(
                exchange,
                new Words(
                        200, framed, id, "You can close this window", "The page you came from continues on its own."));
    }

    static void signedOut(Exchange exchange, String id) throws IOException {
        show(exchange, new Words(200, false, id, "You are signed out", "You can close this window."));
    }

    /** This browser did not start the sign-in, or the response was already processed, or it took too long. */
    static void unknownSignIn(Exchange exchange) throws IOException {
        show(
                exchange,
                new Words(
                        400,
                        true,
                        "",
                        "This sign-in cannot be completed",
                        "It was started in another browser, took too long, or is already complete. Nothing has changed."
                                + " Close this window, or go back to the page you came from and sign in again."));
    }

    private static void show(Exchange exchange, Words words) throws IOException {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        String nonce = Base64.getEncoder().encodeToString(bytes);
        exchange.response()
                .setHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'nonce-" + nonce
                                + "'; style-src 'nonce-" + nonce + "'; frame-ancestors "
                                + (words.framed ? "'self'" : "'none'"));
        exchange.response().setHeader("X-Frame-Options", words.framed ? "SAMEORIGIN" : "DENY");
        exchange.response().setHeader("Referrer-Policy", "no-referrer");
        exchange.response().setHeader("Cross-Origin-Resource-Policy", "same-origin");
        exchange.answer(words.status, "text/html", """
                <!doctype html>
                <html lang="en" data-id="%s">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width,initial-scale=1">
                <title>%s</title>
                <style nonce="%s">%s</style>
                <main>
                <h1>%s</h1>
                <p>%s</p>
                </main>
                <script nonce="%s">%s</script>
                </html>
                """.formatted(
                        words.id, words.title, nonce, STYLE, words.title, words.text, nonce, TELL));
    }
}
