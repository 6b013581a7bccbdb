package dev.latchkey.integration.belonging;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All sign-ins that pages started. */
final class SignInBook {
    private final List<WebSignIn> all = new ArrayList<>();

    /** Records one; a repeated id of the same page names the newer. */
    void begin(WebSignIn signIn) {
        WebSignIn before = find(signIn.page, signIn.id);
        if (before != null) {
            before.forget();
        }
        all.add(signIn);
    }

    List<WebSignIn> all() {
        return all;
    }

    /** Responses to sign-ins of a page are no longer accepted. */
    void endAll(Page page) {
        all.stream().filter(signIn -> signIn.page == page).forEach(WebSignIn::end);
    }

    /** Mostly the newest that matches, otherwise any. */
    static WebSignIn mostly(List<WebSignIn> all, Predicate<WebSignIn> which, Dice dice) {
        List<WebSignIn> some = all.stream().filter(which).toList();
        return some.isEmpty() || dice.chance(20) ? dice.one(all) : some.get(some.size() - 1);
    }

    /** The newest with the page's id. */
    @Nullable
    WebSignIn find(Page page, String id) {
        return newest(signIn -> signIn.page == page && signIn.id.equals(id));
    }

    @Nullable
    WebSignIn ofCode(String code) {
        return code.isEmpty() ? null : newest(signIn -> signIn.code().equals(code));
    }

    @Nullable
    WebSignIn ofState(String state) {
        return state.isEmpty() ? null : newest(signIn -> signIn.state().equals(state));
    }

    private @Nullable WebSignIn newest(Predicate<WebSignIn> which) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (which.test(all.get(i))) {
                return all.get(i);
            }
        }
        return null;
    }
}
