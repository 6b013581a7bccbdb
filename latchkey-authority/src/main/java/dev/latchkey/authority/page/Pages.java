package dev.latchkey.authority.page;

import dev.latchkey.authority.User;
import dev.latchkey.authority.directory.Identity;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.problem.Dialect;
import dev.latchkey.authority.problem.ErrorReport;
import dev.latchkey.authority.state.SignedIn;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every page of the authority. They work without JavaScript. */
public final class Pages {
    /** Where the forms of the pages are posted. */
    public static final String FORM_PATH = "/interaction";

    /** Where a person types the code of a device. */
    public static final String DEVICE_PATH = "/device";

    private static final String SELF_SERVICE = """
            <div class="also">
            <button type="submit" name="action" value="forgot-password" class="quiet" formnovalidate>Forgot your password?</button>
            <button type="submit" name="action" value="begin-sign-up" class="quiet" formnovalidate>Make an account</button>
            </div>
            """;

    private final ScopeTexts scopeTexts;

    public Pages(ScopeTexts scopeTexts) {
        this.scopeTexts = scopeTexts;
    }

    /** User name and password; a message tells what was wrong with those typed before. */
    public Reply signIn(Visitor visitor, FormKey key, String userName, String message) {
        boolean wrong = !message.isEmpty();
        boolean nameKnown = !userName.isEmpty();
        String body = """
                %s<h1>Sign in</h1>
                <p class="lead">to continue to <strong>%s</strong>%s</p>
                <form method="post" action="%s" data-page="sign-in">
                %s<label for="username">User name</label>
                <input id="username" name="username" type="text" inputmode="email" autocomplete="username"
                 autocapitalize="none" spellcheck="false" required value="%s"%s%s>
                <label for="password">Password</label>
                <input id="password" name="password" type="password" autocomplete="current-password" required%s%s>
                <div class="actions">
                <button type="submit" name="action" value="sign-in">Sign in</button>
                <button type="submit" name="action" value="cancel" class="quiet" formnovalidate>Cancel</button>
                </div>
                %s</form>
                """.formatted(
                alert(message),
                Html.escape(visitor.application()),
                visitor.tenant().isEmpty() ? "" : " with <strong>" + Html.escape(visitor.tenant()) + "</strong>",
                FORM_PATH,
                key.fields(),
                Html.escape(userName),
                describedBy(wrong),
                nameKnown ? "" : " autofocus",
                describedBy(wrong),
                nameKnown ? " autofocus" : "",
                visitor.servesItself() ? SELF_SERVICE : "");
        String title = wrong ? "Error: Sign in" : "Sign in";
        return Layout.page(200, title, body, visitor.redirectUri());
    }

    /**
     * Asks for something about the person; a message tells what was wrong with what was typed before.
     *
     * @param known what was typed, or is so now
     */
    public Reply details(Visitor visitor, FormKey key, Details details, Params known, String message) {
        boolean wrong = !message.isEmpty();
        String body = """
                %s<h1>%s</h1>
                <p class="lead">to continue to <strong>%s</strong></p>
                <form method="post" action="%s" data-page="%s">
                %s%s<div class="actions">
                <button type="submit" name="action" value="%s">Continue</button>
                <button type="submit" name="action" value="cancel" class="quiet" formnovalidate>Cancel</button>
                </div>
                </form>
                """.formatted(
                        alert(message),
                        Html.escape(details.title()),
                        Html.escape(visitor.application()),
                        FORM_PATH,
                        details.page(),
                        key.fields(),
                        details.fields(known, describedBy(wrong)),
                        details.page());
        return Layout.page(200, (wrong ? "Error: " : "") + details.title(), body, visitor.redirectUri());
    }

    /** The people signed in, and "another". */
    public Reply accounts(Visitor visitor, FormKey key, List<SignedIn> people) {
        StringBuilder choices = new StringBuilder();
        for (SignedIn person : people) {
            choices.append(choice(key, person));
        }
        String body = """
                <h1>Pick an account</h1>
                <p class="lead">to continue to <strong>%s</strong></p>
                <ul class="choices">
                %s<li><form method="post" action="%s" data-page="other-account" id="other">
                %s<button type="submit" name="action" value="other-account" class="account">\
                <span class="initial plain" aria-hidden="true">+</span><span>Use another account</span></button>
                </form></li>
                </ul>
                <div class="actions">
                <button type="submit" name="action" value="cancel" class="quiet" form="other">Cancel</button>
                </div>
                """.formatted(Html.escape(visitor.application()), choices, FORM_PATH, key.fields());
        return Layout.page(200, "Pick an account", body, visitor.redirectUri());
    }

    /** What the client asks for. */
    public Reply consent(Visitor visitor, FormKey key, Identity person, Set<String> scopes) {
        StringBuilder list = new StringBuilder();
        for (String scope : scopes) {
            list.append("<li>%s <small><code>%s</code></small></li>%n"
                    .formatted(Html.escape(scopeTexts.sentence(scope)), Html.escape(scope)));
        }
        String body = """
                <h1>Allow access?</h1>
                <p class="lead"><strong>%s</strong> would like to:</p>
                <ul class="scopes">
                %s</ul>
                <form method="post" action="%s" data-page="consent">
                %s<div class="actions">
                <button type="submit" name="action" value="allow">Allow</button>
                <button type="submit" name="action" value="refuse" class="quiet">Refuse</button>
                </div>
                </form>
                """.formatted(Html.escape(visitor.application()), list, FORM_PATH, key.fields());
        return Layout.page(200, "Allow access?", signedInAs(person.user()) + body, visitor.redirectUri());
    }

    /** What went wrong, for the person and for the developer beside them. */
    public Reply error(int status, ErrorReport report, Dialect dialect) {
        String body = """
                <h1>Sign-in cannot continue</h1>
                <div role="alert" class="alert"><p>%s</p></div>
                <dl class="facts">
                <dt>Error</dt><dd><code>%s</code></dd>
                <dt>Correlation ID</dt><dd><code>%s</code></dd>
                <dt>Trace ID</dt><dd><code>%s</code></dd>
                <dt>Time</dt><dd>%s</dd>
                </dl>
                """.formatted(
                        Html.escape(report.numbered(dialect)),
                        Html.escape(report.failure().problem().error()),
                        Html.escape(report.correlationId()),
                        Html.escape(report.traceId()),
                        report.when());
        return Layout.page(status, "Sign-in cannot continue", body, "");
    }

    /** Brings the answer to the client in a post; the button is for browsers without JavaScript. */
    public Reply formPost(String redirectUri, Map<String, String> answer) {
        StringBuilder fields = new StringBuilder();
        answer.forEach((name, value) -> fields.append(Html.hidden(name, value)));
        String body = """
                <h1>Returning to the application</h1>
                <p class="lead">If nothing happens, continue by hand.</p>
                <form method="post" action="%s" data-page="form-post" id="answer">
                %s<div class="actions"><button type="submit">Continue</button></div>
                </form>
                <script src="/assets/form-post.js"></script>
                """.formatted(Html.escape(redirectUri), fields);
        return Layout.page(200, "Returning to the application", body, redirectUri);
    }

    /** Asks for the code that a device shows. */
    public Reply userCode(String csrf, String userCode, String message) {
        boolean wrong = !message.isEmpty();
        String body = """
                <h1>Enter the code</h1>
                <p class="lead">Type the code your device or app shows. Never enter a code that somebody sent you.</p>
                %s<form method="post" action="%s" data-page="user-code">
                %s<label for="user_code">Code</label>
                <input id="user_code" name="user_code" type="text" autocomplete="off" autocapitalize="characters"
                 spellcheck="false" required autofocus value="%s"%s>
                <div class="actions"><button type="submit" name="action" value="continue">Continue</button></div>
                </form>
                """.formatted(
                alert(message), DEVICE_PATH, Html.hidden("csrf", csrf), Html.escape(userCode), describedBy(wrong));
        return Layout.page(200, (wrong ? "Error: " : "") + "Enter the code", body, "");
    }

    /** The device may go on, or may not. */
    public Reply deviceDone(String application, boolean allowed) {
        String title = allowed ? "You have signed in" : "You have not signed in";
        String body =
                "<h1>%s</h1>%n<p class=\"lead\">You can close this window and return to <strong>%s</strong>.</p>%n"
                        .formatted(title, Html.escape(application));
        return Layout.page(200, title, body, "");
    }

    /** Everybody is signed out; frames tell clients so before the browser goes on to its destination. */
    public Reply signedOut(List<String> frames, String destination) {
        StringBuilder body = new StringBuilder();
        for (String frame : frames) {
            body.append("<iframe src=\"%s\" title=\"Signing out of an application\" hidden></iframe>%n"
                    .formatted(Html.escape(frame)));
        }
        body.append("<h1>You are signed out</h1>\n<p class=\"lead\">%s</p>\n"
                .formatted(destination.isEmpty() ? "You can close this window." : "Returning to the application."));
        if (!destination.isEmpty()) {
            body.append("<p><a href=\"%s\">Continue now</a></p>%n".formatted(Html.escape(destination)));
        }
        Reply reply = Layout.withFrames(Layout.page(200, "Signed out", body.toString(), ""), frames);
        return destination.isEmpty() ? reply : reply.header("Refresh", "2;url=" + destination);
    }

    /** Asks before signing out: any page on the web could have sent the person here. */
    public Reply confirmSignOut(String action, Map<String, String> fields) {
        StringBuilder hidden = new StringBuilder();
        fields.forEach((name, value) -> hidden.append(Html.hidden(name, value)));
        String body = """
                <h1>Sign out?</h1>
                <p class="lead">You will be signed out of the local authority in this browser.</p>
                <form method="post" action="%s" data-page="sign-out">
                %s<div class="actions"><button type="submit">Sign out</button></div>
                </form>
                """.formatted(Html.escape(action), hidden);
        return Layout.page(200, "Sign out?", body, fields.getOrDefault("post_logout_redirect_uri", ""));
    }

    private static String choice(FormKey key, SignedIn person) {
        return """
                <li><form method="post" action="%s" data-page="account" data-account="%s">
                %s%s<button type="submit" name="action" value="account" class="account">\
                %s<span>%s</span><small>%s</small></button>
                </form></li>
                """.formatted(
                        FORM_PATH,
                        Html.escape(person.user().userName()),
                        key.fields(),
                        Html.hidden("account", person.sessionId()),
                        initial(person.user()),
                        Html.escape(person.user().displayName()),
                        Html.escape(person.user().userName()));
    }

    private static String signedInAs(User user) {
        return "<p class=\"person\">%s<span>%s</span></p>%n".formatted(initial(user), Html.escape(user.userName()));
    }

    private static String initial(User user) {
        String name = user.displayName().isBlank()
                ? user.userName()
                : user.displayName().strip();
        String first = name.substring(0, name.offsetByCodePoints(0, 1));
        return "<span class=\"initial\" aria-hidden=\"true\">" + Html.escape(first) + "</span>";
    }

    /** First on the page; the fields it is about refer to it. */
    private static String alert(String message) {
        return message.isEmpty()
                ? ""
                : "<div role=\"alert\" class=\"alert\"><p id=\"problem\">%s</p></div>%n"
                        .formatted(Html.escape(message));
    }

    private static String describedBy(boolean wrong) {
        return wrong ? " aria-invalid=\"true\" aria-describedby=\"problem\"" : "";
    }
}
