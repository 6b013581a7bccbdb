package dev.latchkey.internal;

import dev.latchkey.core.discovery.Addresses;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out where an authority's endpoints are: lazily, never at start-up, once for all callers that wait, kept for a
 * day. If asking again fails, what was known stays good: an authority that is down for a moment takes nobody along.
 */
final class Authorities {
    private static final Logger LOG = LoggerFactory.getLogger(Authorities.class);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration RETRY_WHILE_DOWN = Duration.ofMinutes(1);
    private static final URI PUBLIC_CLOUD = URI.create("https://login.microsoftonline.com/common/discovery/instance");
    /** Enough for every tenant and policy that one process meets in a day; past it the map starts anew. */
    private static final int MOST = 10_000;

    private final Settings.Identity identity;
    private final Network network;
    private final InstantSource clock;
    private final ConcurrentHashMap<Authority, Known> known = new ConcurrentHashMap<>();
    private final SingleFlight<Authority, ResolvedAuthority> flights = new SingleFlight<>();

    private record Known(ResolvedAuthority authority, Instant until) {}

    Authorities(Settings.Identity identity, Network network, InstantSource clock) {
        this.identity = identity;
        this.network = network;
        this.clock = clock;
    }

    /** The authority with its endpoints; asks the network only if nothing fresh is known. */
    ResolvedAuthority resolve(Authority authority, String correlationId) {
        Known last = known.get(authority);
        if (last != null && clock.instant().isBefore(last.until)) {
            return last.authority;
        }
        return flights.await(authority, () -> refresh(authority, correlationId));
    }

    /**
     * The tenant or policy that an authority's tokens are stored under, without asking the network; null if it has none
     * of its own. A tenant's domain name becomes its id once the authority has told its issuer.
     */
    @Nullable
    String realmOf(Authority authority) {
        String tenant = authority.realm();
        Known last = known.get(authority);
        return tenant == null || last == null || authority.kind() != AuthorityKind.ENTRA
                ? tenant
                : tenantIn(last.authority.metadata().issuer().toString(), tenant);
    }

    private static String tenantIn(String issuer, String otherwise) {
        String[] segments = URI.create(issuer).getPath().split("/");
        return segments.length > 1 ? segments[1] : otherwise;
    }

    private ResolvedAuthority refresh(Authority authority, String correlationId) {
        Known last = known.get(authority);
        Instant now = clock.instant();
        if (last != null && now.isBefore(last.until)) {
            return last.authority;
        }
        try {
            return keep(authority, new Known(discover(authority, correlationId), now.plus(KEPT)));
        } catch (NetworkException | ServerException e) {
            if (last == null) {
                throw e;
            }
            LOG.warn("{} does not tell its endpoints; using those known so far: {}", authority, e.getMessage());
            return keep(authority, new Known(last.authority, now.plus(RETRY_WHILE_DOWN)));
        }
    }

    private ResolvedAuthority keep(Authority authority, Known fresh) {
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(authority, fresh);
        return fresh.authority;
    }

    private ResolvedAuthority discover(Authority authority, String correlationId) {
        Clouds clouds = cloudsOf(authority, correlationId);
        Clouds.Cloud cloud = clouds.find(authority.host()).orElse(null);
        Authority asked = cloud == null ? authority : authority.withHost(cloud.preferredNetwork());
        return new ResolvedAuthority(asked, metadata(asked, correlationId), clouds.environmentOf(authority.host()));
    }

    private ProviderMetadata metadata(Authority authority, String correlationId) {
        if (identity.authorityMetadata().isPresent() && authority.equals(identity.authority())) {
            return ProviderMetadata.parse(identity.authorityMetadata().get(), authority, identity.knownAuthorities());
        }
        HttpAnswer answer = network.send(ProviderMetadata.request(authority), correlationId);
        return ProviderMetadata.check(answer, authority, identity.knownAuthorities(), correlationId);
    }

    /** Which clouds to believe in for this authority; an Entra-shaped host that nobody knows is looked up first. */
    private Clouds cloudsOf(Authority authority, String correlationId) {
        if (authority.kind() != AuthorityKind.ENTRA
                || identity.clouds().knows(authority.host())
                || isDeclaredKnown(authority)) {
            return identity.clouds();
        }
        return identity.clouds().precededBy(askForClouds(authority, correlationId));
    }

    private boolean isDeclaredKnown(Authority authority) {
        return identity.knownAuthorities().contains(authority.host())
                || identity.knownAuthorities().contains(authority.uri().getHost());
    }

    private Clouds askForClouds(Authority authority, String correlationId) {
        HttpMessage request = instanceDiscovery(authority);
        HttpAnswer answer = network.send(request, correlationId);
        if (answer.isSuccess()) {
            return Clouds.parse(answer.body());
        }
        if (answer.status() >= 500 || answer.status() == 429) {
            throw new ServerException(ErrorDetails.of(
                            ErrorCodes.ENDPOINTS_RESOLUTION_ERROR, "the host could not be looked up; try again later")
                    .at(request.uri())
                    .status(answer.status())
                    .correlationId(correlationId));
        }
        throw untrusted(authority, correlationId);
    }

    private HttpMessage instanceDiscovery(Authority authority) {
        boolean local = Addresses.isLoopback(authority.uri().getHost());
        URI own = authority.uri().resolve("/common/discovery/instance");
        URI endpoint = identity.instanceDiscovery().orElse(local ? own : PUBLIC_CLOUD);
        Parameters query = Parameters.builder()
                .set("api-version", "1.1")
                .set("authorization_endpoint", authority.uri() + "/oauth2/v2.0/authorize")
                .build();
        return HttpMessage.get(URI.create(endpoint + "?" + query.encode()));
    }

    private static AuthException untrusted(Authority authority, String correlationId) {
        return new ClientConfigurationException(ErrorDetails.of(
                        ErrorCodes.UNTRUSTED_AUTHORITY,
                        "nobody vouches for the host " + authority.host()
                                + "; if you do, declare it with knownAuthorities")
                .at(authority.uri())
                .correlationId(correlationId));
    }
}
