package dev.latchkey.core;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every record of this module, filled with what a test wants to find or not to find again. */
final class Records {
    private Records() {}

    static List<Class<?>> all() throws Exception {
        Path root = Path.of(
                Secret.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(root)) {
            List<Class<?>> records = files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.startsWith("dev/latchkey/core") && name.endsWith(".class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .<Class<?>>map(Records::load)
                    .filter(Class::isRecord)
                    .toList();
            if (records.size() < 15) {
                throw new AssertionError("not all records were found: " + records);
            }
            return records;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * A record with these values.
     *
     * @param values by type; a record that is not among them is made in the same way, what remains is null
     * @param text what a component of type string is to be
     */
    static Object full(Class<?> type, Map<Class<?>, Object> values, Function<RecordComponent, String> text)
            throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        @Nullable Object[] arguments = new Object[components.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = value(components[i], values, text);
        }
        return constructor.newInstance(arguments);
    }

    private static @Nullable Object value(
            RecordComponent component, Map<Class<?>, Object> values, Function<RecordComponent, String> text)
            throws ReflectiveOperationException {
        Class<?> type = component.getType();
        if (type == String.class) {
            return text.apply(component);
        }
        return values.containsKey(type) ? values.get(type) : type.isRecord() ? full(type, values, text) : null;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Records.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
