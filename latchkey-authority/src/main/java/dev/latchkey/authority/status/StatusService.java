package dev.latchkey.authority.status;

import dev.latchkey.authority.http.HttpService;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers {@code /status} itself and leaves the rest to the authority, so that the page is neither recorded nor subject
 * to faults. Only browsers on this machine may see it, and only its own forms may change anything.
 */
public final class StatusService implements HttpService {
    private static final Set<String> PATHS = Set.of("/", StatusPage.PATH);
    private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    private final HttpService authority;
    private final Overview overview;
    private final StatusPage page;
    private final StatusForms forms;
    private final String csrf;

    public StatusService(HttpService authority, Overview overview, Controls controls) {
        this.authority = authority;
        this.overview = overview;
        this.csrf = overview.site().entropy().token();
        Switchboard switchboard = new Switchboard(controls.faults());
        this.page = new StatusPage(overview, controls, switchboard, csrf);
        this.forms = new StatusForms(overview.stores(), controls, switchboard);
    }

    @Override
    public CompletionStage<Reply> answer(Request request) {
        return PATHS.contains(request.path())
                ? CompletableFuture.completedFuture(status(request))
                : authority.answer(request);
    }

    private Reply status(Request request) {
        if (!request.isFromThisMachine() || !namesThisServer(request)) {
            return Reply.text(403, "text/plain", "The status page is for browsers on the authority's own machine.");
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> page.show();
            case "POST" -> change(request);
            default -> Reply.text(405, "text/plain", "GET or POST").header("Allow", "GET, HEAD, POST");
        };
    }

    private Reply change(Request request) {
        boolean sameOrigin = request.header("sec-fetch-site")
                .filter(from -> !from.equals("same-origin") && !from.equals("none"))
                .isEmpty();
        if (!sameOrigin || request.form().get("csrf").filter(csrf::equals).isEmpty()) {
            return Reply.text(403, "text/plain", "This form is not of the present status page; reload it.");
        }
        return forms.submit(request.form())
                ? Reply.redirect(true, StatusPage.PATH)
                : Reply.text(400, "text/plain", "The form was sent without a known action.");
    }

    /** A name of somebody else that resolves to this machine is another site in the eyes of a browser. */
    private boolean namesThisServer(Request request) {
        String host = request.header("host").orElse("");
        int port = host.lastIndexOf(':');
        String name = port < 0 || host.endsWith("]") ? host : host.substring(0, port);
        return OWN_NAMES.contains(name)
                || host.equals(URI.create(overview.site().realms().base()).getRawAuthority());
    }
}
