package dev.latchkey.web.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a session is: who signed in through it, which of them is active, what more they did, which of their sign-ins
 * the page has not fetched yet.
 * Immutable.
 *
 * @param accounts who signed in, oldest first, each account once
 * @param active one of them, or null
 * @param stepUps what its people did to get stronger tokens, at most {@value #MOST_STEP_UPS}, oldest first
 * @param outcomes at most {@value #MOST_OUTCOMES}, oldest first
 */
public record SessionData(
        List<AccountRef> accounts, @Nullable AccountRef active, List<StepUp> stepUps, List<Outcome> outcomes) {
    /** A new session. */
    public static final SessionData EMPTY = new SessionData(List.of(), null, List.of(), List.of());

    /** How many outcomes are remembered; the oldest go. */
    public static final int MOST_OUTCOMES = 4;

    /** How many step-ups are remembered; the oldest go. */
    public static final int MOST_STEP_UPS = 4;

    /** How many accounts are remembered; the oldest go. */
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
        return new SessionData(all, activeIsGone ? signedIn : active, stepUps, outcomes);
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
                outcomes.stream().filter(it -> !it.isOf(account)).toList());
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
        return new SessionData(accounts, active, all, outcomes);
    }

    /** With another active account, or none. */
    public SessionData activating(@Nullable AccountRef account) {
        return new SessionData(accounts, account, stepUps, outcomes);
    }

    /** How the sign-in ended that the page calls by this id. */
    public Optional<Outcome> outcome(String id) {
        return outcomes.stream().filter(it -> it.id().equals(id)).findFirst();
    }

    /** Without outcomes that nobody fetched in time. */
    SessionData pruned(Instant now) {
        List<Outcome> rest =
                outcomes.stream().filter(it -> it.expiresOn().isAfter(now)).toList();
        return rest.size() == outcomes.size() ? this : new SessionData(accounts, active, stepUps, rest);
    }

    /** After a sign-in ended; the oldest outcomes go if there are too many. */
    public SessionData ended(Outcome outcome) {
        List<Outcome> all = new ArrayList<>(outcomes);
        all.removeIf(it -> it.id().equals(outcome.id()));
        all.add(outcome);
        if (all.size() > MOST_OUTCOMES) {
            all.remove(0);
        }
        return new SessionData(accounts, active, stepUps, all);
    }

    /** After the page fetched an outcome, or gave it up. */
    public SessionData forgotten(String id) {
        return new SessionData(
                accounts,
                active,
                stepUps,
                outcomes.stream().filter(it -> !it.id().equals(id)).toList());
    }
}
