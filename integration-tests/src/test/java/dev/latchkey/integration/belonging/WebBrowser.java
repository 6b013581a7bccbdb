package dev.latchkey.integration.belonging;

import dev.latchkey.core.http.Parameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A browser with its cookies and the users who share it. */
final class WebBrowser implements LoginPages.Guest {
    private final String name;
    private final World world;
    private final List<Person> people;
    private final Map<String, Map<String, String>> cookies = new HashMap<>();
    private final Map<String, Person> signedInAt = new HashMap<>();

    WebBrowser(String name, World world, List<Person> people) {
        this.name = name;
        this.world = world;
        this.people = people;
    }

    List<Person> people(Issuer issuer) {
        return world.people(issuer).stream().filter(people::contains).toList();
    }

    /** The cookies that it would send to a host. */
    Map<String, String> cookies(String origin) {
        return cookies.computeIfAbsent(origin, unused -> new TreeMap<>());
    }

    /** Mostly the expected user, otherwise the one signed in at the issuer, otherwise any user of this browser. */
    @Override
    public @Nullable Person who(Issuer at, Parameters query) {
        List<Person> here = people(at);
        Person signedIn = signedInAt.get(at.owner());
        boolean isSilent = "none".equals(query.get("prompt"));
        boolean isStranger = here.isEmpty() || (isSilent && signedIn == null);
        if (isStranger) {
            return null;
        }
        Person expected = here.stream()
                .filter(person -> person.isCalled(query.get("login_hint")))
                .findFirst()
                .orElse(signedIn);
        boolean isExpected =
                expected != null && here.contains(expected) && world.dice().chance(isSilent ? 80 : 60);
        Person comes = isExpected ? expected : world.dice().one(here);
        signedInAt.put(at.owner(), comes);
        return comes;
    }

    @Override
    public String toString() {
        return name;
    }
}
