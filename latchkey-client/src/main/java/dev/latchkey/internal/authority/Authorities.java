package dev.latchkey.internal.authority;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.internal.calls.SingleFlight;
import dev.latchkey.internal.environment.Aged;
import dev.latchkey.internal.environment.BoundedMap;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out where an authority's endpoints are: lazily, never at start-up, once for all callers that wait, kept for a
 * day. If asking again fails, what was known stays valid: a brief outage of the authority does not fail callers.
 */
public final class Authorities {
    private static final Logger LOG = LoggerFactory.getLogger(Authorities.class);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration RETRY_WHILE_DOWN = Duration.ofMinutes(1);
    /** Enough for the tenants and policies that one process works with; the others are asked again. */
    static final int MOST = 1_000;

    private final InstanceDiscovery instances;
    private final SuppliedMetadata supplied;
    private final Settings.Identity identity;
    private final Network network;
    private final InstantSource clock;
    private final BoundedMap<Authority, Known> known = new BoundedMap<>(MOST);
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
        String path = URI.create(issuer).getPath();
        int end = path.indexOf('/', 1);
        return path.length() > 1 ? path.substring(1, end < 0 ? path.length() : end) : otherwise;
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
            // A host that is no longer vouched for is not an outage.
            if (last == null || e instanceof ClientConfigurationException) {
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
