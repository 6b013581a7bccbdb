package dev.latchkey.web.session;

import dev.latchkey.core.Secret;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes sign-ins in progress and outcomes as text. */
final class KeptCodec {
    private static final String ID = "id";
    private static final String TYPE = "type";
    private static final String STATE = "state";
    private static final String SAVED = "saved";
    private static final String RETURN_TO = "return_to";
    private static final String EXPECTED = "expected";
    private static final String STEP_UP = "step_up";
    private static final String SIGNED_IN = "signed_in";
    private static final String STATUS = "status";
    private static final String OUTCOME = "outcome";
    private static final String ACCOUNT = "account";
    private static final String EXPIRES_ON = "expires_on";

    private KeptCodec() {}

    static String encode(Kept kept) {
        return Json.write(kept instanceof Interaction interaction ? write(interaction) : write((Outcome) kept));
    }

    /** Decodes text; null if it is invalid. */
    static @Nullable Kept decode(String text) {
        try {
            JsonObject json = Json.parseObject(text);
            return json.has(SAVED) ? interaction(json) : outcome(json);
        } catch (JsonException | IllegalArgumentException e) {
            return null;
        }
    }

    private static Map<String, @Nullable Object> write(Interaction interaction) {
        AccountRef expected = interaction.expected();
        StepUp stepUp = interaction.stepUp();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(ID, interaction.id());
        members.put(TYPE, interaction.type().name());
        members.put(STATE, interaction.state());
        members.put(SAVED, interaction.saved().reveal());
        members.put(RETURN_TO, interaction.returnTo());
        members.put(EXPECTED, expected == null ? null : expected.write());
        members.put(STEP_UP, stepUp == null ? null : stepUp.write());
        members.put(SIGNED_IN, interaction.isOfMember());
        members.put(EXPIRES_ON, interaction.expiresOn().toEpochMilli());
        return members;
    }

    private static Interaction interaction(JsonObject json) {
        return new Interaction(
                json.string(ID, ""),
                Interaction.Type.valueOf(json.string(TYPE, "")),
                json.string(STATE, ""),
                Secret.of(json.string(SAVED, "")),
                json.string(RETURN_TO),
                AccountRef.read(json, EXPECTED),
                StepUp.read(json.object(STEP_UP)),
                json.isTrue(SIGNED_IN),
                expiresOn(json));
    }

    static Map<String, @Nullable Object> write(Outcome outcome) {
        AccountRef account = outcome.account();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(ID, outcome.id());
        members.put(STATUS, outcome.status());
        members.put(OUTCOME, outcome.json());
        members.put(ACCOUNT, account == null ? null : account.write());
        members.put(EXPIRES_ON, outcome.expiresOn().toEpochMilli());
        return members;
    }

    /**
     * Reads an outcome.
     *
     * @throws IllegalArgumentException if it is invalid
     */
    static Outcome outcome(JsonObject json) {
        Long status = json.number(STATUS);
        if (status == null) {
            throw new IllegalArgumentException("an outcome requires a status");
        }
        return new Outcome(
                json.string(ID, ""),
                status.intValue(),
                json.string(OUTCOME, ""),
                AccountRef.read(json, ACCOUNT),
                expiresOn(json));
    }

    private static Instant expiresOn(JsonObject json) {
        Long millis = json.number(EXPIRES_ON);
        return Instant.ofEpochMilli(millis == null ? 0 : millis);
    }
}
