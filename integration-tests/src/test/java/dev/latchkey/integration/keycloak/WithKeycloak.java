package dev.latchkey.integration.keycloak;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that takes a {@link KeycloakServer} as a parameter; skipped with {@code -Dlatchkey.keycloak=off}. */
@Tag("keycloak")
@ExtendWith(KeycloakExtension.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithKeycloak {}
