package dev.latchkey.authority.status;

import dev.latchkey.authority.ActiveFault;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.Faults;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.IdTokenFlaw;
import java.time.Duration;

/** The failures a person can switch on; a test scripts any other. */
enum FaultSwitch {
    TOKEN_THROTTLED(
            "Token endpoint", "429, Retry-After: 30", Endpoint.TOKEN, Fault.tooManyRequests(Duration.ofSeconds(30))),
    TOKEN_UNAVAILABLE("Token endpoint", "503", Endpoint.TOKEN, Fault.unavailable()),
    TOKEN_RESET("Token endpoint", "connection reset", Endpoint.TOKEN, Fault.reset()),
    TOKEN_LOST("Token endpoint", "does its work, answer is lost", Endpoint.TOKEN, Fault.loseAnswer()),
    TOKEN_HANGS("Token endpoint", "never answers", Endpoint.TOKEN, Fault.hang()),
    TOKEN_SLOW("Token endpoint", "answers after 5 seconds", Endpoint.TOKEN, Fault.delay(Duration.ofSeconds(5))),
    REFRESH_REFUSED(
            "Token endpoint",
            "refuses refresh tokens: invalid_grant",
            Endpoint.TOKEN,
            Fault.error(400, "invalid_grant", "The refresh token has expired or was revoked.")) {
        @Override
        ActiveFault on(Faults faults) {
            return faults.on(Endpoint.TOKEN).grant(GrantType.REFRESH_TOKEN).answer(fault);
        }
    },
    WRONG_NONCE("ID token", "wrong nonce", Endpoint.TOKEN, Fault.idToken(IdTokenFlaw.WRONG_NONCE)),
    BROKEN_SIGNATURE("ID token", "broken signature", Endpoint.TOKEN, Fault.idToken(IdTokenFlaw.BROKEN_SIGNATURE)),
    KEYS_DOWN("Keys", "connection reset", Endpoint.KEYS, Fault.reset()),
    METADATA_DOWN("Metadata", "503", Endpoint.METADATA, Fault.unavailable()),
    API_DOWN("API", "503", Endpoint.API, Fault.unavailable());

    final String where;
    final String what;
    // Faults are immutable, but cannot say so to the checker.
    @SuppressWarnings("ImmutableEnumChecker")
    final Fault fault;

    private final Endpoint endpoint;

    FaultSwitch(String where, String what, Endpoint endpoint, Fault fault) {
        this.where = where;
        this.what = what;
        this.endpoint = endpoint;
        this.fault = fault;
    }

    ActiveFault on(Faults faults) {
        return faults.on(endpoint).answer(fault);
    }
}
