package dev.latchkey.authority.claims;

import static java.util.Map.entry;

import dev.latchkey.authority.User;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The standard claims of a person, by the scopes that ask for them (OpenID Connect Core section 5.4). What a person was
 * not given is made up, the same in every run; claims that are not standard need no scope.
 */
public final class PersonClaims {
    private static final List<Map.Entry<String, List<String>>> SCOPES = List.of(
            entry(
                    "profile",
                    List.of(
                            "name",
                            "family_name",
                            "given_name",
                            "middle_name",
                            "nickname",
                            "preferred_username",
                            "profile",
                            "picture",
                            "website",
                            "gender",
                            "birthdate",
                            "zoneinfo",
                            "locale",
                            "updated_at")),
            entry("email", List.of("email", "email_verified")),
            entry("address", List.of("address")),
            entry("phone", List.of("phone_number", "phone_number_verified")));
    /** What every provider says; the others are at the user info endpoint of the plain issuer. */
    private static final List<String> USUAL = List.of("name", "preferred_username", "email");

    private PersonClaims() {}

    /** The name of every standard claim. */
    public static List<String> names() {
        return SCOPES.stream().flatMap(scope -> scope.getValue().stream()).toList();
    }

    /** The usual claims that scopes give, and those the person was given. */
    public static Map<String, Object> usual(User user, Collection<String> scopes) {
        List<String> names = ofScopes(scopes)
                .filter(name -> USUAL.contains(name) || user.claims().containsKey(name))
                .toList();
        return withOthers(user, named(user, names));
    }

    /** Every claim that scopes give. */
    public static Map<String, Object> all(User user, Collection<String> scopes) {
        return withOthers(user, named(user, ofScopes(scopes).toList()));
    }

    /** The claims with these names, as far as they are standard claims of the person. */
    public static Map<String, Object> named(User user, Collection<String> names) {
        Map<String, Object> standard = standard(user);
        Map<String, Object> claims = new LinkedHashMap<>();
        for (String name : names) {
            Optional.ofNullable(standard.get(name)).ifPresent(value -> claims.put(name, value));
        }
        return claims;
    }

    private static Stream<String> ofScopes(Collection<String> scopes) {
        return SCOPES.stream()
                .filter(scope -> scopes.contains(scope.getKey()))
                .flatMap(scope -> scope.getValue().stream());
    }

    private static Map<String, Object> withOthers(User user, Map<String, Object> claims) {
        Map<String, Object> more = new LinkedHashMap<>(claims);
        List<String> standard = names();
        user.claims().forEach((name, value) -> {
            if (!standard.contains(name)) {
                more.put(name, value);
            }
        });
        return more;
    }

    private static Map<String, Object> standard(User user) {
        Map<String, Object> claims = new LinkedHashMap<>(profile(user));
        if (user.userName().contains("@")) {
            claims.put("email", user.userName());
            claims.put("email_verified", true);
        }
        claims.put("address", address());
        claims.put("phone_number", phoneNumber(user));
        claims.put("phone_number_verified", true);
        claims.putAll(user.claims());
        return claims;
    }

    private static Map<String, Object> profile(User user) {
        String[] names = user.displayName().split(" ", 2);
        String site = "https://people.example/" + user.id();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("name", user.displayName());
        claims.put("given_name", names[0]);
        claims.put("middle_name", "T.");
        claims.put("family_name", names.length == 2 ? names[1] : "Example");
        claims.put("nickname", names[0]);
        claims.put("preferred_username", user.userName());
        claims.put("profile", site);
        claims.put("picture", site + "/picture.png");
        claims.put("website", site + "/home");
        claims.put("gender", "unspecified");
        claims.put("birthdate", "1990-04-01");
        claims.put("zoneinfo", "Europe/Paris");
        claims.put("locale", "en-GB");
        claims.put("updated_at", 1_700_000_000L);
        return claims;
    }

    /** OpenID Connect Core section 5.1.1. */
    private static Map<String, Object> address() {
        Map<String, Object> address = new LinkedHashMap<>();
        address.put("formatted", "1 Example Street\nExampletown EX 12345\nUtopia");
        address.put("street_address", "1 Example Street");
        address.put("locality", "Exampletown");
        address.put("region", "EX");
        address.put("postal_code", "12345");
        address.put("country", "Utopia");
        return address;
    }

    /** One of the numbers that are never given to anybody. */
    private static String phoneNumber(User user) {
        return "+1201555" + "%04d".formatted(100 + Math.floorMod(user.id().hashCode(), 100));
    }
}
