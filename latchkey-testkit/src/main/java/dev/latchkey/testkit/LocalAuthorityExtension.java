package dev.latchkey.testkit;

import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.LocalAuthorityBuilder;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.authority.person.ScriptedPerson;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Does what {@link LocalAuthorityTest} does, with your own configuration. Register it in a static field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LocalAuthorityExtension AUTHORITY = LocalAuthorityExtension.configured(
 *         builder -> builder.https().client(Client.publicClient("my-app").redirectUri("http://localhost")));
 * }</pre>
 */
public final class LocalAuthorityExtension implements BeforeEachCallback, ParameterResolver {
    private static final Set<Class<?>> INJECTED = Set.of(
            LocalAuthority.class,
            VirtualClock.class,
            ManualScheduler.class,
            ScriptedPerson.class,
            ScriptedUserAgent.class);

    private final Namespace namespace = Namespace.create(LocalAuthorityExtension.class, this);
    private final Consumer<LocalAuthorityBuilder> configuration;

    /** Used by {@link LocalAuthorityTest}. */
    public LocalAuthorityExtension() {
        this(builder -> {});
    }

    private LocalAuthorityExtension(Consumer<LocalAuthorityBuilder> configuration) {
        this.configuration = configuration;
    }

    /** Creates an extension that starts authorities with a configuration; their clock is already the virtual one. */
    public static LocalAuthorityExtension configured(Consumer<LocalAuthorityBuilder> configuration) {
        return new LocalAuthorityExtension(configuration);
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        running(test).reset();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return INJECTED.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        RunningAuthority running = running(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == LocalAuthority.class) {
            return running.authority();
        }
        if (type == VirtualClock.class) {
            return running.clock();
        }
        if (type == ManualScheduler.class) {
            return running.scheduler();
        }
        ScriptedPerson person = running.person(parameter.findAnnotation(SignsInAs.class));
        return type == ScriptedPerson.class ? person : ScriptedUserAgent.of(person);
    }

    private RunningAuthority running(ExtensionContext context) {
        ExtensionContext owner = isPerMethod(context) ? context : classOf(context);
        return owner.getStore(namespace)
                .computeIfAbsent(
                        "authority",
                        key -> RunningAuthority.start(builder -> configure(builder, context)),
                        RunningAuthority.class);
    }

    private void configure(LocalAuthorityBuilder builder, ExtensionContext context) {
        if (annotation(context, LocalAuthorityTest::https)) {
            builder.https();
        }
        configuration.accept(builder);
    }

    /** Concurrent tests would see each other's requests. */
    private static boolean isPerMethod(ExtensionContext context) {
        return context.getTestMethod().isPresent()
                && (annotation(context, LocalAuthorityTest::perMethod)
                        || context.getExecutionMode() == ExecutionMode.CONCURRENT);
    }

    private static boolean annotation(
            ExtensionContext context, java.util.function.Predicate<LocalAuthorityTest> attribute) {
        return AnnotationSupport.findAnnotation(
                        context.getRequiredTestClass(), LocalAuthorityTest.class, context.getEnclosingTestClasses())
                .filter(attribute)
                .isPresent();
    }

    private static ExtensionContext classOf(ExtensionContext context) {
        ExtensionContext at = context;
        while (at.getTestMethod().isPresent()) {
            at = at.getParent().orElseThrow();
        }
        return at;
    }
}
