package dev.latchkey.spring.boot;

import dev.latchkey.web.LatchkeyWebBuilder;

/** Changes the auto-configured web endpoints before they are built; beans of this type are called in their order. */
@FunctionalInterface
public interface LatchkeyWebCustomizer {
    /** Changes what the properties have set. */
    void customize(LatchkeyWebBuilder builder);
}
