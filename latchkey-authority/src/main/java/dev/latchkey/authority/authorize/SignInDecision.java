package dev.latchkey.authority.authorize;

import dev.latchkey.authority.User;
import dev.latchkey.authority.directory.Identity;
import dev.latchkey.authority.page.Details;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Policy;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Consents;
import dev.latchkey.authority.state.SignedIn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides what a person must be asked, if anything. */
final class SignInDecision {
    private final Site site;
    private final Consents consents;

    SignInDecision(Site site, Consents consents) {
        this.site = site;
        this.consents = consents;
    }

    /**
     * The next step.
     *
     * @param people signed in in the browser
     * @throws OAuthException if the client allows no page and one is needed
     */
    Step next(AuthorizeRequest request, List<SignedIn> people, Progress progress) throws OAuthException {
        if (progress.chosen().isPresent()) {
            checkSubject(request, progress.chosen().get());
            return afterChoice(request, progress.chosen().get(), progress.consented());
        }
        Step step = choose(request, people);
        if (request.authentication().prompts(Prompt.NONE) && !(step instanceof Step.Proceed)) {
            throw silently(request, people, step);
        }
        return step;
    }

    /** OpenID Connect Core section 5.5.1: never an answer about anybody else. */
    private static void checkSubject(AuthorizeRequest request, SignedIn person) throws OAuthException {
        if (!request.authentication().isSubject(person)) {
            throw Problem.SIGN_IN_NEEDED.because("somebody else signed in than the parameter claims has as sub");
        }
    }

    private Step choose(AuthorizeRequest request, List<SignedIn> people) {
        AuthenticationParameters authentication = request.authentication();
        if (policy(request) == Policy.RESET_PASSWORD) {
            return new Step.AskDetails(Details.RESET_PASSWORD, Optional.empty());
        }
        List<SignedIn> admitted = people.stream()
                .filter(person -> identity(request, person.user()).isPresent())
                .toList();
        List<SignedIn> meant = admitted.stream().filter(authentication::means).toList();
        if (authentication.prompts(Prompt.SELECT_ACCOUNT) && !admitted.isEmpty()) {
            return new Step.AskAccount(admitted);
        }
        if (authentication.wantsFreshSignIn() || meant.isEmpty()) {
            return new Step.AskSignIn(typedHint(authentication));
        }
        return meant.size() == 1 ? afterChoice(request, meant.get(0), false) : new Step.AskAccount(meant);
    }

    private Step afterChoice(AuthorizeRequest request, SignedIn person, boolean consented) {
        Instant now = site.now();
        Optional<Identity> identity = identity(request, person.user());
        if (identity.isEmpty() || !request.authentication().isRecentEnough(person, now)) {
            return new Step.AskSignIn(person.user().userName());
        }
        Set<String> wanted = request.tokens().scopes().consentKeys();
        if (policy(request) == Policy.EDIT_PROFILE && !consented) {
            return new Step.AskDetails(Details.EDIT_PROFILE, Optional.of(person));
        }
        if (!request.address().realm().personality().asksConsent()) {
            return new Step.Proceed(person, identity.get());
        }
        Set<String> missing = consents.missing(identity.get(), request.address().client(), wanted);
        if (!missing.isEmpty()) {
            return new Step.AskConsent(person, identity.get(), missing);
        }
        if (request.authentication().prompts(Prompt.CONSENT) && !consented) {
            return new Step.AskConsent(person, identity.get(), wanted);
        }
        return new Step.Proceed(person, identity.get());
    }

    private static OAuthException silently(AuthorizeRequest request, List<SignedIn> people, Step step) {
        if (step instanceof Step.AskAccount) {
            return Problem.ACCOUNT_CHOICE_NEEDED.because("several people are signed in and prompt=none was asked;"
                    + " give a login_hint or sid, or let the person choose");
        }
        if (step instanceof Step.AskConsent consent) {
            return Problem.CONSENT_NEEDED.because("the person has not consented to " + consent.scopes() + " for client "
                    + request.address().client().clientId() + "; send an interactive request");
        }
        String reason = people.isEmpty()
                ? "nobody is signed in in this browser"
                : "nobody signed in in this browser matches the tenant, hints and max_age of the request";
        return Problem.SIGN_IN_NEEDED.because(reason + ", and prompt=none was asked");
    }

    private static Policy policy(AuthorizeRequest request) {
        return request.address().realm().policy();
    }

    private Optional<Identity> identity(AuthorizeRequest request, User user) {
        return request.address().realm().identify(site.directory(), user);
    }

    private String typedHint(AuthenticationParameters authentication) {
        String hint = authentication.loginHint().orElse("");
        return site.directory().users().stream()
                .filter(user -> Identity.isMeantBy(user, hint))
                .map(User::userName)
                .findFirst()
                .orElse(hint);
    }
}
