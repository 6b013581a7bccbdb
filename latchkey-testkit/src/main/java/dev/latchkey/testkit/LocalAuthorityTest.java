package dev.latchkey.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a local authority with the default users and clients, on virtual time. Parameters of tests and
 * life-cycle methods may be of type {@code LocalAuthority}, {@code VirtualClock}, {@link ManualScheduler},
 * {@code ScriptedPerson} and {@link ScriptedUserAgent}; {@link SignsInAs} selects the user of the last two.
 *
 * <p>The class and its nested classes share one authority. Before each test, sign-ins, tokens, faults and recorded
 * requests are cleared, and the clock is set to the present. Concurrent tests, and those of a class with
 * {@link #perMethod}, get one authority each. For another configuration register a {@link LocalAuthorityExtension}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LocalAuthorityExtension.class)
public @interface LocalAuthorityTest {
    /** Whether it uses https, for clients that reject http even on loopback. Default: http. */
    boolean https() default false;

    /** Whether each test gets its own authority. Default: one per class. */
    boolean perMethod() default false;
}
