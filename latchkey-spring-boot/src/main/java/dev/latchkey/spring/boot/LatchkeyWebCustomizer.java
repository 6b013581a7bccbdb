package dev.latchkey.spring.boot;

import dev.latchkey.web.LatchkeyWebBuilder;

/** Customizes the auto-configured web endpoints before they are built; beans of this type are called in order. */
@FunctionalInterface
public interface LatchkeyWebCustomizer {
    /** Changes the settings made from the properties. */
    void customize(LatchkeyWebBuilder builder);
}
