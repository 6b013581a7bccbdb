package dev.latchkey.internal.tokens;

import dev.latchkey.internal.authority.Authorities;
import dev.latchkey.internal.authority.Belonging;
import dev.latchkey.internal.authority.SigningKeyRing;
import dev.latchkey.internal.authority.TokenEndpoint;
import dev.latchkey.internal.calls.EventBus;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;
import java.time.InstantSource;

/**
 * What every way to a token shares.
 *
 * @param network sends requests
 * @param authorities finds endpoints
 * @param belonging says whose a token is
 * @param tokenEndpoint redeems grants
 * @param saver stores tokens
 * @param revocations revokes refresh tokens
 * @param accounts who has signed in
 * @param signIns stores what a sign-in brought
 */
public record Parts(
        Network network,
        Authorities authorities,
        Belonging belonging,
        TokenEndpoint tokenEndpoint,
        TokenSaver saver,
        Revocations revocations,
        AccountDirectory accounts,
        SignIns signIns) {
    /** Wires them, from the network upwards; asks nothing of it. */
    public static Parts of(Settings settings, UnsavedAnswers store, EventBus events) {
        InstantSource clock = settings.environment().clock();
        Settings.Identity identity = settings.identity();
        Network network = new Network(
                settings.environment().transport(), settings.limits().http());
        SigningKeyRing keys = new SigningKeyRing(network, clock);
        Authorities authorities = new Authorities(identity, network, clock);
        Belonging belonging = new Belonging(identity, authorities);
        TokenSaver saver = new TokenSaver(identity.clientId(), store, clock);
        AccountDirectory accounts = new AccountDirectory(identity, store, saver, belonging, events);
        return new Parts(
                network,
                authorities,
                belonging,
                new TokenEndpoint(identity, network, keys, clock),
                saver,
                new Revocations(settings, network, belonging),
                accounts,
                new SignIns(settings, saver, accounts, events));
    }
}
