package dev.latchkey.integration.belonging;

import dev.latchkey.ClientApplicationBuilder;
import dev.latchkey.ConfidentialClientApplication;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.core.Secret;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.store.TokenStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Builds the applications of a sequence on one store: public ones share a client id, confidential ones may. */
final class Cast {
    static final String SHARED = "desktop";

    private final World world;
    private final TokenStore store;
    private final Browser browser;

    Cast(World world, TokenStore store, Browser browser) {
        this.world = world;
        this.store = store;
        this.browser = browser;
    }

    /** All applications, each for a different issuer. */
    List<Actor> all() {
        List<Issuer> plain = new ArrayList<>(Places.PLAIN);
        Collections.shuffle(plain, new java.util.Random(world.dice().below(Integer.MAX_VALUE)));
        return new ArrayList<>(List.of(
                publicOne("one", plain.get(0)),
                publicOne("two", plain.get(1)),
                confidential("post", plain.get(2)),
                basic("basic", plain.get(3)),
                publicOne("adfs", Places.ADFS),
                publicOne("entra", world.dice().mostlyFirst(50, Places.ENTRA)),
                publicOne("b2c", world.dice().mostlyFirst(50, Places.POLICIES))));
    }

    Actor publicOne(String name, Issuer own) {
        return new Actor(
                name,
                own,
                with(PublicClientApplication.builder(SHARED), own)
                        .userAgent(browser)
                        .build());
    }

    /** Sends its secret in the form. */
    Actor confidential(String name, Issuer own) {
        return confidential(name, own, world.dice().one(List.of(SHARED, "server")));
    }

    private Actor confidential(String name, Issuer own, String clientId) {
        String secret = world.register(own, clientId);
        return new Actor(
                name,
                own,
                with(ConfidentialClientApplication.builder(clientId, secret), own)
                        .build());
    }

    /** Serves web pages under the shared client id, with its secret if it already has one. */
    Actor server(String name, Issuer own, boolean isConfidential) {
        return isConfidential || world.secretOf(own, SHARED) != null
                ? confidential(name, own, SHARED)
                : publicOne(name, own);
    }

    /** Sends its secret in a header. */
    Actor basic(String name, Issuer own) {
        Secret secret = Secret.of(world.register(own, "server"));
        return new Actor(
                name,
                own,
                with(ConfidentialClientApplication.builder("server", ClientAuthentication.secretBasic(secret)), own)
                        .build());
    }

    /** Entra's cloud has several host names. */
    private String spelled(Issuer own) {
        String other = own.address().replace("login.microsoftonline.com", "login.windows.net");
        return world.dice().chance(20) ? other : own.address();
    }

    private <B extends ClientApplicationBuilder<B>> B with(B builder, Issuer own) {
        return builder.authority(spelled(own))
                .transport(world)
                .store(store)
                .executor(Runnable::run)
                .scheduler(new Alarms(world.clock()))
                .clock(world.clock())
                .random(world.dice().random());
    }
}
