package dev.latchkey.integration.belonging;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A case for each public method of the applications, by its class, name and types of parameters. */
final class Calls extends Lots<Scene> {
    Calls() {
        SilentCalls.addTo(this);
        SignInCalls.addTo(this);
        RedirectCalls.addTo(this);
        SignOutCalls.addTo(this);
        AccountCalls.addTo(this);
        PlainCalls.addTo(this);
    }

    /** How a method is called in the list of cases. */
    static String nameOf(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
