/**
 * The protocol: encodes requests as messages, and parses messages into checked values. No I/O, no clock, no randomness.
 */
@org.jspecify.annotations.NullMarked
module dev.latchkey.core {
    requires com.nimbusds.jose.jwt;
    requires tools.jackson.core;
    requires static org.jspecify;

    exports dev.latchkey.core;
    exports dev.latchkey.core.account;
    exports dev.latchkey.core.challenge;
    exports dev.latchkey.core.cache;
    exports dev.latchkey.core.error;
    exports dev.latchkey.core.http;
    exports dev.latchkey.core.json;
    exports dev.latchkey.core.renewal;
    exports dev.latchkey.core.authorize;
    exports dev.latchkey.core.discovery;
    exports dev.latchkey.core.idtoken;
    exports dev.latchkey.core.throttle;
    exports dev.latchkey.core.token;
}
