package dev.latchkey.authority.interference;

import dev.latchkey.authority.Fault;
import dev.latchkey.authority.IdTokenFlaw;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.token.ClientSignatures;
import dev.latchkey.authority.token.ForgedTokens;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes right answers into wrong ones. An answer that lacks what should be changed stays as it is. */
final class Tampering {
    private static final String ID_TOKEN = "id_token";

    private final InstantSource clock;
    private final ClientSignatures signatures;
    private final ForgedTokens forged;

    Tampering(InstantSource clock, ClientSignatures signatures, ForgedTokens forged) {
        this.clock = clock;
        this.signatures = signatures;
        this.forged = forged;
    }

    Reply with(Reply reply, Fault fault) {
        try {
            JsonObject body = Json.parseObject(new String(reply.body(), StandardCharsets.UTF_8));
            Map<String, Object> changed = new LinkedHashMap<>(body.asMap());
            change(changed, body, fault);
            return reply.withBody(Json.write(changed));
        } catch (JsonException notJson) {
            return reply;
        }
    }

    private void change(Map<String, Object> answer, JsonObject before, Fault fault) {
        if (fault instanceof Fault.Members members) {
            members.members().forEach((name, value) -> put(answer, name, value));
        }
        if (fault instanceof Fault.Edited edited) {
            Map<String, Object> after = edited.change().apply(before.asMap());
            answer.clear();
            answer.putAll(after);
        }
        String original = before.string(ID_TOKEN, "");
        Optional<JsonObject> known = signatures.verify(original);
        if (known.isEmpty()) {
            return;
        }
        Map<String, Object> claims = new LinkedHashMap<>(known.get().asMap());
        if (fault instanceof Fault.IdTokenClaim claim) {
            put(claims, claim.name(), claim.value());
            answer.put(ID_TOKEN, forged.withClaims(original, known.get(), claims));
        }
        if (fault instanceof Fault.FlawedIdToken flawed) {
            answer.put(ID_TOKEN, flawed(flawed.flaw(), original, known.get()));
        }
    }

    private String flawed(IdTokenFlaw flaw, String original, JsonObject before) {
        Map<String, Object> claims = new LinkedHashMap<>(before.asMap());
        return switch (flaw) {
            case UNKNOWN_KEY -> forged.byUnknownKey(original, claims);
            case BROKEN_SIGNATURE -> ForgedTokens.withBrokenSignature(original);
            case ALG_NONE -> forged.withoutSignature(claims);
            case ALG_HS256 -> forged.byHmac(claims);
            case NOT_A_JWT -> "not-a-jwt";
            default -> {
                changeClaims(flaw, claims);
                yield forged.withClaims(original, before, claims);
            }
        };
    }

    private void changeClaims(IdTokenFlaw flaw, Map<String, Object> claims) {
        Instant now = clock.instant();
        switch (flaw) {
            case WRONG_ISSUER -> claims.put("iss", "https://issuer.invalid");
            case WRONG_AUDIENCE -> claims.put("aud", "another-client");
            case SEVERAL_AUDIENCES -> claims.put("aud", List.of(String.valueOf(claims.get("aud")), "another-client"));
            case EXPIRED -> {
                claims.put("iat", now.minusSeconds(7200).getEpochSecond());
                claims.put("nbf", now.minusSeconds(7200).getEpochSecond());
                claims.put("exp", now.minusSeconds(3600).getEpochSecond());
            }
            case NOT_YET_VALID -> {
                claims.put("iat", now.plusSeconds(3600).getEpochSecond());
                claims.put("nbf", now.plusSeconds(3600).getEpochSecond());
                claims.put("exp", now.plusSeconds(7200).getEpochSecond());
            }
            case WRONG_NONCE -> claims.put("nonce", "nonce-of-another-request");
            case MISSING_NONCE -> claims.remove("nonce");
            case WRONG_SUBJECT -> claims.put("sub", "another-person");
            case MISSING_SUBJECT -> claims.remove("sub");
            case WRONG_AT_HASH -> claims.put("at_hash", "AAAAAAAAAAAAAAAAAAAAAA");
            default -> throw new IllegalStateException("not a flaw of claims: " + flaw);
        }
    }

    private static void put(Map<String, Object> members, String name, Optional<Object> value) {
        if (value.isPresent()) {
            members.put(name, value.get());
        } else {
            members.remove(name);
        }
    }
}
