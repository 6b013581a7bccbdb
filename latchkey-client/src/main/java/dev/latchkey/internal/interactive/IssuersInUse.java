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
 * Keeps responses of several issuers apart (mix-up, RFC 9700 section 4.4). An issuer that sends {@code iss} with its
 * responses (RFC 9207) is identified by that; any other needs its own redirect URI as soon as the application uses more
 * than one issuer. Thread-safe.
 */
final class IssuersInUse {
    /**
     * Redirect URIs may contain values from outside, such as a host name, so no more than this many are remembered; a
     * URI that is not remembered counts as used by another issuer.
     */
    static final int MOST = 1_000;

    private static final String SEVERAL = "";

    private final Belonging belonging;

    /** Redirect URIs for responses of the application's own issuer. */
    private final Set<String> own = ConcurrentHashMap.newKeySet();

    /** Redirect URIs for responses of other issuers, with the issuer or a mark for several. */
    private final ConcurrentHashMap<String, String> others = new ConcurrentHashMap<>();

    /**
     * Starts with the application's own issuer only.
     *
     * @param ownRedirect the redirect URI of its responses unless a request names another
     */
    IssuersInUse(Belonging belonging, String ownRedirect) {
        this.belonging = belonging;
        own.add(ownRedirect);
    }

    /**
     * Checks a redirect URI before the user is sent to an issuer.
     *
     * @param redirect what identifies the redirect URI: the address, or the path of a loopback URI
     * @throws ClientConfigurationException {@code issuer_not_identified}
     */
    void begin(ResolvedAuthority authority, String redirect, String correlationId) {
        boolean isOwn = belonging.isOwnIssuer(authority.authority());
        String issuer = belonging.nameOf(authority.authority());
        if (isShared(redirect, isOwn, issuer) && !authority.metadata().issuerInResponse()) {
            throw unidentified(
                    "the application uses several issuers, and " + authority.authority()
                            + " does not identify itself in its responses"
                            + " (RFC 9207). Register a redirect URI with it that no other issuer uses, and name it in"
                            + " the request: redirectPath for a popup, redirectUri for a redirect",
                    authority,
                    correlationId);
        }
        if (isOwn && own.size() < MOST) {
            own.add(redirect);
        } else if (!isOwn && (others.size() < MOST || others.containsKey(redirect))) {
            others.merge(redirect, issuer, (one, other) -> one.equals(other) ? one : SEVERAL);
        }
    }

    /** Whether another issuer uses the redirect URI, or may use it without a record of that. */
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
     * Checks the redirect URI of a response before the response is accepted.
     *
     * @param sent the redirect URI of the request
     * @param received the address that received the response; null if the caller did not supply it
     * @throws ClientConfigurationException {@code issuer_not_identified}
     */
    void finish(ResolvedAuthority authority, URI sent, @Nullable URI received, String correlationId) {
        if (received != null && !isSamePlace(sent, received)) {
            throw unidentified(
                    "the response arrived at a redirect URI other than that of this sign-in, so another issuer may"
                            + " have sent it; it was discarded",
                    authority,
                    correlationId);
        }
        boolean areSeveral = !others.isEmpty() || !belonging.isOwnIssuer(authority.authority());
        if (received == null && areSeveral && !authority.metadata().issuerInResponse()) {
            throw unidentified(
                    "the application uses several issuers, and " + authority.authority()
                            + " does not identify itself in its responses"
                            + " (RFC 9207): call handleRedirect with the address that received the response",
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
