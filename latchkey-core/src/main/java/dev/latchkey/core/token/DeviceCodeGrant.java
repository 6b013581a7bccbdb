package dev.latchkey.core.token;

import dev.latchkey.core.Secret;
import dev.latchkey.core.http.Parameters;

/**
 * The grant of a device code (RFC 8628 section 3.4).
 *
 * @param deviceCode what the program polls with
 */
public record DeviceCodeGrant(Secret deviceCode) implements Grant {
    @Override
    public void write(Parameters.Builder form) {
        form.set("grant_type", "urn:ietf:params:oauth:grant-type:device_code").set("device_code", deviceCode.reveal());
    }

    /** Somebody signed in; no nonce travelled, so none is expected. */
    @Override
    public AnswerBinding binding() {
        return AnswerBinding.signIn();
    }
}
