package dev.latchkey.internal.authority;

import dev.latchkey.core.discovery.Addresses;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.internal.calls.SingleFlight;
import dev.latchkey.internal.environment.Aged;
import dev.latchkey.internal.environment.BoundedMap;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which clouds to believe in. Hosts that are built in, declared, or of a kind that has no clouds are believed as they
 * are; an Entra-shaped host that nobody knows is looked up at one that is known, once a day.
 */
final class InstanceDiscovery {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceDiscovery.class);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final URI PUBLIC_CLOUD = URI.create("https://login.microsoftonline.com/common/discovery/instance");
    static final int MOST = 200;

    private final Settings.Identity identity;
    private final Network network;
    private final InstantSource clock;
    private final BoundedMap<String, Aged<Clouds>> byHost = new BoundedMap<>(MOST);
    private final SingleFlight<String, Clouds> flights = new SingleFlight<>();

    InstanceDiscovery(Settings.Identity identity, Network network, InstantSource clock) {
        this.identity = identity;
        this.network = network;
        this.clock = clock;
    }

    /** What is known already. */
    Clouds known(Authority authority) {
        Aged<Clouds> last = byHost.get(authority.host());
        return last == null ? identity.clouds() : last.value();
    }

    /**
     * What to believe, asking if need be.
     *
     * @throws ClientConfigurationException {@code untrusted_authority}
     */
    Clouds cloudsOf(Authority authority, String correlationId) {
        if (authority.kind() != AuthorityKind.ENTRA
                || identity.clouds().knows(authority.host())
                || isDeclared(authority)) {
            return identity.clouds();
        }
        Aged<Clouds> last = byHost.get(authority.host());
        return last != null && last.isYoungerThan(KEPT, clock.instant())
                ? last.value()
                : flights.await(authority.host(), () -> ask(authority, correlationId));
    }

    private boolean isDeclared(Authority authority) {
        return identity.knownAuthorities().contains(authority.host())
                || identity.knownAuthorities().contains(authority.uri().getHost());
    }

    private Clouds ask(Authority authority, String correlationId) {
        Aged<Clouds> last = byHost.get(authority.host());
        try {
            HttpMessage request = request(authority);
            HttpAnswer answer = network.send(request, correlationId);
            Clouds clouds = identity.clouds().precededBy(check(answer, request, authority, correlationId));
            keep(authority.host(), clouds);
            return clouds;
        } catch (AuthException e) {
            if (e instanceof ClientConfigurationException) {
                byHost.remove(authority.host());
                throw e;
            }
            if (last == null) {
                throw e;
            }
            LOG.warn("{} could not be looked up; using what is known so far: {}", authority.host(), e.getMessage());
            return last.value();
        }
    }

    /** Under every name of the cloud but those that are known without asking. */
    private void keep(String host, Clouds clouds) {
        Aged<Clouds> learned = new Aged<>(clouds, clock.instant());
        clouds.find(host).ifPresent(cloud -> {
            List<String> names = new ArrayList<>(cloud.aliases());
            names.add(cloud.preferredNetwork());
            names.removeIf(identity.clouds()::knows);
            names.forEach(name -> byHost.put(name, learned));
        });
        byHost.put(host, learned);
    }

    private Clouds check(HttpAnswer answer, HttpMessage request, Authority authority, String correlationId) {
        ErrorDetails where = ErrorDetails.of(
                        ErrorCodes.ENDPOINTS_RESOLUTION_ERROR, "the host could not be looked up; try again later")
                .at(request.uri())
                .status(answer.status())
                .correlationId(correlationId);
        if (answer.isSuccess()) {
            return parse(answer, where);
        }
        if (answer.status() >= 500 || answer.status() == 429) {
            throw new ServerException(where);
        }
        throw new ClientConfigurationException(ErrorDetails.of(
                        ErrorCodes.UNTRUSTED_AUTHORITY,
                        "neither the application nor instance discovery vouches for the host " + authority.host()
                                + "; if you do, declare it with knownAuthorities")
                .at(request.uri())
                .status(answer.status())
                .correlationId(correlationId));
    }

    private static Clouds parse(HttpAnswer answer, ErrorDetails where) {
        try {
            return Clouds.parse(answer.body());
        } catch (ClientConfigurationException e) {
            throw new ClientAuthException(where.cause(e));
        }
    }

    private HttpMessage request(Authority authority) {
        boolean local = Addresses.isLoopback(authority.uri().getHost());
        URI own = authority.uri().resolve("/common/discovery/instance");
        URI endpoint = identity.instanceDiscovery().orElse(local ? own : PUBLIC_CLOUD);
        // The application names it, not the authority: loopback is for the local one, whoever is looked up.
        if (!Addresses.isSecure(endpoint)) {
            throw new ClientConfigurationException(
                    ErrorCodes.AUTHORITY_URI_INSECURE,
                    "hosts are looked up over https (http is for loopback hosts only), not at " + endpoint);
        }
        Parameters query = Parameters.builder()
                .set("api-version", "1.1")
                .set("authorization_endpoint", authority.uri() + "/oauth2/v2.0/authorize")
                .build();
        return HttpMessage.get(URI.create(endpoint + "?" + query.encode()));
    }
}
