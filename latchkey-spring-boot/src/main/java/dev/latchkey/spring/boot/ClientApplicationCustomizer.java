package dev.latchkey.spring.boot;

import dev.latchkey.ClientApplicationBuilder;

/** Changes the auto-configured application before it is built; beans of this type are called in their order. */
@FunctionalInterface
public interface ClientApplicationCustomizer {
    /** Changes what the properties have set. */
    void customize(ClientApplicationBuilder<?> builder);
}
