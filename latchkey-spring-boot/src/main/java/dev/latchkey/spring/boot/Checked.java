package dev.latchkey.spring.boot;

import dev.latchkey.core.error.AuthException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Names the property whose value was rejected; Spring Boot reports it as the reason why the application cannot start.
 */
final class Checked {
    private Checked() {}

    static <T> T property(String name, @Nullable Object shown, Supplier<T> use) {
        try {
            return use.get();
        } catch (IllegalArgumentException | AuthException e) {
            throw wrong(name, shown, String.valueOf(e.getMessage()));
        }
    }

    static InvalidConfigurationPropertyValueException wrong(String name, @Nullable Object shown, String reason) {
        return new InvalidConfigurationPropertyValueException(name, shown, reason);
    }
}
