package dev.latchkey.integration.belonging;

import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.http.HttpTransport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All issuers with their users, behind one transport that shows each message to the judge before delivery. */
final class World implements HttpTransport {
    private static final Instant START = Instant.ofEpochSecond(1_800_000_000);

    private final Dice dice;
    private final VirtualClock clock = VirtualClock.at(START);
    private final Ledger ledger = new Ledger();
    private final Map<String, Habits> habits = new HashMap<>();
    private final Map<String, String> clientSecrets = new HashMap<>();
    private final Map<String, List<URI>> callbacks = new HashMap<>();
    private int registered;
    private final List<Person> people;
    private final MessageJudge judge;
    private final Endpoints endpoints;

    World(Dice dice, Complaints complaints) {
        this.dice = dice;
        this.people = Places.people(dice.chance(20));
        this.judge = new MessageJudge(ledger, complaints);
        this.endpoints = new Endpoints(this, new TokenDesk(this, complaints));
        for (Issuer issuer : Places.ALL) {
            habits.computeIfAbsent(issuer.owner(), owner -> Habits.of(dice, issuer.equals(Places.EVIL)));
        }
        for (Person person : people) {
            Issuer home = anyIssuerOf(person);
            ledger.note(person.username(), Fact.of(Kind.HINT, home, person, ""));
            ledger.note(person.loginHint(), Fact.of(Kind.HINT, home, person, ""));
            ledger.note(person.sid(), Fact.of(Kind.HINT, home, person, ""));
        }
    }

    @Override
    public HttpAnswer send(HttpMessage message, Duration timeout) {
        judge.message(message);
        Issuer issuer = Places.at(message.uri());
        return issuer == null ? new HttpAnswer(404, Map.of(), "") : endpoints.answer(issuer, message);
    }

    Dice dice() {
        return dice;
    }

    VirtualClock clock() {
        return clock;
    }

    Ledger ledger() {
        return ledger;
    }

    MessageJudge judge() {
        return judge;
    }

    Endpoints endpoints() {
        return endpoints;
    }

    Habits habits(Issuer issuer) {
        return Objects.requireNonNull(habits.get(issuer.owner()));
    }

    /** Changes how an issuer responds. */
    void setHabits(Issuer issuer, Habits other) {
        habits.put(issuer.owner(), other);
    }

    /** The users who can sign in at an issuer. */
    List<Person> people(Issuer issuer) {
        return people.stream()
                .filter(person -> person.owner().equals(issuer.owner()) && person.isIn(issuer))
                .toList();
    }

    /** Registers a client with its own secret; a client that is already registered keeps its secret. */
    String register(Issuer issuer, String clientId) {
        return clientSecrets.computeIfAbsent(issuer.owner() + " " + clientId, client -> {
            String secret = "s3cret +%&/: " + ++registered;
            ledger.note(secret, Fact.of(Kind.CLIENT_SECRET, issuer, null, clientId));
            return secret;
        });
    }

    /** Registers an address at which a web server receives responses of an issuer. */
    void register(Issuer issuer, URI callback) {
        callbacks.computeIfAbsent(issuer.owner(), owner -> new ArrayList<>()).add(callback);
    }

    List<URI> callbacks(Issuer issuer) {
        return callbacks.getOrDefault(issuer.owner(), List.of());
    }

    /** Whether responses of any issuer are received there. */
    boolean isCallback(URI address) {
        return callbacks.values().stream().anyMatch(all -> all.contains(address));
    }

    @Nullable
    String secretOf(Issuer issuer, String clientId) {
        return clientSecrets.get(issuer.owner() + " " + clientId);
    }

    private static Issuer anyIssuerOf(Person person) {
        return Places.ALL.stream()
                .filter(issuer -> issuer.owner().equals(person.owner()))
                .findFirst()
                .orElseThrow();
    }
}
