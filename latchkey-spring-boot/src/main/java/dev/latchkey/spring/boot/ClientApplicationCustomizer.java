package dev.latchkey.spring.boot;

import dev.latchkey.ClientApplicationBuilder;

/** Customizes the auto-configured application before it is built; beans of this type are called in order. */
@FunctionalInterface
public interface ClientApplicationCustomizer {
    /** Changes the settings made from the properties. */
    void customize(ClientApplicationBuilder<?> builder);
}
