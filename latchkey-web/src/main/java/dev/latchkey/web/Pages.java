package dev.latchkey.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The few pages that a user may see. They contain nothing from the authority or the address, no error text and no name;
 * one carries a posted response as encoded data.
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

    /** Sends the response once more, from here: a post from another site carries no cookies that are SameSite=Lax. */
    private static final String POST_AGAIN = """
            const form=document.createElement("form");
            form.method="post";
            const add=(name,value)=>{const field=document.createElement("input");
            field.type="hidden";field.name=name;field.value=value;form.append(field)};
            for(const [name,value] of new URLSearchParams(atob(document.documentElement.dataset.answer))){add(name,value)}
            add("%s","1");
            document.body.append(form);
            HTMLFormElement.prototype.submit.call(form);
            """;

    private static final String AGAIN = "latchkey_posted_again";

    private Pages() {}

    /**
     * A page.
     *
     * @param status the HTTP status
     * @param framed whether our own pages may frame it
     * @param data the attribute that its script reads
     * @param words what it says
     * @param script its script
     */
    private record Page(int status, boolean framed, String data, Words words, String script) {
        /** A page that notifies the page which waits for this interaction; for an empty id, none. */
        static Page of(int status, boolean framed, String id, Words words) {
            return new Page(status, framed, "data-id=\"" + id + "\"", words, TELL);
        }

        boolean postsAgain() {
            return !script.equals(TELL);
        }

        /** Browsers hold it against the whole chain of redirects, which may go on from where the sign-in returns to. */
        String formAction() {
            return postsAgain() ? "*" : "'none'";
        }

        /** A post without a referrer has no origin either, which filters take for one of another site. */
        String referrerPolicy() {
            return postsAgain() ? "same-origin" : "no-referrer";
        }
    }

    /**
     * The text of a page.
     *
     * @param title what happened
     * @param text what the user can do
     */
    private record Words(String title, String text) {}

    /** Notifies the waiting page, which fetches the outcome itself. */
    static void callback(Exchange exchange, String id, boolean framed) throws IOException {
        Words words = new Words("You can close this window", "The page you came from continues on its own.");
        show(exchange, Page.of(200, framed, id, words));
    }

    static void signedOut(Exchange exchange, String id) throws IOException {
        show(exchange, Page.of(200, false, id, new Words("You are signed out", "You can close this window.")));
    }

    /** This browser did not start the sign-in, or the response was already processed, or it took too long. */
    static void unknownSignIn(Exchange exchange) throws IOException {
        Words words = new Words(
                "This sign-in cannot be completed",
                "It was started in another browser, took too long, or is already complete. Nothing has changed."
                        + " Close this window, or go back to the page you came from and sign in again.");
        show(exchange, Page.of(400, true, "", words));
    }

    /** Has the browser post a response again, this time from this site and therefore with its cookies. */
    static void postAgain(Exchange exchange, String encoded) throws IOException {
        String answer = Base64.getEncoder().encodeToString(encoded.getBytes(StandardCharsets.ISO_8859_1));
        Words words = new Words("One moment", "Your sign-in is being completed. This needs JavaScript.");
        show(exchange, new Page(200, true, "data-answer=\"" + answer + "\"", words, POST_AGAIN.formatted(AGAIN)));
    }

    /** Whether a response was posted by {@link #postAgain}. */
    static boolean isPostedAgain(String encoded) {
        return encoded.contains(AGAIN + "=1");
    }

    private static void show(Exchange exchange, Page page) throws IOException {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        String nonce = Base64.getEncoder().encodeToString(bytes);
        exchange.response()
                .setHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; base-uri 'none'; form-action " + page.formAction()
                                + "; script-src 'nonce-" + nonce + "'; style-src 'nonce-" + nonce
                                + "'; frame-ancestors " + (page.framed ? "'self'" : "'none'"));
        exchange.response().setHeader("X-Frame-Options", page.framed ? "SAMEORIGIN" : "DENY");
        exchange.response().setHeader("Referrer-Policy", page.referrerPolicy());
        exchange.response().setHeader("Cross-Origin-Resource-Policy", "same-origin");
        exchange.answer(page.status, "text/html", """
                <!doctype html>
                <html lang="en" %s>
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
                page.data, page.words.title, nonce, STYLE, page.words.title, page.words.text, nonce, page.script));
    }
}
