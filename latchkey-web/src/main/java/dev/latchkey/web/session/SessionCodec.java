package dev.latchkey.web.session;

import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Encodes sessions as text for the store. */
final class SessionCodec {
    private static final int FORMAT = 1;

    private SessionCodec() {}

    static String encode(SessionData session) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("format", FORMAT);
        members.put(
                "accounts", session.accounts().stream().map(AccountRef::write).toList());
        members.put("active", session.active() == null ? null : session.active().write());
        members.put("step_ups", session.stepUps().stream().map(StepUp::write).toList());
        members.put(
                "outcomes", session.outcomes().stream().map(KeptCodec::write).toList());
        return Json.write(members);
    }

    static SessionData decode(String text) {
        try {
            JsonObject json = Json.parseObject(text);
            Long format = json.number("format");
            if (format == null || format != FORMAT) {
                throw new CacheException(
                        ErrorCodes.CACHE_NEWER_FORMAT,
                        "a stored session has a format that this version cannot read; update all nodes");
            }
            return new SessionData(
                    json.objects("accounts").stream().map(AccountRef::of).toList(),
                    AccountRef.read(json, "active"),
                    json.objects("step_ups").stream()
                            .map(StepUp::read)
                            .flatMap(Stream::ofNullable)
                            .toList(),
                    json.objects("outcomes").stream().map(KeptCodec::outcome).toList());
        } catch (JsonException | IllegalArgumentException e) {
            throw new CacheException(ErrorCodes.CACHE_CORRUPT, "a stored session cannot be read");
        }
    }

    /** The sessions of one account, by front and digest of their ids. */
    static String encodeIndex(Set<String> sessions) {
        return Json.write(Map.of("sessions", List.copyOf(sessions)));
    }

    static Set<String> decodeIndex(String text) {
        try {
            return new LinkedHashSet<>(Json.parseObject(text).strings("sessions"));
        } catch (JsonException e) {
            throw new CacheException(ErrorCodes.CACHE_CORRUPT, "a stored list of sessions cannot be read");
        }
    }
}
