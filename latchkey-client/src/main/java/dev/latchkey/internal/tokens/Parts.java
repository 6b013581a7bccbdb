package dev.latchkey.internal.tokens;

import dev.latchkey.internal.authority.Authorities;
import dev.latchkey.internal.authority.Belonging;
import dev.latchkey.internal.authority.ClientRequests;
import dev.latchkey.internal.authority.SigningKeyRing;
import dev.latchkey.internal.authority.TokenEndpoint;
import dev.latchkey.internal.calls.EventBus;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What every way to a token shares.
 *
 * @param network sends requests
 * @param authorities finds endpoints
 * @param belonging says whose a token is
 * @param requests sends requests in the name of the client
 * @param keys the issuers' signing keys
 * @param tokenEndpoint redeems grants
 * @param leases waits for leases of the store
 * @param saver stores tokens
 * @param revocations revokes refresh tokens
 * @param accounts who has signed in
 * @param signIns stores what a sign-in brought
 */
public record Parts(
        Network network,
        Authorities authorities,
        Belonging belonging,
        ClientRequests requests,
        SigningKeyRing keys,
        TokenEndpoint tokenEndpoint,
        Leases leases,
        TokenSaver saver,
        Revocations revocations,
        AccountDirectory accounts,
        SignIns signIns) {
    private static final Duration SHORTEST_LEASE_LIFE = Duration.ofMinutes(2);

    /** Wires them, from the network upwards; asks nothing of it. */
    public static Parts of(Settings settings, UnsavedAnswers store, EventBus events) {
        InstantSource clock = settings.environment().clock();
        Settings.Identity identity = settings.identity();
        Network network = new Network(
                settings.environment().transport(), settings.limits().http());
        SigningKeyRing keys = new SigningKeyRing(network, clock);
        Authorities authorities = new Authorities(identity, network, clock);
        Belonging belonging = new Belonging(identity, authorities);
        ClientRequests requests = new ClientRequests(settings, network, belonging);
        Leases leases =
                new Leases(store, leaseLife(settings), settings.environment().entropy());
        TokenSaver saver = new TokenSaver(identity.clientId(), store, leases, clock);
        AccountDirectory accounts = new AccountDirectory(identity, store, saver, belonging, events);
        return new Parts(
                network,
                authorities,
                belonging,
                requests,
                keys,
                new TokenEndpoint(identity, requests, keys, network, clock),
                leases,
                saver,
                new Revocations(requests),
                accounts,
                new SignIns(settings, saver, accounts, events));
    }

    /** Longer than any renewal takes, which sends a few requests, each tried twice: who holds on to it longer hangs. */
    private static Duration leaseLife(Settings settings) {
        Duration exchanges = settings.limits().http().multipliedBy(8);
        return exchanges.compareTo(SHORTEST_LEASE_LIFE) > 0 ? exchanges : SHORTEST_LEASE_LIFE;
    }
}
