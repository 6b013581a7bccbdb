package dev.latchkey.authority.authorize;

import dev.latchkey.authority.User;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.page.Details;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Personality;
import dev.latchkey.authority.realm.Policy;
import dev.latchkey.authority.realm.Realm;
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
            case "forgot-password" ->
                refuse(interaction, Problem.PASSWORD_FORGOTTEN.because("The user has forgotten their password."));
            case "begin-sign-up" -> flow.askDetails(interaction.request(), browser, Details.SIGN_UP, Params.NONE, "");
            case "sign-up", "reset-password", "edit-profile" -> details(interaction, form, browser);
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
        return signedIn(interaction, user.get(), browser);
    }

    /** Only B2C's pages have these actions, and its policy says which of them. */
    private Reply details(Interaction interaction, Params form, Browser browser) throws OAuthException {
        AuthorizeRequest request = interaction.request();
        Realm realm = request.address().realm();
        boolean allowed = realm.personality() == Personality.B2C;
        boolean edits = allowed && realm.policy() == Policy.EDIT_PROFILE;
        if (edits && interaction.progress().chosen().isPresent()) {
            SignedIn person = interaction.progress().chosen().get();
            User changed = person.user()
                    .displayName(form.get("display_name").orElse(person.user().displayName()));
            site.directory().change(changed);
            SignedIn renamed = new SignedIn(changed, person.authenticatedAt(), person.sessionId());
            return flow.advance(request, interaction.progress().chosen(renamed).withConsent(), browser);
        }
        boolean signsUp = form.get("action").filter("sign-up"::equals).isPresent();
        if (!allowed || edits || (!signsUp && realm.policy() != Policy.RESET_PASSWORD)) {
            throw Problem.MALFORMED_REQUEST.because("this page has no such action");
        }
        Optional<User> user = signsUp ? newcomer(form) : forgetful(form);
        if (user.isEmpty() || realm.identify(site.directory(), user.get()).isEmpty()) {
            String message = signsUp ? "This user name is taken or cannot be used here." : "Nobody has this user name.";
            Details again = signsUp ? Details.SIGN_UP : Details.RESET_PASSWORD;
            return flow.askDetails(request, browser, again, form, message);
        }
        site.directory().change(user.get());
        return signedIn(interaction, user.get(), browser);
    }

    private Optional<User> newcomer(Params form) {
        Optional<String> name = form.get("username").filter(asked -> !asked.isBlank());
        Optional<String> password = form.get("password");
        if (name.isEmpty()
                || password.isEmpty()
                || site.directory().user(name.get()).isPresent()) {
            return Optional.empty();
        }
        User user = User.of(name.get(), password.get());
        return Optional.of(user.displayName(form.get("display_name").orElse(user.displayName())));
    }

    private Optional<User> forgetful(Params form) {
        return site.directory().user(form.get("username").orElse("")).flatMap(user -> form.get("password")
                .map(user::password));
    }

    private Reply signedIn(Interaction interaction, User user, Browser browser) {
        AuthorizeRequest request = interaction.request();
        SignedIn person = new SignedIn(user, site.now(), site.entropy().uuid().toString());
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
