package dev.latchkey.authority.authorize;

import dev.latchkey.authority.User;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.SignedIn;
import dev.latchkey.authority.state.Stores;
import java.util.Optional;

/** Understands the forms of the sign-in, account and consent pages. */
final class PageForms {
    private final Site site;
    private final Stores stores;
    private final AuthorizeFlow flow;

    PageForms(Site site, Stores stores, AuthorizeFlow flow) {
        this.site = site;
        this.stores = stores;
        this.flow = flow;
    }

    Reply submit(Request request, Browser browser) throws OAuthException {
        Params form = request.form();
        Interaction interaction = flow.take(
                        form.get("flow").orElse(""), form.get("csrf").orElse(""), browser.name())
                .orElseThrow(() -> Problem.PAGE_EXPIRED.because(
                        "this page has been answered already, is too old, or belongs to another browser;"
                                + " go back to the application and sign in again"));
        return switch (form.get("action").orElse("")) {
            case "sign-in" -> signIn(interaction, form, browser);
            case "account" -> account(interaction, form, browser);
            case "other-account" -> flow.askSignIn(interaction.request(), browser, "", "");
            case "allow" -> allow(interaction, browser);
            case "refuse" -> refuse(interaction, Problem.PERSON_REFUSED.because("the person did not consent"));
            case "cancel" -> refuse(interaction, Problem.PERSON_CANCELLED.because("the person cancelled the sign-in"));
            default -> throw Problem.MALFORMED_REQUEST.because("the page was answered without a known action");
        };
    }

    private Reply signIn(Interaction interaction, Params form, Browser browser) {
        String userName = form.get("username").orElse("");
        String password = form.get("password").orElse("");
        AuthorizeRequest request = interaction.request();
        Optional<User> user = site.directory().user(userName).filter(found -> found.hasPassword(password));
        if (user.isEmpty()) {
            return flow.askSignIn(request, browser, userName, "The user name or password is wrong.");
        }
        if (request.address().realm().identify(site.directory(), user.get()).isEmpty()) {
            String message = "AADSTS50020: " + user.get().userName() + " is not known in this directory.";
            return flow.askSignIn(request, browser, userName, message);
        }
        SignedIn person =
                new SignedIn(user.get(), site.now(), site.entropy().uuid().toString());
        String renamed = stores.sessions().signIn(browser.name(), person, site.now());
        return flow.advance(request, interaction.progress().chosen(person), browser.renamed(renamed));
    }

    private Reply account(Interaction interaction, Params form, Browser browser) throws OAuthException {
        String sessionId = form.get("account").orElse("");
        SignedIn person = stores.sessions().people(browser.name(), site.now()).stream()
                .filter(signedIn -> signedIn.sessionId().equals(sessionId))
                .findFirst()
                .orElseThrow(() -> Problem.PAGE_EXPIRED.because("this person is no longer signed in"));
        return flow.advance(interaction.request(), interaction.progress().chosen(person), browser);
    }

    private Reply allow(Interaction interaction, Browser browser) throws OAuthException {
        AuthorizeRequest request = interaction.request();
        SignedIn person = interaction
                .progress()
                .chosen()
                .orElseThrow(() -> Problem.MALFORMED_REQUEST.because("nobody has signed in on this page"));
        request.address().realm().identify(site.directory(), person.user()).ifPresent(identity -> stores.consents()
                .allow(
                        identity,
                        request.address().client(),
                        request.tokens().scopes().consentKeys()));
        return flow.advance(request, interaction.progress().withConsent(), browser);
    }

    private Reply refuse(Interaction interaction, OAuthException refusal) {
        AuthorizeRequest request = interaction.request();
        return flow.replies().error(request.address(), refusal, request.correlationId(), true);
    }
}
