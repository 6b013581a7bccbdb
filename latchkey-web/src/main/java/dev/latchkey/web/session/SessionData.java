package dev.latchkey.web.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a session is: who signed in through it, which of them is active, what more they did, which interactions it has.
 * Immutable.
 *
 * @param accounts who signed in, oldest first, each account once
 * @param active one of them, or null
 * @param stepUps what its people did to get stronger tokens, at most {@value #MOST_STEP_UPS}, oldest first
 * @param interactions at most {@value #MOST_INTERACTIONS}, oldest first
 */
public record SessionData(
        List<AccountRef> accounts, @Nullable AccountRef active, List<StepUp> stepUps, List<Interaction> interactions) {
    /** A new session. */
    public static final SessionData EMPTY = new SessionData(List.of(), null, List.of(), List.of());

    /** How many interactions are remembered; the oldest go. */
    public static final int MOST_INTERACTIONS = 4;

    /** How many step-ups are remembered; the oldest go. */
    public static final int MOST_STEP_UPS = 4;

    /** How many accounts are remembered; the oldest go. */
    public static final int MOST_ACCOUNTS = 16;

    /** Long enough for a page that is slow to load after a redirect. */
    private static final Duration TIME_TO_FETCH = Duration.ofMinutes(5);

    /** Copies the lists. */
    public SessionData {
        accounts = List.copyOf(accounts);
        stepUps = List.copyOf(stepUps);
        interactions = List.copyOf(interactions);
    }

    /** Whether there is nothing to remember. */
    public boolean isEmpty() {
        return accounts.isEmpty() && interactions.isEmpty();
    }

    /** Whether the account signed in through this session. */
    public boolean holds(AccountRef account) {
        return accounts.stream().anyMatch(account::isSameAccountAs);
    }

    /** Who is meant where a request names nobody: the active account, else the only one. */
    public Optional<AccountRef> whoIsMeant() {
        if (active != null) {
            return Optional.of(active);
        }
        return accounts.size() == 1 ? Optional.of(accounts.get(0)) : Optional.empty();
    }

    /** After a sign-in; the first to sign in is active. */
    public SessionData with(AccountRef signedIn) {
        List<AccountRef> all = new ArrayList<>(accounts);
        if (!holds(signedIn)) {
            all.add(signedIn);
        }
        if (all.size() > MOST_ACCOUNTS) {
            all.remove(0);
        }
        boolean activeIsGone = active == null || all.stream().noneMatch(active::isSameAccountAs);
        return new SessionData(all, activeIsGone ? signedIn : active, stepUps, interactions);
    }

    /** After a sign-out: nobody takes the active one's place, and tokens that wait to be fetched are gone. */
    public SessionData without(AccountRef account) {
        boolean wasActive = active != null && active.isSameAccountAs(account);
        return new SessionData(
                accounts.stream()
                        .filter(Predicate.not(account::isSameAccountAs))
                        .toList(),
                wasActive ? null : active,
                // Nobody notes whose they were: what is left of the session begins anew.
                holds(account) ? List.of() : stepUps,
                interactions.stream()
                        .filter(it -> it.outcome() == null
                                || it.outcome().account() == null
                                || !account.isSameAccountAs(it.outcome().account()))
                        .toList());
    }

    /** Who signs out: the named account if it is here; if none was named everybody, whoever is meant by default first. */
    public List<AccountRef> leaving(@Nullable AccountRef named) {
        if (named != null) {
            return accounts.stream().filter(named::isSameAccountAs).toList();
        }
        List<AccountRef> all = new ArrayList<>(accounts);
        whoIsMeant().ifPresent(first -> {
            all.removeIf(first::isSameAccountAs);
            all.add(0, first);
        });
        return all;
    }

    /** After several signed out. */
    public SessionData without(List<AccountRef> leaving) {
        SessionData rest = this;
        for (AccountRef account : leaving) {
            rest = rest.without(account);
        }
        return rest;
    }

    /** After somebody did more than sign in. */
    public SessionData steppedUp(StepUp done) {
        List<StepUp> all = new ArrayList<>(stepUps);
        all.removeIf(it -> it.isFor(done.claims(), done.extraParameters()));
        all.add(done);
        if (all.size() > MOST_STEP_UPS) {
            all.remove(0);
        }
        return new SessionData(accounts, active, all, interactions);
    }

    /** With another active account, or none. */
    public SessionData activating(@Nullable AccountRef account) {
        return new SessionData(accounts, account, stepUps, interactions);
    }

    /** The interaction that the page calls by this id. */
    public Optional<Interaction> interaction(String id) {
        return interactions.stream().filter(it -> it.id().equals(id)).findFirst();
    }

    /** The interaction whose answer this is. */
    public Optional<Interaction> interactionOfState(String state) {
        return interactions.stream().filter(it -> it.state().equals(state)).findFirst();
    }

    /** Without interactions that took too long, or whose outcome nobody fetched. */
    SessionData pruned(Instant now) {
        List<Interaction> rest =
                interactions.stream().filter(it -> it.expiresOn().isAfter(now)).toList();
        return rest.size() == interactions.size() ? this : new SessionData(accounts, active, stepUps, rest);
    }

    /** After one began; the oldest go if there are too many. */
    public SessionData begun(Interaction interaction) {
        List<Interaction> all = new ArrayList<>(interactions);
        all.removeIf(it -> it.id().equals(interaction.id()));
        all.add(interaction);
        if (all.size() > MOST_INTERACTIONS) {
            all.remove(0);
        }
        return new SessionData(accounts, active, stepUps, all);
    }

    /** After its answer was claimed: whoever brings it again finds nobody waiting. */
    public SessionData claimed(String id) {
        return replaced(id, Interaction::claimed);
    }

    /** After one ended; the page may fetch the outcome for a while. */
    public SessionData ended(String id, Interaction.Outcome outcome, Instant now) {
        return replaced(id, it -> it.ended(outcome, now.plus(TIME_TO_FETCH)));
    }

    /** After the page fetched the outcome, or gave it up. */
    public SessionData forgotten(String id) {
        return new SessionData(
                accounts,
                active,
                stepUps,
                interactions.stream().filter(it -> !it.id().equals(id)).toList());
    }

    private SessionData replaced(String id, UnaryOperator<Interaction> change) {
        return new SessionData(
                accounts,
                active,
                stepUps,
                interactions.stream()
                        .map(it -> it.id().equals(id) ? change.apply(it) : it)
                        .toList());
    }
}
