package dev.latchkey.web.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The content of a session: who signed in through it, which account is active, the step-ups, and the outcomes that the
 * page has not fetched yet. Immutable.
 *
 * @param accounts who signed in, oldest first, each account once
 * @param active one of them, or null
 * @param stepUps the step-ups of its users, at most {@value #MOST_STEP_UPS}, oldest first
 * @param outcomes at most {@value #MOST_OUTCOMES}, oldest first
 */
public record SessionData(
        List<AccountRef> accounts, @Nullable AccountRef active, List<StepUp> stepUps, List<Outcome> outcomes) {
    /** A new session. */
    public static final SessionData EMPTY = new SessionData(List.of(), null, List.of(), List.of());

    /** How many outcomes are kept; the oldest are dropped. */
    public static final int MOST_OUTCOMES = 4;

    /** How many step-ups are kept; the oldest are dropped. */
    public static final int MOST_STEP_UPS = 4;

    /** How many accounts are kept; the oldest are dropped. */
    public static final int MOST_ACCOUNTS = 16;

    /** Copies the lists. */
    public SessionData {
        accounts = List.copyOf(accounts);
        stepUps = List.copyOf(stepUps);
        outcomes = List.copyOf(outcomes);
    }

    /** Whether nobody is signed in. */
    public boolean isEmpty() {
        return accounts.isEmpty();
    }

    /** Whether the account signed in through this session. */
    public boolean holds(AccountRef account) {
        return accounts.stream().anyMatch(account::isSameAccountAs);
    }

    /** The account for requests that name none: the active account, otherwise the only one. */
    public Optional<AccountRef> whoIsMeant() {
        if (active != null) {
            return Optional.of(active);
        }
        return accounts.size() == 1 ? Optional.of(accounts.get(0)) : Optional.empty();
    }

    /** After a sign-in; the first account becomes active. */
    public SessionData with(AccountRef signedIn) {
        List<AccountRef> all = new ArrayList<>(accounts);
        if (!holds(signedIn)) {
            all.add(signedIn);
        }
        if (all.size() > MOST_ACCOUNTS) {
            all.remove(0);
        }
        boolean activeIsGone = active == null || all.stream().noneMatch(active::isSameAccountAs);
        return new SessionData(all, activeIsGone ? signedIn : active, stepUps, outcomes);
    }

    /** After a sign-out: no other account becomes active, and unfetched tokens of the account are dropped. */
    public SessionData without(AccountRef account) {
        boolean wasActive = active != null && active.isSameAccountAs(account);
        return new SessionData(
                accounts.stream()
                        .filter(Predicate.not(account::isSameAccountAs))
                        .toList(),
                wasActive ? null : active,
                // Step-ups do not record their account, so all are dropped.
                holds(account) ? List.of() : stepUps,
                outcomes.stream().filter(it -> !it.isOf(account)).toList());
    }

    /**
     * The accounts that sign out: the named one if it is in the session; all if none was named, starting with the
     * default.
     */
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

    /** After several accounts signed out. */
    public SessionData without(List<AccountRef> leaving) {
        SessionData rest = this;
        for (AccountRef account : leaving) {
            rest = rest.without(account);
        }
        return rest;
    }

    /** After a step-up. */
    public SessionData steppedUp(StepUp done) {
        List<StepUp> all = new ArrayList<>(stepUps);
        all.removeIf(it -> it.isFor(done.claims(), done.extraParameters()));
        all.add(done);
        if (all.size() > MOST_STEP_UPS) {
            all.remove(0);
        }
        return new SessionData(accounts, active, all, outcomes);
    }

    /** With another active account, or none. */
    public SessionData activating(@Nullable AccountRef account) {
        return new SessionData(accounts, account, stepUps, outcomes);
    }

    /** The outcome of the sign-in with the page's id. */
    public Optional<Outcome> outcome(String id) {
        return outcomes.stream().filter(it -> it.id().equals(id)).findFirst();
    }

    /** Without expired outcomes. */
    SessionData pruned(Instant now) {
        List<Outcome> rest =
                outcomes.stream().filter(it -> it.expiresOn().isAfter(now)).toList();
        return rest.size() == outcomes.size() ? this : new SessionData(accounts, active, stepUps, rest);
    }

    /** After a sign-in ended; the oldest outcomes are dropped if there are too many. */
    public SessionData ended(Outcome outcome) {
        List<Outcome> all = new ArrayList<>(outcomes);
        all.removeIf(it -> it.id().equals(outcome.id()));
        all.add(outcome);
        if (all.size() > MOST_OUTCOMES) {
            all.remove(0);
        }
        return new SessionData(accounts, active, stepUps, all);
    }

    /** After the page fetched or cancelled an outcome. */
    public SessionData forgotten(String id) {
        return new SessionData(
                accounts,
                active,
                stepUps,
                outcomes.stream().filter(it -> !it.id().equals(id)).toList());
    }
}
