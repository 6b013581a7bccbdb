package dev.latchkey.integration.belonging;

import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.integration.belonging.Faces.Face;
import dev.latchkey.integration.belonging.Presence.Who;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what pages receive with what they requested, and learns which users the shown accounts belong to. */
final class PageJudge {
    private final Ledger ledger;
    private final Complaints complaints;
    private final Faces faces;
    private final ResultJudge results;
    private final SignInBook signIns;
    private final Map<PartitionKey, Set<Who>> known = new HashMap<>();

    PageJudge(Scene scene, SignInBook signIns) {
        this.ledger = scene.world.ledger();
        this.complaints = scene.complaints;
        this.faces = scene.faces;
        this.results = scene.judge;
        this.signIns = signIns;
    }

    /**
     * The user of a session's account, if certain; empty if it was never shown, or several users have the same name.
     */
    Set<Who> who(Account account) {
        Set<Who> all = known.getOrDefault(account.partitionKey(), Set.of());
        return all.size() == 1 ? all : Set.of();
    }

    /** The address at which a user is to sign in for a page. */
    void sentTo(Page page, @Nullable Issuer at, Asked asked) {
        Issuer own = page.front.own();
        if (at == null || !at.owner().equals(own.owner())) {
            complaints.add("person sent to another issuer", page + ": to " + at);
            return;
        }
        boolean isOfAccount = asked.tenantId() != null
                && asked.account() != null
                && faces.people(asked.account()).stream().anyMatch(person -> person.isIn(at));
        if (!at.equals(own) && !page.front.site.otherTenants() && !isOfAccount) {
            complaints.add("person sent to a tenant that the front does not allow", page + ": to " + at);
        }
        if (!at.equals(asked.issuer().orElse(null))) {
            complaints.add("person sent elsewhere than was asked", page + ": to " + at + ", asked was " + asked);
        }
    }

    /** The result of a sign-in. */
    void signedIn(WebSignIn signIn, JsonObject json) {
        Page page = signIn.page;
        Face face = signIn.signedIn();
        if (face == null || signIn.isForgotten()) {
            complaints.add("result of a sign-in in which nobody signed in", page + ": " + signIn.id);
            return;
        }
        Fact token = ledger.find(json.string("accessToken"), Kind.ACCESS_TOKEN);
        if (token != null && !token.code().equals(signIn.code())) {
            complaints.add("result of another sign-in", page + ": " + token);
        }
        result(page, json, signIn.begin.asked(), face.person());
        state(page, json, signIn.begin.state());
    }

    /**
     * The result of a silent call.
     *
     * @param meant the possible users if the request named none
     */
    void silent(Page page, Presence presence, JsonObject json, Asked asked, @Nullable Set<Person> meant) {
        Fact token = ledger.find(json.string("accessToken"), Kind.ACCESS_TOKEN);
        meant(page, token, meant);
        result(page, json, strengthened(asked, token, page, presence), null);
    }

    /** The same for a result that Java code or an API receives. */
    void silent(Page page, Presence presence, Brought brought, Asked asked, @Nullable Set<Person> meant) {
        Fact token = ledger.find(brought.accessToken(), Kind.ACCESS_TOKEN);
        meant(page, token, meant);
        results.check(brought, strengthened(asked, token, page, presence), null);
    }

    /** A page receives its own data back. */
    void state(Page page, JsonObject json, String state) {
        if (!state.equals(json.string("state"))) {
            complaints.add("result with the state of another call", page + ": " + json.string("state"));
        }
    }

    /** Accounts shown to a page. */
    void accounts(Page page, List<JsonObject> accounts) {
        for (JsonObject json : accounts) {
            Account account = PageJson.account(json, page.front.own());
            Face face = faceOf(page, json);
            if (account != null && face != null) {
                page.show(account);
                learn(account, face);
            }
        }
    }

    /** An account shown to Java code. */
    void account(Page page, Account account) {
        String idToken = account.idToken().map(Secret::reveal).orElse(null);
        Face face = faceOf(page, account.username(), idToken, account.tenantId());
        if (face != null) {
            learn(account, face);
        }
    }

    private void learn(Account account, Face face) {
        known.computeIfAbsent(account.partitionKey(), key -> new LinkedHashSet<>())
                .add(Who.of(face));
        results.learn(account, face);
    }

    private void result(Page page, JsonObject json, Asked asked, @Nullable Person signedIn) {
        JsonObject account = Objects.requireNonNullElse(json.object("account"), JsonObject.EMPTY);
        if (page.front.site.tokensStay()) {
            Face face = faceOf(page, account);
            if (face != null && signedIn != null && !face.person().equals(signedIn)) {
                complaints.add("result of somebody who did not sign in", page + ": " + face);
            }
            if (face != null
                    && asked.account() != null
                    && !faces.people(asked.account()).contains(face.person())) {
                complaints.add("result of another person", page + ": " + face + ", asked was " + asked);
            }
        } else {
            results.check(PageJson.brought(json, page.front.own()), asked, signedIn);
        }
        accounts(page, List.of(account));
    }

    private void meant(Page page, @Nullable Fact token, @Nullable Set<Person> meant) {
        if (meant != null && token != null && !meant.contains(token.person())) {
            complaints.add("result of another person than is active", page + ": " + token + ", not " + meant);
        }
    }

    /** A request without special requirements may receive a token of the session's step-ups. */
    private Asked strengthened(Asked asked, @Nullable Fact token, Page page, Presence presence) {
        Wish wish = asked.wish();
        WebSignIn stepUp = token == null ? null : signIns.ofCode(token.code());
        boolean isPlain = wish.strength().isEmpty() && wish.audience().isEmpty();
        if (!isPlain || stepUp == null || !stepUp.isOf(page, presence)) {
            return asked;
        }
        Wish stronger = new Wish(
                wish.scopes(), wish.resource(), wish.audience(), token.wish().strength());
        return new Asked(asked.actor(), asked.authority(), asked.tenantId(), asked.account(), stronger);
    }

    private @Nullable Face faceOf(Page page, JsonObject account) {
        return faceOf(page, account.string("username"), account.string("idToken"), account.string("tenantId", ""));
    }

    /** The user of an account, by the name or ID token that only one user has; null if neither is stated. */
    private @Nullable Face faceOf(Page page, @Nullable String username, @Nullable String idToken, String tenantId) {
        Issuer own = page.front.own();
        Issuer issuer = own.tenant().isEmpty() ? own : Places.beside(own, tenantId);
        Fact name = ledger.find(username, Kind.HINT);
        Fact fact = name == null ? ledger.find(idToken, Kind.ID_TOKEN) : name;
        return issuer == null || fact == null || fact.person() == null ? null : new Face(issuer, fact.person());
    }
}
