package dev.latchkey.internal.interactive;

import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.internal.authority.Belonging;
import dev.latchkey.internal.authority.ResolvedAuthority;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the answers of several issuers apart (mix-up, RFC 9700 section 4.4). An issuer that sends {@code iss} with its
 * answers (RFC 9207) is known by that; any other one needs a redirect URI of its own as soon as the application uses
 * more than one. Thread-safe.
 */
final class IssuersInUse {
    /**
     * Redirect URIs may be made up of what strangers send, such as a host name: more than these are not remembered, and
     * what is not remembered counts as used by another.
     */
    static final int MOST = 1_000;

    private static final String SEVERAL = "";

    private final Belonging belonging;

    /** Where answers of the application's own issuer come to. */
    private final Set<String> own = ConcurrentHashMap.newKeySet();

    /** Where answers of others come to, and of whom, or of several. */
    private final ConcurrentHashMap<String, String> others = new ConcurrentHashMap<>();

    /**
     * Nobody yet but the application's own issuer.
     *
     * @param ownRedirect where its answers come to unless a request says otherwise
     */
    IssuersInUse(Belonging belonging, String ownRedirect) {
        this.belonging = belonging;
        own.add(ownRedirect);
    }

    /**
     * Before the person is sent to an issuer.
     *
     * @param redirect what tells one redirect URI from another: the address, of a loopback URI the path
     * @throws ClientConfigurationException {@code issuer_not_identified}
     */
    void begin(ResolvedAuthority authority, String redirect, String correlationId) {
        boolean isOwn = belonging.isOwnIssuer(authority.authority());
        String issuer = belonging.nameOf(authority.authority());
        if (isShared(redirect, isOwn, issuer) && !authority.metadata().issuerInResponse()) {
            throw unidentified(
                    "the application uses several issuers, and " + authority.authority()
                            + " does not say in its answers"
                            + " that they are its own (RFC 9207). Register a redirect URI at it that no other issuer has,"
                            + " and name it in the request: redirectPath of a popup, redirectUri of a redirect",
                    authority,
                    correlationId);
        }
        if (isOwn && own.size() < MOST) {
            own.add(redirect);
        } else if (!isOwn && (others.size() < MOST || others.containsKey(redirect))) {
            others.merge(redirect, issuer, (one, other) -> one.equals(other) ? one : SEVERAL);
        }
    }

    /** Whether another issuer uses the redirect URI, or may do so without our remembering it. */
    private boolean isShared(String redirect, boolean isOwn, String issuer) {
        String other = others.get(redirect);
        if (other != null) {
            return isOwn || !other.equals(issuer);
        }
        if (own.contains(redirect)) {
            return !isOwn;
        }
        return others.size() >= MOST || (!isOwn && own.size() >= MOST);
    }

    /**
     * Before an answer of an issuer is believed.
     *
     * @param sent the redirect URI of the request
     * @param received where the answer came to; null if the caller did not say
     * @throws ClientConfigurationException {@code issuer_not_identified}
     */
    void finish(ResolvedAuthority authority, URI sent, @Nullable URI received, String correlationId) {
        if (received != null && !isSamePlace(sent, received)) {
            throw unidentified(
                    "the answer came to another redirect URI than the one of this sign-in, so another issuer may have"
                            + " sent it; it was not used",
                    authority,
                    correlationId);
        }
        boolean areSeveral = !others.isEmpty() || !belonging.isOwnIssuer(authority.authority());
        if (received == null && areSeveral && !authority.metadata().issuerInResponse()) {
            throw unidentified(
                    "the application uses several issuers, and " + authority.authority()
                            + " does not say in its answers"
                            + " that they are its own (RFC 9207): call handleRedirect with the address that the answer"
                            + " came to",
                    authority,
                    correlationId);
        }
    }

    private static boolean isSamePlace(URI sent, URI received) {
        return withoutQuery(sent).equals(withoutQuery(received));
    }

    private static String withoutQuery(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }

    private static ClientConfigurationException unidentified(
            String text, ResolvedAuthority authority, String correlationId) {
        return new ClientConfigurationException(ErrorDetails.of(ErrorCodes.ISSUER_NOT_IDENTIFIED, text)
                .at(authority.authority().uri())
                .correlationId(correlationId));
    }
}
