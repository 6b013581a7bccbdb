package dev.latchkey.authority.status;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.RecordedRequest;
import dev.latchkey.authority.Tenant;
import dev.latchkey.authority.User;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.page.Html;
import dev.latchkey.authority.page.Layout;
import dev.latchkey.authority.page.Table;
import dev.latchkey.authority.state.SignedIn;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who is known, who is signed in, what was asked, and what goes wrong on purpose. Works without JavaScript. */
final class StatusPage {
    static final String PATH = "/status";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd MMM HH:mm:ss", Locale.ROOT);

    private final Overview overview;
    private final Controls controls;
    private final Switchboard switchboard;
    private final String csrf;

    StatusPage(Overview overview, Controls controls, Switchboard switchboard, String csrf) {
        this.overview = overview;
        this.controls = controls;
        this.switchboard = switchboard;
        this.csrf = csrf;
    }

    Reply show() {
        return Layout.widePage("Status", """
                <h1>Status</h1>
                <p class="lead"><strong>%s</strong>, at %s.</p>
                <nav aria-label="On this page"><a href="#people">People</a> <a href="#sessions">Signed in now</a>
                <a href="#requests">Recent requests</a> <a href="#faults">Failures on purpose</a>
                <a href="#clients">Applications</a> <a href="#issuers">Issuers</a></nav>
                %s%s""".formatted(
                Html.escape(overview.site().realms().base()), overview.site().now(), bar(), sections()));
    }

    private String sections() {
        return section("people", "People", people())
                + section("sessions", "Signed in now", sessions())
                + section("requests", "Recent requests", requests())
                + section("faults", "Failures on purpose", faults())
                + section("clients", "Applications", clients())
                + section("issuers", "Issuers", issuers());
    }

    private static String section(String id, String heading, String content) {
        return "<h2 id=\"%s\">%s</h2>%n%s".formatted(id, heading, content);
    }

    private String bar() {
        String reload = "<a href=\"" + PATH + "\">Reload</a>\n";
        String reset = form("<button type=\"submit\" name=\"action\" value=\"reset\" class=\"quiet\">"
                + "Forget sign-ins, tokens, requests and failures</button>");
        String clock = controls.clock().isEmpty() ? "" : form("""
                <div><label for="minutes">Minutes</label>
                <input id="minutes" name="minutes" type="number" min="1" max="999999999" value="60" required></div>
                <button type="submit" name="action" value="advance" class="quiet">Advance the clock</button>
                """);
        return "<div class=\"bar\">\n" + reset + clock + reload + "</div>\n";
    }

    private String requests() {
        Table table = new Table("Recent requests", "Time", "Endpoint", "What", "Answer", "Parameters");
        for (RecordedRequest request : overview.requests()) {
            table.row(
                    time(request.at()),
                    Html.escape(request.endpoint() + " ")
                            + small(request.outcome().method() + " " + request.path()),
                    what(request),
                    answer(request),
                    parameters(request));
        }
        return table.htmlOr("Nothing was asked yet.");
    }

    private static String what(RecordedRequest request) {
        String grant = request.parameters().getOrDefault("grant_type", "");
        return Html.escape(grant) + request.clientId().map(StatusPage::small).orElse("");
    }

    private static String answer(RecordedRequest request) {
        String kind = request.status() < 400 ? "ok" : "bad";
        String error = request.outcome().error();
        return "<span class=\"%s\">%s</span>%s"
                .formatted(
                        kind, request.status() == 0 ? "none" : request.status(), error.isEmpty() ? "" : small(error));
    }

    private static String parameters(RecordedRequest request) {
        if (request.parameters().isEmpty()) {
            return "";
        }
        StringBuilder items = new StringBuilder();
        Map<String, String> sorted = new TreeMap<>(request.parameters());
        sorted.forEach((name, value) -> items.append("<li><code>")
                .append(Html.escape(name + " = " + value))
                .append("</code></li>"));
        return "<details><summary>%d parameters</summary><ul>%s</ul></details>".formatted(sorted.size(), items);
    }

    private String sessions() {
        Table table = new Table("Signed in now", "Who", "Since", "");
        for (SignedIn person : overview.sessions()) {
            table.row(
                    Html.escape(person.user().displayName())
                            + small(person.user().userName()),
                    time(person.authenticatedAt()),
                    form(Html.hidden("session", person.sessionId())
                            + button("sign-out", "Sign out", person.user().userName())));
        }
        return table.htmlOr("Nobody is signed in in any browser.");
    }

    private String faults() {
        Table table = new Table("Failures on purpose", "Where", "What", "State", "");
        for (FaultSwitch fault : FaultSwitch.ALL) {
            boolean on = switchboard.isOn(fault);
            String label = fault.where() + ", " + fault.what();
            table.row(
                    Html.escape(fault.where()),
                    Html.escape(fault.what()),
                    on ? "<span class=\"bad\">on</span>" : "off",
                    form(Html.hidden("fault", fault.id())
                            + button(on ? "fault-off" : "fault-on", on ? "Switch off" : "Switch on", label)));
        }
        return table.htmlOr("");
    }

    private String people() {
        Table table = new Table("People", "User name", "Name", "Home", "Guest of");
        for (User user : overview.site().directory().users()) {
            table.row(
                    Html.escape(user.userName()),
                    Html.escape(user.displayName()),
                    Html.escape(overview.site().directory().atHome(user).home().name()),
                    Html.escape(String.join(", ", user.guestOf())));
        }
        return table.htmlOr("Nobody can sign in.");
    }

    private String clients() {
        Table table = new Table("Applications", "Client ID", "Kind", "Redirect URIs", "After sign-out");
        for (Client client : overview.site().directory().clients()) {
            table.row(
                    Html.escape(client.clientId()) + small(client.displayName()),
                    Html.escape(client.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')),
                    lines(client.redirectUris()),
                    lines(client.postLogoutRedirectUris()));
        }
        return table.htmlOr("No application is registered.");
    }

    private String issuers() {
        Table table = new Table("Issuers", "Like", "Issuer", "Authority");
        String oidc = overview.site().realms().oidc().advertisedIssuer();
        table.row("OpenID Connect", code(oidc), code(oidc));
        for (Tenant tenant : overview.site().directory().tenants()) {
            overview.site()
                    .realms()
                    .entra(tenant.name())
                    .ifPresent(realm -> table.row(
                            "Entra, " + Html.escape(tenant.displayName()),
                            code(realm.advertisedIssuer()),
                            code(realm.base() + realm.path())));
        }
        return table.htmlOr("");
    }

    private String form(String content) {
        return "<form method=\"post\" action=\"%s\">%s%s</form>%n".formatted(PATH, Html.hidden("csrf", csrf), content);
    }

    private static String button(String action, String text, String about) {
        return "<button type=\"submit\" name=\"action\" value=\"%s\" class=\"quiet\" aria-label=\"%s: %s\">%s</button>"
                .formatted(action, text, Html.escape(about), text);
    }

    private static String time(Instant instant) {
        return "<time datetime=\"%s\">%s</time>".formatted(instant, TIME.format(instant.atOffset(ZoneOffset.UTC)));
    }

    private static String small(String text) {
        return "<small>" + Html.escape(text) + "</small>";
    }

    private static String code(String text) {
        return "<code>" + Html.escape(text) + "</code>";
    }

    private static String lines(Collection<URI> uris) {
        return uris.stream().map(uri -> code(uri.toString())).collect(Collectors.joining("<br>"));
    }
}
