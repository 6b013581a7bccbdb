package dev.latchkey.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a local authority with the default people and clients, on virtual time. Parameters of tests and of
 * life-cycle methods may be of type {@code LocalAuthority}, {@code VirtualClock}, {@link ManualScheduler},
 * {@code ScriptedPerson} and {@link ScriptedUserAgent}; see {@link SignsInAs} for who the last two are.
 *
 * <p>The class, its nested ones included, has one authority; before each test it forgets sign-ins, tokens, faults and
 * recorded requests, and its clock is set to the present. Tests that run concurrently, or a class with
 * {@link #perMethod}, have one each. For another configuration register a {@link LocalAuthorityExtension}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LocalAuthorityExtension.class)
public @interface LocalAuthorityTest {
    /** Speaks https, as clients demand that refuse http even on loopback. Default: http. */
    boolean https() default false;

    /** Every test has an authority of its own. Default: one for the class. */
    boolean perMethod() default false;
}
