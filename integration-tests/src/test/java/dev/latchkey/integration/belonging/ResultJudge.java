package dev.latchkey.integration.belonging;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.integration.belonging.Faces.Face;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares each result with its request, and with the truth about its tokens. */
final class ResultJudge {
    private final Ledger ledger;
    private final Complaints complaints;
    private final Faces faces;

    ResultJudge(Ledger ledger, Complaints complaints, Faces faces) {
        this.ledger = ledger;
        this.complaints = complaints;
        this.faces = faces;
    }

    /**
     * Judges a result.
     *
     * @param signedIn the user who signed in in the browser for it, if any
     */
    void check(Brought result, Asked asked, @Nullable Person signedIn) {
        int before = complaints.size();
        Fact token = ledger.find(result.accessToken(), Kind.ACCESS_TOKEN);
        if (token == null) {
            complaints.add("result with an unknown token", asked.toString());
            return;
        }
        issuer(token, asked, signedIn);
        label(result, token);
        client(token, asked);
        subject(token, asked, signedIn);
        Wish wish = asRead(asked.wish(), token.issuer());
        shape(token, wish);
        scopes(result, token, wish);
        idToken(result, token);
        Account account = result.account();
        if (account == null) {
            return;
        }
        account(account, token);
        if (complaints.size() == before) {
            learn(account, new Face(token.issuer(), Objects.requireNonNull(token.person())));
        }
    }

    private void issuer(Fact token, Asked asked, @Nullable Person signedIn) {
        Issuer wanted = asked.issuer().orElse(null);
        if (wanted == null || !wanted.owner().equals(token.issuer().owner())) {
            complain("result of another issuer", token, "asked was " + wanted);
        } else if (!isRightTenant(token.issuer().tenant(), wanted, asked, signedIn)) {
            complain(
                    "result of another tenant or policy",
                    token,
                    "asked was " + wanted + ", account " + asked.account());
        }
    }

    /** The named tenant or policy; otherwise the account's, to which a request without authority refers. */
    private boolean isRightTenant(String tenant, Issuer wanted, Asked asked, @Nullable Person signedIn) {
        boolean isAsked = tenant.equals(wanted.tenant());
        boolean isOpen = !asked.namesTenant() || wanted.isShared();
        if (signedIn != null) {
            return isAsked || wanted.isShared();
        }
        return isAsked || (isOpen && (asked.account() == null || isOf(asked.account(), tenant)));
    }

    private boolean isOf(Account account, String tenant) {
        return tenant.equals(Places.tenantId(account.tenantId()))
                || faces.tenants(account).contains(tenant);
    }

    private void label(Brought result, Fact token) {
        if (result.authority() == null) {
            return;
        }
        Issuer label = Places.named(result.authority());
        boolean isSame = label != null
                && label.owner().equals(token.issuer().owner())
                && (label.isShared() || label.tenant().equals(token.issuer().tenant()));
        if (!isSame) {
            complain("result labelled with another issuer", token, "label " + result.authority());
        }
    }

    private void client(Fact token, Asked asked) {
        if (!token.clientId().equals(asked.actor().app().clientId())) {
            complain("result of another client", token, "asked was " + asked.actor());
        }
    }

    private void subject(Fact token, Asked asked, @Nullable Person signedIn) {
        if (signedIn != null) {
            if (!signedIn.equals(token.person())) {
                complain("result of somebody who did not sign in", token, signedIn + " signed in");
            }
        } else if (asked.account() != null && !faces.people(asked.account()).contains(token.person())) {
            complain("result of another person", token, "asked was " + asked.account());
        }
    }

    /** At Microsoft's authorities the scopes name the resource: bare ones get that of the request, and nothing else does. */
    private static Wish asRead(Wish wish, Issuer issuer) {
        if (wish.resource().isEmpty() || !issuer.kind().isEntraShaped()) {
            return wish;
        }
        List<String> named = wish.scopes().values().stream()
                .filter(scope -> !Scopes.DEFAULTS.contains(scope))
                .map(scope -> wish.resource() + "/" + scope)
                .toList();
        return new Wish(Scopes.of(named), "", wish.audience(), wish.strength());
    }

    private void shape(Fact token, Wish wish) {
        if (!token.wish().audience().equals(wish.audience())) {
            complain("result of another audience", token, "asked was '" + wish.audience() + "'");
        }
        if (!token.wish().resource().equals(wish.resource())) {
            complain("result of another resource", token, "asked was '" + wish.resource() + "'");
        }
        if (!token.wish().strength().equals(wish.strength())) {
            String kind = token.wish().strength().containsAll(wish.strength()) ? "stronger" : "weaker or other";
            complain("result of another strength: " + kind, token, "asked was " + wish.strength());
        }
    }

    /** Everything requested, or what was requested from the issuer as well but not granted. */
    private void scopes(Brought result, Fact token, Wish wish) {
        boolean covers = token.granted().containsAll(wish.scopes().forLookup())
                || token.wish().scopes().containsAll(wish.scopes());
        if (!covers) {
            complain("result with too few scopes", token, "asked was " + wish.scopes());
        }
        if (!token.granted().containsAll(result.scopes())) {
            complain("result that promises scopes which were not granted", token, "promised " + result.scopes());
        }
    }

    private void idToken(Brought result, Fact token) {
        Fact idToken = ledger.find(result.idToken(), Kind.ID_TOKEN);
        if (idToken == null) {
            return;
        }
        boolean fits = Objects.equals(idToken.person(), token.person())
                && idToken.issuer().equals(token.issuer())
                && idToken.clientId().equals(token.clientId());
        if (!fits) {
            complain("result with an ID token of somebody or somewhere else", token, "ID token " + told(idToken));
        }
    }

    private void account(Account account, Fact token) {
        Person person = Objects.requireNonNull(token.person());
        String localId = account.localAccountId();
        boolean isNamed = !localId.isEmpty();
        if (isNamed && !localId.equals(localId(person, token.issuer()))) {
            complain("result with the account of another person", token, account.toString());
        }
    }

    /** Records the user of an account. */
    void learn(Account account, Face face) {
        Set<Person> others = faces.people(account);
        if (!others.isEmpty() && !others.contains(face.person())) {
            complaints.add("two people with one account", account + ": " + face.person() + " and " + others);
        }
        faces.learn(account, face);
    }

    private static String localId(Person person, Issuer issuer) {
        return issuer.is(AuthorityKind.ENTRA) ? person.localId(issuer) : IdTokens.subject(issuer, person);
    }

    private void complain(String kind, Fact token, String text) {
        complaints.add(kind, told(token) + "; " + text);
    }

    private static String told(Fact token) {
        return token.kind() + " of " + token.issuer() + " for " + token.person() + " as " + token.wish() + ", client "
                + token.clientId();
    }
}
