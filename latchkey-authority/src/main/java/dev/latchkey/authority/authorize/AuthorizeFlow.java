package dev.latchkey.authority.authorize;

import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.memory.BoundedStore;
import dev.latchkey.authority.page.Details;
import dev.latchkey.authority.page.FormKey;
import dev.latchkey.authority.page.Pages;
import dev.latchkey.authority.page.Visitor;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.realm.Personality;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.SignedIn;
import dev.latchkey.authority.state.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Moves a request from step to step: the page for the next question, or the answer. */
final class AuthorizeFlow {
    private static final int MAX_INTERACTIONS = 2_000;
    private static final Duration INTERACTION_LIFETIME = Duration.ofMinutes(30);

    private final BoundedStore<Interaction> interactions = new BoundedStore<>(MAX_INTERACTIONS);
    private final Site site;
    private final Stores stores;
    private final Pages pages;
    private final SignInDecision decision;
    private final AuthorizeReplies replies;

    AuthorizeFlow(Site site, Stores stores, Pages pages) {
        this.site = site;
        this.stores = stores;
        this.pages = pages;
        this.decision = new SignInDecision(site, stores.consents());
        this.replies = new AuthorizeReplies(site, stores, pages);
    }

    AuthorizeReplies replies() {
        return replies;
    }

    /** The next page or the answer. */
    Reply advance(AuthorizeRequest request, Progress progress, Browser browser) {
        try {
            List<SignedIn> people = stores.sessions().people(browser.name(), site.now());
            return browser.tell(reply(request, progress, decision.next(request, people, progress), browser));
        } catch (OAuthException failure) {
            return replies.error(request.address(), failure, request.correlationId(), browser.afterPost());
        }
    }

    /** The sign-in page, with what was wrong with the last try. */
    Reply askSignIn(AuthorizeRequest request, Browser browser, String userName, String message) {
        FormKey key = remember(request, Progress.START, browser);
        return browser.tell(pages.signIn(visitor(request), key, userName, message));
    }

    /** A page for something about the person. */
    Reply askDetails(AuthorizeRequest request, Browser browser, Details details, Params typed, String message) {
        FormKey key = remember(request, Progress.START, browser);
        return browser.tell(pages.details(visitor(request), key, details, typed, message));
    }

    /** Takes an interaction out of memory: each page can be answered once. */
    Optional<Interaction> take(String id, String csrf, String browser) {
        Optional<Interaction> found = interactions
                .get(id)
                .filter(interaction -> interaction.csrf().equals(csrf))
                .filter(interaction -> interaction.browser().equals(browser))
                .filter(interaction ->
                        interaction.begun().plus(INTERACTION_LIFETIME).isAfter(site.now()));
        found.ifPresent(interaction -> interactions.remove(id));
        return found;
    }

    private Reply reply(AuthorizeRequest request, Progress progress, Step step, Browser browser) {
        if (step instanceof Step.Proceed proceed) {
            return replies.code(request, proceed.person(), proceed.identity(), browser.afterPost());
        }
        Visitor visitor = visitor(request);
        if (step instanceof Step.AskAccount ask) {
            return pages.accounts(visitor, remember(request, progress, browser), ask.people());
        }
        if (step instanceof Step.AskConsent ask) {
            FormKey key = remember(request, progress.chosen(ask.person()), browser);
            return pages.consent(visitor, key, ask.identity(), ask.scopes());
        }
        if (step instanceof Step.AskDetails ask) {
            Progress reached = ask.person().map(progress::chosen).orElse(progress);
            FormKey key = remember(request, reached, browser);
            return pages.details(visitor, key, ask.details(), known(reached), "");
        }
        Step.AskSignIn ask = (Step.AskSignIn) step;
        return pages.signIn(visitor, remember(request, Progress.START, browser), ask.userName(), "");
    }

    private static Params known(Progress progress) {
        return progress.chosen()
                .map(person -> Params.NONE.with("display_name", person.user().displayName()))
                .orElse(Params.NONE);
    }

    private FormKey remember(AuthorizeRequest request, Progress progress, Browser browser) {
        String id = site.entropy().token();
        String csrf = site.entropy().token();
        interactions.put(id, new Interaction(csrf, browser.name(), request, progress, site.now()));
        return new FormKey(id, csrf);
    }

    private static Visitor visitor(AuthorizeRequest request) {
        String tenant = request.address()
                .realm()
                .admission()
                .tenant()
                .map(found -> found.displayName())
                .orElse("");
        return new Visitor(
                request.address().client().displayName(),
                tenant,
                request.address().redirectUri(),
                request.address().realm().personality() == Personality.B2C);
    }
}
