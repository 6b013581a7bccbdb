package dev.latchkey.integration.belonging;

import dev.latchkey.core.authorize.Pkce;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Searches every outgoing message for secrets, and complains about any sent to the wrong issuer. */
final class MessageJudge {
    private final Ledger ledger;
    private final Complaints complaints;

    MessageJudge(Ledger ledger, Complaints complaints) {
        this.ledger = ledger;
        this.complaints = complaints;
    }

    /** A message of the application. */
    void message(HttpMessage message) {
        Map<String, String> parts = new LinkedHashMap<>(query(message.uri()));
        message.headers().forEach((name, value) -> parts.put(name, value));
        if (message.form() != null) {
            parts.putAll(message.form().asMap());
        }
        // In a Basic header the secret is encoded; otherwise it is already in the form.
        parts.putIfAbsent("client_secret", Caller.of(message).secret());
        judge(message.uri(), parts);
    }

    /** An address that is shown to a user. */
    void address(URI address) {
        Map<String, String> query = query(address);
        judge(address, query);
        Issuer issuer = Places.at(address);
        if (issuer != null && query.containsKey("code_challenge")) {
            String clientId = query.getOrDefault("client_id", "");
            note(query.get("state"), Fact.of(Kind.STATE, issuer, null, clientId));
            note(query.get("nonce"), Fact.of(Kind.NONCE, issuer, null, clientId));
            note("challenge " + query.get("code_challenge"), Fact.of(Kind.VERIFIER, issuer, null, clientId));
        }
    }

    private void note(@Nullable String secret, Fact fact) {
        if (secret != null) {
            ledger.note(secret, fact);
        }
    }

    private void judge(URI to, Map<String, String> parts) {
        parts.forEach((name, value) -> {
            look(to, name, value);
            for (String piece : Pieces.of(value)) {
                look(to, name, piece);
            }
        });
        String verifier = parts.get("code_verifier");
        if (verifier != null) {
            look(to, "code_verifier", "challenge " + Pkce.challengeOf(verifier));
        }
    }

    private void look(URI to, String name, String value) {
        Fact fact = ledger.find(value);
        if (fact == null) {
            return;
        }
        Issuer destination = Places.at(to);
        if (destination == null || !fact.mayGoTo(destination)) {
            String place = to.getPath().substring(to.getPath().lastIndexOf('/') + 1);
            complaints.add(
                    fact.kind() + " sent to a stranger's " + place,
                    name + " = " + fact.kind() + " of " + fact.issuer() + " (" + fact.person() + ") went to "
                            + to.getScheme() + "://" + to.getAuthority() + to.getPath());
        }
    }

    private static Map<String, String> query(URI uri) {
        return uri.getRawQuery() == null
                ? Map.of()
                : Parameters.decode(uri.getRawQuery()).asMap();
    }
}
