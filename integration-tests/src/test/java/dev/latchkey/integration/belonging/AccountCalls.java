package dev.latchkey.integration.belonging;

import dev.latchkey.PublicClientApplication;
import dev.latchkey.core.account.Account;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Signed-in accounts: an application sees those of its own issuer, unless it names another. */
final class AccountCalls {
    private AccountCalls() {}

    static void addTo(Calls calls) {
        calls.add(3, "PublicClientApplication.accounts()", everybody(app -> app.accounts()
                .join()));
        calls.add(1, "BlockingPublicClientApplication.accounts()", everybody(app -> app.blocking()
                .accounts()));
        calls.add(2, "ClientApplication.accounts(AccountFilter)", AccountCalls::filtered);
        calls.add(1, "BlockingPublicClientApplication.accounts(AccountFilter)", AccountCalls::filteredWaiting);
        calls.add(1, "ClientApplication.account(AccountFilter)", AccountCalls::firstFiltered);
        calls.add(1, "BlockingPublicClientApplication.account(AccountFilter)", AccountCalls::firstFilteredWaiting);
        calls.add(1, "ClientApplication.accounts(PartitionKey)", AccountCalls::byKey);
        calls.add(1, "BlockingPublicClientApplication.accounts(PartitionKey)", AccountCalls::byKeyWaiting);
        calls.add(2, "PublicClientApplication.activeAccount()", active(app -> app.activeAccount()
                .join()));
        calls.add(1, "BlockingPublicClientApplication.activeAccount()", active(app -> app.blocking()
                .activeAccount()));
        calls.add(
                2,
                "PublicClientApplication.setActiveAccount(Account)",
                activate((app, account) -> app.setActiveAccount(account).join()));
        calls.add(
                1,
                "BlockingPublicClientApplication.setActiveAccount(Account)",
                activate((app, account) -> app.blocking().setActiveAccount(account)));
        calls.add(1, "ClientApplication.clearCache(Account)", AccountCalls::clearOne);
        calls.add(1, "BlockingPublicClientApplication.clearCache(Account)", AccountCalls::clearOneWaiting);
        calls.add(1, "PublicClientApplication.clearCache()", clearAll(app -> app.clearCache()
                .join()));
        calls.add(1, "BlockingPublicClientApplication.clearCache()", clearAll(app -> app.blocking()
                .clearCache()));
    }

    private static Consumer<Scene> everybody(Function<PublicClientApplication, List<Account>> call) {
        return scene -> {
            Actor actor = scene.anyPublic();
            scene.attempt(actor + " lists accounts", () -> call.apply(actor.asPublic()))
                    .ifPresent(found -> requireOwn(scene, actor, "listed", found));
        };
    }

    private static void filteredWaiting(Scene scene) {
        Actor actor = scene.anyPublic();
        Requests.Sought sought = scene.requests.filter();
        scene.attempt(
                        actor + " lists accounts by a filter",
                        () -> actor.asPublic().blocking().accounts(sought.filter()))
                .filter(found -> !sought.namesIssuer())
                .ifPresent(found -> requireOwn(scene, actor, "listed", found));
    }

    private static void firstFilteredWaiting(Scene scene) {
        Actor actor = scene.anyPublic();
        Requests.Sought sought = scene.requests.filter();
        scene.attempt(
                        actor + " finds an account by a filter",
                        () -> actor.asPublic().blocking().account(sought.filter()))
                .flatMap(found -> found)
                .filter(found -> !sought.namesIssuer())
                .ifPresent(found -> requireOwn(scene, actor, "found", Set.of(found)));
    }

    private static void byKeyWaiting(Scene scene) {
        Actor actor = scene.anyPublic();
        Account account = Objects.requireNonNull(scene.requests.account(actor));
        scene.attempt(
                actor + " looks up " + account,
                () -> actor.asPublic().blocking().accounts(account.partitionKey()));
    }

    private static void clearOneWaiting(Scene scene) {
        Actor actor = scene.anyPublic();
        Account account = Objects.requireNonNull(scene.requests.account(actor));
        scene.attempt(actor + " forgets " + account, () -> {
            actor.asPublic().blocking().clearCache(account);
            return true;
        });
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

    /** A key names the issuer, so any account is allowed. */
    private static void byKey(Scene scene) {
        Actor actor = scene.anybody();
        Account account = Objects.requireNonNull(scene.requests.account(actor));
        scene.attempt(
                actor + " looks up " + account,
                () -> actor.app().accounts(account.partitionKey()).join());
    }

    private static Consumer<Scene> active(Function<PublicClientApplication, Optional<Account>> call) {
        return scene -> {
            Actor actor = scene.anyPublic();
            scene.attempt(actor + " asks who is active", () -> call.apply(actor.asPublic()))
                    .flatMap(found -> found)
                    .ifPresent(found -> requireOwn(scene, actor, "active", Set.of(found)));
        };
    }

    private static Consumer<Scene> activate(BiConsumer<PublicClientApplication, Account> call) {
        return scene -> {
            Actor actor = scene.anyPublic();
            Account account = scene.dice.chance(10) ? null : scene.requests.account(actor);
            scene.attempt(actor + " makes active " + account, () -> {
                call.accept(actor.asPublic(), account);
                return true;
            });
        };
    }

    private static void clearOne(Scene scene) {
        Actor actor = scene.anybody();
        Account account = Objects.requireNonNull(scene.requests.account(actor));
        scene.attempt(actor + " forgets " + account, () -> {
            actor.app().clearCache(account).join();
            return true;
        });
    }

    private static Consumer<Scene> clearAll(Consumer<PublicClientApplication> call) {
        return scene -> {
            Actor actor = scene.anyPublic();
            scene.attempt(actor + " forgets everybody", () -> {
                call.accept(actor.asPublic());
                return true;
            });
        };
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
