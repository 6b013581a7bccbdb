package dev.latchkey.authority;

import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Something that goes wrong with one answer. A value: make one here and give it to {@link FaultScript#answer}. */
public sealed interface Fault {
    /**
     * The endpoint is not asked; this is answered instead.
     *
     * @param headers in order; {@code Content-Type} among them
     */
    record Answer(int status, Map<String, String> headers, String body) implements Fault {
        public Answer {
            if (status < 100 || status > 599) {
                throw new IllegalArgumentException("not an HTTP status: " + status);
            }
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        /** The same answer with one more header. */
        public Answer header(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Answer(status, more, body);
        }

        /**
         * The same answer with one more member in its JSON body.
         *
         * @throws IllegalStateException if the body is no JSON object
         */
        public Answer member(String name, Object value) {
            try {
                Map<String, Object> more =
                        new LinkedHashMap<>(Json.parseObject(body).asMap());
                more.put(name, value);
                return new Answer(status, headers, Json.write(more));
            } catch (JsonException e) {
                throw new IllegalStateException("the body is no JSON object", e);
            }
        }
    }

    /**
     * The endpoint works, then the members of its JSON answer change.
     *
     * @param members the new values; empty removes the member
     */
    record Members(Map<String, Optional<Object>> members) implements Fault {
        public Members {
            members = Map.copyOf(members);
        }
    }

    /** The endpoint works, then the ID token of its answer gets a flaw. */
    record FlawedIdToken(IdTokenFlaw flaw) implements Fault {}

    /** The endpoint works, then a claim of the ID token is replaced (or, if empty, removed) and signed again. */
    record IdTokenClaim(String name, Optional<Object> value) implements Fault {}

    /** The endpoint works, then a header of its answer is replaced. */
    record Header(String name, String value) implements Fault {}

    /**
     * The endpoint works, then the members of its JSON answer change.
     *
     * @param change gives the new members; those it is given cannot be modified
     */
    record Edited(UnaryOperator<Map<String, Object>> change) implements Fault {}

    /** The endpoint works, then the body of its answer is compressed, whether the request allows that or not. */
    record Gzip() implements Fault {}

    /** The keys are rotated, then the endpoint works: its answer is the first that is signed with the new ones. */
    record KeyRotation() implements Fault {}

    /** The endpoint works, then the connection breaks in the middle of the body. */
    record HalfBody() implements Fault {}

    /** No answer and no end of the connection, until the fault is taken back. */
    record Hang() implements Fault {}

    /**
     * The connection is reset.
     *
     * @param afterWork whether the endpoint did its work first, so that only the answer is lost
     */
    record Reset(boolean afterWork) implements Fault {}

    /** The request is answered later, with what {@code then} does, or as always if it is empty. */
    record Delay(Duration by, Optional<Fault> then) implements Fault {
        public Delay {
            if (by.isNegative()) {
                throw new IllegalArgumentException("a delay is not negative: " + by);
            }
        }

        /** Later, and then wrong as well. */
        public Delay then(Fault fault) {
            return new Delay(by, Optional.of(fault));
        }
    }

    /**
     * Answers later, by the authority's clock: with a {@link VirtualClock} when that has been advanced so far, else
     * after real time.
     */
    static Delay delay(Duration by) {
        return new Delay(by, Optional.empty());
    }

    /** Never answers; the connection stays open until the fault is taken back. */
    static Fault hang() {
        return new Hang();
    }

    /** Resets the connection before the endpoint does anything. */
    static Fault reset() {
        return new Reset(false);
    }

    /** Lets the endpoint do its work, then resets the connection: a code is spent, a refresh token rotated, for nothing. */
    static Fault loseAnswer() {
        return new Reset(true);
    }

    /** Breaks off in the middle of the body. */
    static Fault halfBody() {
        return new HalfBody();
    }

    /** Any status, media type and body. */
    static Answer answer(int status, String mediaType, String body) {
        return new Answer(status, Map.of("Content-Type", mediaType), body);
    }

    /** An OAuth error (RFC 6749 section 5.2). */
    static Answer error(int status, String error, String description) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("error", error);
        members.put("error_description", description);
        return answer(status, "application/json", Json.write(members));
    }

    /** A status without a body. */
    static Answer status(int status) {
        return new Answer(status, Map.of(), "");
    }

    /** 429 that does not say when to come again. */
    static Answer tooManyRequests() {
        return error(429, "temporarily_unavailable", "Too many requests.");
    }

    /** 429 with {@code Retry-After} in seconds (RFC 9110 section 10.2.3). */
    static Answer tooManyRequests(Duration retryAfter) {
        return tooManyRequests().header("Retry-After", seconds(retryAfter));
    }

    /** 429 with {@code Retry-After} as an HTTP date. */
    static Answer tooManyRequestsUntil(Instant retryAt) {
        return tooManyRequests().header("Retry-After", httpDate(retryAt));
    }

    /** 503 that does not say when to come again. */
    static Answer unavailable() {
        return error(503, "temporarily_unavailable", "The service is down.");
    }

    /** 503 with {@code Retry-After} in seconds. */
    static Answer unavailable(Duration retryAfter) {
        return unavailable().header("Retry-After", seconds(retryAfter));
    }

    /** 503 with {@code Retry-After} as an HTTP date. */
    static Answer unavailableUntil(Instant retryAt) {
        return unavailable().header("Retry-After", httpDate(retryAt));
    }

    /** A temporary redirect elsewhere; token requests must not follow it. */
    static Answer redirect(String location) {
        return new Answer(307, Map.of("Location", location), "");
    }

    /** 200, labelled as JSON, but a page of HTML, as a proxy on the way would give. */
    static Answer notJson() {
        return answer(200, "application/json", "<!doctype html><title>Sign in to the network</title>");
    }

    /** 200 with JSON this many characters long. */
    static Answer huge(int characters) {
        return answer(200, "application/json", "{\"access_token\":\"" + "a".repeat(characters) + "\"}");
    }

    /** 200 with JSON nested this deep. */
    static Answer deeplyNested(int depth) {
        return answer(200, "application/json", "{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
    }

    /** The right answer under the wrong media type. */
    static Fault contentType(String mediaType) {
        return header("Content-Type", mediaType);
    }

    /** The right answer with another header, or with another value in it. */
    static Fault header(String name, String value) {
        return new Header(name, value);
    }

    /** The right answer in gzip, with {@code Content-Encoding}, although nobody asked for it. */
    static Fault gzip() {
        return new Gzip();
    }

    /** The right answer, signed with keys that were made just before it and are published with the old ones. */
    static Fault keyRotation() {
        return new KeyRotation();
    }

    /** The right answer without these members. */
    static Fault without(String... members) {
        Map<String, Optional<Object>> changes = new LinkedHashMap<>();
        List.of(members).forEach(member -> changes.put(member, Optional.empty()));
        return new Members(changes);
    }

    /** The right answer with another value in one member: text, number, boolean, list or map. */
    static Fault with(String member, Object value) {
        return new Members(Map.of(member, Optional.of(value)));
    }

    /** The right answer with other values in some members; {@code null} is a value too. */
    static Fault with(Map<String, ?> members) {
        return edited(Edits.with(members));
    }

    /** The right token answer, whose {@code scope} is separated by something else than spaces, as Slack has it. */
    static Fault scopeSeparatedBy(String separator) {
        return edited(Edits.scopeSeparatedBy(separator));
    }

    /** The right token answer, but without access token if its scopes are only those of OpenID Connect, as B2C has it. */
    static Fault withoutAccessTokenIfOnlyOpenIdScopes() {
        return edited(Edits.withoutAccessTokenIfOnlyOpenIdScopes());
    }

    /** The right answer with other members, made from the right ones. */
    static Fault edited(UnaryOperator<Map<String, Object>> change) {
        return new Edited(change);
    }

    /** The right key set, every key of which has one more member: text, number, boolean, list or map. */
    static Fault keysWith(String member, Object value) {
        return edited(Edits.keysWith(member, value));
    }

    /** The right key set with one more entry, before the others. */
    static Fault extraKey(Map<String, ?> key) {
        return edited(Edits.extraKey(key));
    }

    /** The right answer with a flawed ID token. */
    static Fault idToken(IdTokenFlaw flaw) {
        return new FlawedIdToken(flaw);
    }

    /** The right answer with another value in one claim of the ID token, properly signed. */
    static Fault idTokenClaim(String name, Object value) {
        return new IdTokenClaim(name, Optional.of(value));
    }

    /** The right answer without a claim of the ID token, properly signed. */
    static Fault idTokenWithout(String claim) {
        return new IdTokenClaim(claim, Optional.empty());
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }

    private static String httpDate(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }
}
