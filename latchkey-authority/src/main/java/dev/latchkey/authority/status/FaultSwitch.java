package dev.latchkey.authority.status;

import dev.latchkey.authority.ActiveFault;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.Faults;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.IdTokenFlaw;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A failure a person can switch on; a test scripts any other. */
record FaultSwitch(String id, String where, String what, Function<Faults, ActiveFault> script) {
    static final List<FaultSwitch> ALL = List.of(
            token("429", "429, Retry-After: 30", Fault.tooManyRequests(Duration.ofSeconds(30))),
            token("503", "503", Fault.unavailable()),
            token("reset", "connection reset", Fault.reset()),
            token("lost", "does its work, answer is lost", Fault.loseAnswer()),
            token("hang", "never answers", Fault.hang()),
            token("slow", "answers after 5 seconds", Fault.delay(Duration.ofSeconds(5))),
            new FaultSwitch(
                    "refresh", "Token endpoint", "refuses refresh tokens: invalid_grant", FaultSwitch::refuseRefresh),
            idToken("nonce", "wrong nonce", IdTokenFlaw.WRONG_NONCE),
            idToken("signature", "broken signature", IdTokenFlaw.BROKEN_SIGNATURE),
            on(Endpoint.KEYS, "keys", "Keys", "connection reset", Fault.reset()),
            on(Endpoint.METADATA, "metadata", "Metadata", "503", Fault.unavailable()),
            on(Endpoint.API, "api", "API", "503", Fault.unavailable()));

    static Optional<FaultSwitch> of(String id) {
        return ALL.stream().filter(fault -> fault.id.equals(id)).findFirst();
    }

    private static FaultSwitch token(String id, String what, Fault fault) {
        return on(Endpoint.TOKEN, "token-" + id, "Token endpoint", what, fault);
    }

    private static FaultSwitch idToken(String id, String what, IdTokenFlaw flaw) {
        return on(Endpoint.TOKEN, "id-token-" + id, "ID token", what, Fault.idToken(flaw));
    }

    private static FaultSwitch on(Endpoint endpoint, String id, String where, String what, Fault fault) {
        return new FaultSwitch(id, where, what, faults -> faults.on(endpoint).answer(fault));
    }

    private static ActiveFault refuseRefresh(Faults faults) {
        Fault refusal = Fault.error(400, "invalid_grant", "The refresh token has expired or was revoked.");
        return faults.on(Endpoint.TOKEN).grant(GrantType.REFRESH_TOKEN).answer(refusal);
    }
}
