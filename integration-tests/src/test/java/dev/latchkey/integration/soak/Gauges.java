package dev.latchkey.integration.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The resources that a process uses right now.
 *
 * @param heap bytes in use after a garbage collection
 * @param threads threads of all kinds
 * @param descriptors open files and sockets; 0 if unknown
 * @param files files in the directory of the file store
 */
record Gauges(long heap, int threads, long descriptors, long files) {
    static Gauges read(Path directory) throws IOException {
        System.gc();
        return new Gauges(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                Files.isDirectory(Path.of("/proc/self/fd")) ? count(Path.of("/proc/self/fd")) : 0,
                Files.isDirectory(directory) ? count(directory) : 0);
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.count();
        }
    }

    /**
     * The size of each map and collection that is reachable from an object through our classes, by class and field;
     * empty ones are omitted.
     */
    static Map<String, Integer> collections(Object root) {
        Map<String, Integer> sizes = new TreeMap<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> left = new ArrayDeque<>();
        left.add(root);
        while (!left.isEmpty()) {
            Object next = left.remove();
            if (!seen.add(next) || !isOurs(next.getClass())) {
                continue;
            }
            for (Class<?> type = next.getClass(); type != null && isOurs(type); type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    Object value = Modifier.isStatic(field.getModifiers()) ? null : valueOf(field, next);
                    int size = value instanceof Map<?, ?> map
                            ? map.size()
                            : value instanceof Collection<?> collection ? collection.size() : 0;
                    if (size > 0) {
                        sizes.merge(type.getSimpleName() + "." + field.getName(), size, Integer::sum);
                    }
                    if (value != null) {
                        left.add(value);
                    }
                }
            }
        }
        return sizes;
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("dev.latchkey.") && !type.isEnum() && !type.isHidden();
    }

    private static Object valueOf(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return "heap %.1f MB, %d threads, %d descriptors, %d files".formatted(heap / 1e6, threads, descriptors, files);
    }
}
