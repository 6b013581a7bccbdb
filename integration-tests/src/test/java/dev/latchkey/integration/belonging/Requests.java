package dev.latchkey.integration.belonging;

import dev.latchkey.CacheLookupPolicy;
import dev.latchkey.InteractiveRequest;
import dev.latchkey.PopupRequest;
import dev.latchkey.Prompt;
import dev.latchkey.RedirectRequest;
import dev.latchkey.SilentRequest;
import dev.latchkey.StoreInCache;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.integration.belonging.Faces.Face;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates random requests. */
final class Requests {
    private static final List<String> SCOPES =
            List.of("read", "", "read write", "write", "read admin", "User.Read", "https://api.example.test/.default");
    private static final List<String> RESOURCES = List.of("https://r1.example.test", "https://r2.example.test");
    private static final List<String> AUDIENCES = List.of("audience-1", "audience-2");
    private static final List<String> CLAIMS = List.of(
            "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}",
            "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"gold\"}}}");
    private static final List<String> COMPONENTS = List.of("session-1", "session-2");
    private static final List<String> TENANTS =
            List.of(Places.CONTOSO, Places.FABRIKAM, Places.CONTOSO_DOMAIN, Places.EDIT, "nowhere");

    private final Dice dice;
    private final World world;
    private final Faces faces;
    private final List<SilentRequest> made = new ArrayList<>();

    Requests(Dice dice, World world, Faces faces) {
        this.dice = dice;
        this.world = world;
        this.faces = faces;
    }

    /**
     * The accounts that an application looks for.
     *
     * @param filter the filter
     * @param namesIssuer whether it names an issuer, even one other than the application's own
     */
    record Sought(AccountFilter filter, boolean namesIssuer) {}

    /** A new request or, because requests remember their last answers, one created for this or another application. */
    SilentRequest silent(Actor actor) {
        if (!made.isEmpty() && dice.chance(30)) {
            return dice.one(made);
        }
        SilentRequest request = SilentRequest.builder(scopes())
                .account(dice.chance(10) ? null : account(actor))
                .authority(authority(actor))
                .tenantId(dice.maybe(5, TENANTS))
                .claims(dice.maybe(8, CLAIMS))
                .resource(dice.maybe(10, RESOURCES))
                .cacheLookupPolicy(dice.mostlyFirst(30, List.of(CacheLookupPolicy.values())))
                .storeInCache(storeInCache())
                .extraParameters(extras())
                .cacheKeyComponent(dice.maybe(6, COMPONENTS))
                .build();
        made.add(request);
        return request;
    }

    PopupRequest popup(Actor actor) {
        String authority = authority(actor);
        return interactive(PopupRequest.builder(scopes()), actor, authority)
                .redirectPath(dice.chance(30) ? null : redirectPath(actor, authority))
                .build();
    }

    /** With the redirect URI that is registered with the issuer. */
    RedirectRequest redirect(Actor actor) {
        String authority = authority(actor);
        Issuer named = authority == null ? actor.own() : Places.named(authority);
        return interactive(
                        RedirectRequest.builder(Places.redirectUri(named == null ? actor.own() : named), scopes()),
                        actor,
                        authority)
                .build();
    }

    private <B extends InteractiveRequest.Builder<B>> B interactive(
            B request, Actor actor, @Nullable String authority) {
        return request.account(dice.chance(60) ? null : account(actor))
                .authority(authority)
                .cacheKeyComponent(dice.maybe(6, COMPONENTS))
                .tenantId(dice.maybe(6, TENANTS))
                .claims(dice.maybe(10, CLAIMS))
                .resource(dice.maybe(10, RESOURCES))
                .prompt(dice.maybe(20, List.of(Prompt.LOGIN, Prompt.SELECT_ACCOUNT)))
                .loginHint(dice.maybe(5, List.of("somebody@nowhere.test")))
                .extraScopesToConsent(dice.chance(10) ? Scopes.of("https://other.api.test/all") : Scopes.NONE)
                .storeInCache(storeInCache())
                .extraQueryParameters(extras())
                .extraParameters(extras());
    }

    private static String redirectPath(Actor actor, @Nullable String authority) {
        Issuer named = authority == null ? actor.own() : Places.named(authority);
        return Places.redirectPath(named == null ? actor.own() : named);
    }

    /** Any account: mostly one of the application's own, otherwise one of another or one built by hand. */
    @Nullable
    Account account(Actor actor) {
        List<Account> own = faces.known().stream()
                .filter(account -> faces.owners(account).contains(actor.own().owner()))
                .toList();
        int way = dice.below(100);
        if (way < 70 && !own.isEmpty()) {
            return dice.one(own);
        }
        if (way < 88 && !faces.known().isEmpty()) {
            return dice.one(faces.known());
        }
        return way < 95 || faces.known().isEmpty() ? handMade() : variant(dice.one(faces.known()));
    }

    /** A filter; ids across tenants and environments name an issuer, user names do not. */
    Sought filter() {
        List<Account> known = faces.known();
        Account account = known.isEmpty() ? handMade() : dice.one(known);
        return switch (dice.below(5)) {
            case 0 -> new Sought(AccountFilter.homeAccountId(account.homeAccountId()), true);
            case 1 ->
                new Sought(
                        AccountFilter.builder()
                                .environment(account.environment())
                                .build(),
                        true);
            case 2 -> new Sought(AccountFilter.username(account.username()), false);
            case 3 ->
                new Sought(
                        AccountFilter.builder()
                                .localAccountId(account.localAccountId())
                                .build(),
                        false);
            default -> new Sought(AccountFilter.EMPTY, false);
        };
    }

    Scopes scopes() {
        return Scopes.parse(dice.mostlyFirst(60, SCOPES));
    }

    /** Mostly none, for the application's own; otherwise a sibling of it, or any issuer in one of its spellings. */
    @Nullable
    String authority(Actor actor) {
        if (dice.chance(82)) {
            return null;
        }
        List<Issuer> siblings = Places.ALL.stream().filter(actor::owns).toList();
        String address = dice.one(dice.chance(50) ? siblings : Places.ALL).address();
        String spelled = dice.chance(10) ? address + "/" : address;
        return dice.chance(80)
                ? spelled
                : spelled.replace("login.microsoftonline.com", "login.windows.net")
                        .replace(Places.CONTOSO, Places.CONTOSO_DOMAIN);
    }

    private Account handMade() {
        Issuer issuer =
                dice.one(Places.ALL.stream().filter(one -> !one.isShared()).toList());
        Person person = dice.one(world.people(issuer));
        Account account = Api.account(issuer, person, world.habits(issuer));
        faces.learn(account, new Face(issuer, person));
        return account;
    }

    private Account variant(Account account) {
        return dice.chance(50) ? Api.rebuilt(account) : account.inTenant(dice.one(TENANTS));
    }

    private StoreInCache storeInCache() {
        return dice.chance(85) ? StoreInCache.ALL : new StoreInCache(dice.chance(50), dice.chance(50), dice.chance(50));
    }

    private Map<String, String> extras() {
        Map<String, String> extras = new HashMap<>();
        if (dice.chance(10)) {
            extras.put("audience", dice.one(AUDIENCES));
        }
        if (dice.chance(6)) {
            extras.put("acr_values", "gold");
        }
        return extras;
    }
}
