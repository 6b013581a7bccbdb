package dev.latchkey.integration.belonging;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A case for each public method of the applications, by class, name and parameter types. */
final class Calls extends Lots<Scene> {
    Calls() {
        SilentCalls.addTo(this);
        SignInCalls.addTo(this);
        RedirectCalls.addTo(this);
        SignOutCalls.addTo(this);
        AccountCalls.addTo(this);
        PlainCalls.addTo(this);
    }

    /** The name of a method in the list of cases. */
    static String nameOf(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
