package dev.latchkey.integration.belonging;

import dev.latchkey.core.authorize.Pkce;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.integration.belonging.Faces.Face;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Searches every response to a browser for secrets: a page may get tokens and names only of users who have signed in
 * there since their last sign-out, for the front's issuer and client, and no other kind of secret.
 */
final class AnswerJudge {
    private static final int SHORTEST_VERIFIER = 43;
    private static final int LONGEST_VERIFIER = 128;

    private final Ledger ledger;
    private final Complaints complaints;
    private final SignInBook signIns;

    AnswerJudge(Ledger ledger, Complaints complaints, SignInBook signIns) {
        this.ledger = ledger;
        this.complaints = complaints;
        this.signIns = signIns;
    }

    /**
     * Judges a response.
     *
     * @param page the page that sent the request
     * @param presence who is signed in there; nobody, if the page's own cookie was not sent
     * @param echo what the page itself had sent
     */
    void answer(Page page, Presence presence, HttpReply reply, Set<String> echo) {
        if (reply.status() == 500) {
            complaints.add("status 500", page + ": " + reply.body());
        }
        reply.all("Set-Cookie").forEach(cookie -> cookie(page, cookie));
        reply.headers().forEach((name, values) -> values.stream()
                .filter(value -> !name.equalsIgnoreCase("Set-Cookie"))
                .forEach(value -> text(page, presence, value, echo)));
        text(page, presence, reply.body(), echo);
        String address = reply.json().string("url");
        if (address != null && URI.create(address).getRawQuery() != null) {
            Parameters query = Parameters.decode(URI.create(address).getRawQuery());
            query.asMap().values().forEach(value -> text(page, presence, value, echo));
        }
    }

    /** Judges a text that a page receives. */
    void text(Page page, Presence presence, String text, Set<String> echo) {
        piece(page, presence, text, echo);
        Pieces.of(text).forEach(piece -> piece(page, presence, piece, echo));
        ledger.all(Kind.CLIENT_SECRET).stream()
                .filter(text::contains)
                .forEach(secret -> complain(Kind.CLIENT_SECRET, "which is the server's", page, secret));
    }

    /** What is wrong with a token for a session; null if nothing is. */
    @Nullable
    String wrongWith(Fact token, Page page, Presence presence) {
        Face face = new Face(token.issuer(), Objects.requireNonNull(token.person()));
        if (!token.clientId().equals(page.front.actor.app().clientId())) {
            return "of another client";
        }
        if (!token.issuer().owner().equals(page.front.own().owner())) {
            return "of another issuer";
        }
        if (!presence.has(face)) {
            return "of somebody who is not signed in there";
        }
        return isOfAnotherStepUp(token, page, presence) ? "that another session stepped up for" : null;
    }

    /** Judges a token that a session receives, through a page or Java code. */
    void token(Page page, Presence presence, @Nullable String token) {
        Fact fact = ledger.find(token);
        String wrong = fact == null ? null : wrongWith(fact, page, presence);
        if (wrong != null) {
            complain(fact.kind(), wrong, page, fact.toString());
        }
    }

    private boolean isOfAnotherStepUp(Fact token, Page page, Presence presence) {
        WebSignIn signIn = token.wish().strength().isEmpty() ? null : signIns.ofCode(token.code());
        return signIn != null && !signIn.isOf(page, presence);
    }

    private void piece(Page page, Presence presence, String piece, Set<String> echo) {
        Fact fact = find(piece);
        String wrong = fact == null || echo.contains(piece) ? null : wrongInPage(fact, piece, page, presence);
        if (wrong != null) {
            complain(fact.kind(), wrong, page, piece + " = " + fact);
        }
    }

    private @Nullable Fact find(String piece) {
        boolean mayBeVerifier = piece.length() >= SHORTEST_VERIFIER && piece.length() <= LONGEST_VERIFIER;
        Fact fact = ledger.find(piece);
        return fact == null && mayBeVerifier ? ledger.find("challenge " + Pkce.challengeOf(piece)) : fact;
    }

    private @Nullable String wrongInPage(Fact fact, String piece, Page page, Presence presence) {
        return switch (fact.kind()) {
            case ACCESS_TOKEN, ID_TOKEN ->
                page.front.site.tokensStay() ? "that was to stay on the server" : wrongWith(fact, page, presence);
            case HINT -> presence.has(fact.person()) ? null : "of somebody who is not signed in there";
            case STATE -> isOfPage(signIns.ofState(piece), page) ? null : "of another's sign-in";
            // Part of the ID token, which may have been requested elsewhere; useless by now.
            case NONCE -> null;
            default -> "which is the server's";
        };
    }

    private static boolean isOfPage(@Nullable WebSignIn signIn, Page page) {
        return signIn != null && signIn.page == page;
    }

    /** Each value is set once, and for one browser. */
    private void cookie(Page page, String header) {
        String value = header.substring(header.indexOf('=') + 1, header.indexOf(';'));
        boolean isProtected = header.startsWith("__Host-")
                && Set.of(header.split("; ")).containsAll(Set.of("Path=/", "Secure", "HttpOnly", "SameSite=Lax"));
        if (!isProtected) {
            complaints.add("cookie without its protection", page + ": " + header);
        }
        Fact known = ledger.find(value);
        if (known != null) {
            complain(known.kind(), "set as a cookie", page, header);
        }
        if (!value.isEmpty()) {
            ledger.note(value, Fact.of(Kind.SESSION, page.front.own(), null, ""));
        }
    }

    private void complain(Kind kind, String wrong, Page page, String text) {
        complaints.add(kind + " " + wrong + ", in an answer", page + ": " + text);
    }
}
