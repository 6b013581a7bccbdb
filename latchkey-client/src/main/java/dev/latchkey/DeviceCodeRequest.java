package dev.latchkey;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.token.DeviceCodeResponse;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What {@code acquireTokenByDeviceCode} is asked for (RFC 8628): the person signs in on another device. Immutable.
 *
 * @param scopes what is asked for, all of one resource
 * @param prompt shows the person what to type where; called once, on a thread of the executor
 * @param authority of which authority; empty means the application's
 * @param correlationId the id of the call; empty means that one is made up
 */
public record DeviceCodeRequest(
        Scopes scopes,
        Consumer<DeviceCodeResponse> prompt,
        Optional<String> authority,
        Optional<String> correlationId) {
    /** A request for scopes of the application's authority. */
    public static DeviceCodeRequest of(Scopes scopes, Consumer<DeviceCodeResponse> prompt) {
        return new DeviceCodeRequest(scopes, prompt, Optional.empty(), Optional.empty());
    }
}
