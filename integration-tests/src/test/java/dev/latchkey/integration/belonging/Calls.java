package dev.latchkey.integration.belonging;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A case for each public method of the applications, by its class, name and types of parameters. */
final class Calls {
    private final Map<String, Consumer<Scene>> cases = new TreeMap<>();
    private final List<String> lots = new ArrayList<>();

    Calls() {
        SilentCalls.addTo(this);
        SignInCalls.addTo(this);
        RedirectCalls.addTo(this);
        SignOutCalls.addTo(this);
        AccountCalls.addTo(this);
        PlainCalls.addTo(this);
    }

    /** Adds a case that is drawn as often as its weight says. */
    void add(int weight, String method, Consumer<Scene> body) {
        cases.put(method, body);
        for (int i = 0; i < weight; i++) {
            lots.add(method);
        }
    }

    /** All methods there are cases for. */
    List<String> methods() {
        return List.copyOf(cases.keySet());
    }

    String draw(Dice dice) {
        return dice.one(lots);
    }

    void make(String method, Scene scene) {
        cases.get(method).accept(scene);
    }

    /** How a method is called in the list of cases. */
    static String nameOf(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
