package dev.latchkey.benchmarks;

import java.time.Instant;
import java.util.function.BiConsumer;

/** A cache of many people in the unified schema, as the field's libraries write it. */
final class CacheFile {
    private static final int CHARACTERS_PER_PERSON = 11_500;

    private final int people;
    private final Instant now;
    private final Instant expiresOn;
    private final StringBuilder json;

    private CacheFile(int people, Instant now, Instant expiresOn) {
        this.people = people;
        this.now = now;
        this.expiresOn = expiresOn;
        this.json = new StringBuilder(Math.multiplyExact(people, CHARACTERS_PER_PERSON) + 1000);
    }

    /** The text of a cache whose access tokens all expire at the same time. */
    static String of(int people, Instant now, Instant expiresOn) {
        return new CacheFile(people, now, expiresOn).write();
    }

    private String write() {
        json.append('{');
        section("AccessToken", this::accessTokens);
        section("RefreshToken", this::refreshToken);
        section("IdToken", this::idToken);
        section("Account", this::account);
        json.append("\"AppMetadata\":{\"appmetadata-")
                .append(Person.CACHE_HOST)
                .append('-')
                .append(Person.CLIENT)
                .append("\":{");
        member("client_id", Person.CLIENT);
        member("environment", Person.CACHE_HOST);
        return closed().append("}}").toString();
    }

    private void section(String name, BiConsumer<Person, String> entries) {
        json.append('"').append(name).append("\":{");
        for (int i = 0; i < people; i++) {
            Person person = new Person(i);
            entries.accept(person, person.homeAccountId() + "-" + Person.CACHE_HOST);
        }
        closed().append(',');
    }

    private void accessTokens(Person person, String key) {
        for (int i = 0; i < Person.SCOPES.length; i++) {
            entry(
                    key + "-accesstoken-" + Person.CLIENT + "-" + Person.TENANT + "-" + Person.GRANTED[i],
                    "AccessToken",
                    person,
                    person.accessToken(i));
            member("realm", Person.TENANT);
            member("target", Person.GRANTED[i]);
            member("cached_at", String.valueOf(now.getEpochSecond()));
            member("expires_on", String.valueOf(expiresOn.getEpochSecond()));
            member("extended_expires_on", String.valueOf(expiresOn.getEpochSecond()));
            closed().append(',');
        }
    }

    private void refreshToken(Person person, String key) {
        entry(key + "-refreshtoken-" + Person.CLIENT + "--", "RefreshToken", person, person.refreshToken());
        closed().append(',');
    }

    private void idToken(Person person, String key) {
        entry(key + "-idtoken-" + Person.CLIENT + "-" + Person.TENANT + "-", "IdToken", person, person.idToken());
        member("realm", Person.TENANT);
        closed().append(',');
    }

    private void account(Person person, String key) {
        json.append('"').append(key).append('-').append(Person.TENANT).append("\":{");
        member("home_account_id", person.homeAccountId());
        member("environment", Person.CACHE_HOST);
        member("realm", Person.TENANT);
        member("local_account_id", person.uid());
        member("username", person.username());
        member("authority_type", "MSSTS");
        member("client_info", person.clientInfo());
        closed().append(',');
    }

    private void entry(String key, String type, Person person, String secret) {
        json.append('"').append(key).append("\":{");
        member("credential_type", type);
        member("home_account_id", person.homeAccountId());
        member("environment", Person.CACHE_HOST);
        member("client_id", Person.CLIENT);
        member("secret", secret);
    }

    private void member(String name, String value) {
        json.append('"').append(name).append("\":\"").append(value).append("\",");
    }

    /** Every object has a member, hence a comma too many. */
    private StringBuilder closed() {
        json.setCharAt(json.length() - 1, '}');
        return json;
    }
}
