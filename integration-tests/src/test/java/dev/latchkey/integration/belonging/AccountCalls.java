package dev.latchkey.integration.belonging;

import dev.latchkey.core.account.Account;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;

/** Who has signed in: an application sees the accounts of its own issuer, unless it names another's. */
final class AccountCalls {
    private AccountCalls() {}

    static void addTo(Calls calls) {
        calls.add(3, "PublicClientApplication.accounts()", AccountCalls::everybody);
        calls.add(2, "ClientApplication.accounts(AccountFilter)", AccountCalls::filtered);
        calls.add(1, "ClientApplication.account(AccountFilter)", AccountCalls::firstFiltered);
        calls.add(1, "ClientApplication.accounts(PartitionKey)", AccountCalls::byKey);
        calls.add(3, "PublicClientApplication.activeAccount()", AccountCalls::active);
        calls.add(3, "PublicClientApplication.setActiveAccount(Account)", AccountCalls::activate);
        calls.add(1, "ClientApplication.clearCache(Account)", AccountCalls::clearOne);
        calls.add(1, "PublicClientApplication.clearCache()", AccountCalls::clearAll);
    }

    private static void everybody(Scene scene) {
        Actor actor = scene.anyPublic();
        scene.attempt(
                        actor + " lists accounts",
                        () -> actor.asPublic().blocking().accounts())
                .ifPresent(found -> requireOwn(scene, actor, "listed", found));
    }

    private static void filtered(Scene scene) {
        Actor actor = scene.anybody();
        Requests.Sought sought = scene.requests.filter();
        scene.attempt(
                        actor + " lists accounts by a filter",
                        () -> actor.app().accounts(sought.filter()).join())
                .filter(found -> !sought.namesIssuer())
                .ifPresent(found -> requireOwn(scene, actor, "listed", found));
    }

    private static void firstFiltered(Scene scene) {
        Actor actor = scene.anybody();
        Requests.Sought sought = scene.requests.filter();
        scene.attempt(
                        actor + " finds an account by a filter",
                        () -> actor.app().account(sought.filter()).join())
                .flatMap(found -> found)
                .filter(found -> !sought.namesIssuer())
                .ifPresent(found -> requireOwn(scene, actor, "found", Set.of(found)));
    }

    /** A key names the issuer, so that any account may come. */
    private static void byKey(Scene scene) {
        Actor actor = scene.anybody();
        Account account = Objects.requireNonNull(scene.requests.account(actor));
        scene.attempt(
                actor + " looks up " + account,
                () -> actor.app().accounts(account.partitionKey()).join());
    }

    private static void active(Scene scene) {
        Actor actor = scene.anyPublic();
        scene.attempt(
                        actor + " asks who is active",
                        () -> actor.asPublic().blocking().activeAccount())
                .flatMap(found -> found)
                .ifPresent(found -> requireOwn(scene, actor, "active", Set.of(found)));
    }

    private static void activate(Scene scene) {
        Actor actor = scene.anyPublic();
        Account account = scene.dice.chance(10) ? null : scene.requests.account(actor);
        scene.attempt(actor + " makes active " + account, () -> {
            actor.asPublic().blocking().setActiveAccount(account);
            return true;
        });
    }

    private static void clearOne(Scene scene) {
        Actor actor = scene.anybody();
        Account account = Objects.requireNonNull(scene.requests.account(actor));
        scene.attempt(actor + " forgets " + account, () -> {
            actor.app().clearCache(account).join();
            return true;
        });
    }

    private static void clearAll(Scene scene) {
        Actor actor = scene.anyPublic();
        scene.attempt(actor + " forgets everybody", () -> {
            actor.asPublic().blocking().clearCache();
            return true;
        });
    }

    private static void requireOwn(Scene scene, Actor actor, String how, Collection<Account> found) {
        for (Account account : found) {
            Set<String> owners = scene.faces.owners(account);
            if (!owners.isEmpty() && !owners.contains(actor.own().owner())) {
                scene.complaints.add("account of another issuer " + how, actor + " of " + actor.own() + ": " + account);
            }
        }
    }
}
