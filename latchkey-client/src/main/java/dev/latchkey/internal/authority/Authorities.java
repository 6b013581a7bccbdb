package dev.latchkey.internal.authority;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.internal.environment.Aged;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.internal.environment.SingleFlight;
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
public final class Authorities {
    private static final Logger LOG = LoggerFactory.getLogger(Authorities.class);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration RETRY_WHILE_DOWN = Duration.ofMinutes(1);
    /** Enough for every tenant and policy that one process meets in a day; past it the map starts anew. */
    private static final int MOST = 10_000;

    private final InstanceDiscovery instances;
    private final SuppliedMetadata supplied;
    private final Settings.Identity identity;
    private final Network network;
    private final InstantSource clock;
    private final ConcurrentHashMap<Authority, Known> known = new ConcurrentHashMap<>();
    private final SingleFlight<Authority, ResolvedAuthority> flights = new SingleFlight<>();

    /** {@code kept} is how long it is good for since it was learned. */
    private record Known(Aged<ResolvedAuthority> authority, Duration kept) {
        boolean isFresh(Instant now) {
            return authority.isYoungerThan(kept, now);
        }
    }

    public Authorities(Settings.Identity identity, Network network, InstantSource clock) {
        this.identity = identity;
        this.network = network;
        this.clock = clock;
        this.instances = new InstanceDiscovery(identity, network, clock);
        this.supplied = new SuppliedMetadata(identity);
    }

    /** The authority with its endpoints; asks the network only if nothing fresh is known. */
    public ResolvedAuthority resolve(Authority authority, String correlationId) {
        Known last = known.get(authority);
        if (last != null && last.isFresh(clock.instant())) {
            return last.authority.value();
        }
        return flights.await(authority, () -> refresh(authority, correlationId));
    }

    /**
     * The tenant or policy that an authority's tokens are stored under, without asking the network; null if it has none
     * of its own. A tenant's domain name becomes its id once the authority has told its issuer.
     */
    public @Nullable String realmOf(Authority authority) {
        String tenant = authority.realm();
        Known last = known.get(authority);
        return tenant == null || last == null || authority.kind() != AuthorityKind.ENTRA
                ? tenant
                : tenantIn(last.authority.value().metadata().issuer().toString(), tenant);
    }

    /** What is known of the clouds that an authority may be one of; asks nobody. */
    public Clouds cloudsOf(Authority authority) {
        return instances.known(authority);
    }

    private static String tenantIn(String issuer, String otherwise) {
        String[] segments = URI.create(issuer).getPath().split("/");
        return segments.length > 1 ? segments[1] : otherwise;
    }

    private ResolvedAuthority refresh(Authority authority, String correlationId) {
        Known last = known.get(authority);
        Instant now = clock.instant();
        if (last != null && last.isFresh(now)) {
            return last.authority.value();
        }
        try {
            return keep(authority, new Known(new Aged<>(discover(authority, correlationId), now), KEPT));
        } catch (AuthException e) {
            if (last == null) {
                throw e;
            }
            LOG.warn(
                    "{} does not tell its endpoints; using those known so far: {}",
                    PrintableText.of(authority.toString()),
                    e.getMessage());
            return keep(authority, new Known(new Aged<>(last.authority.value(), now), RETRY_WHILE_DOWN));
        }
    }

    private ResolvedAuthority keep(Authority authority, Known fresh) {
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(authority, fresh);
        return fresh.authority.value();
    }

    private ResolvedAuthority discover(Authority authority, String correlationId) {
        Clouds clouds = instances.cloudsOf(authority, correlationId);
        Clouds.Cloud cloud = clouds.find(authority.host()).orElse(null);
        Authority asked = cloud == null ? authority : authority.withHost(cloud.preferredNetwork());
        return new ResolvedAuthority(
                asked, metadata(authority, asked, correlationId), clouds.environmentOf(authority.host()), clouds);
    }

    private ProviderMetadata metadata(Authority named, Authority asked, String correlationId) {
        ProviderMetadata given = supplied.of(named, asked, correlationId);
        if (given != null) {
            return given;
        }
        HttpAnswer answer = network.send(ProviderMetadata.request(asked), correlationId);
        return ProviderMetadata.check(answer, asked, identity.knownAuthorities(), correlationId);
    }
}
