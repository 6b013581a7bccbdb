package dev.latchkey.authority;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts what an authority holds on to: the entries of every collection that can be reached from it. */
final class Retained {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> open = new ArrayDeque<>();
    private int entries;

    private Retained() {}

    static int entries(LocalAuthority authority) throws IllegalAccessException {
        Retained retained = new Retained();
        retained.meet(authority);
        while (!retained.open.isEmpty()) {
            retained.visit(retained.open.pop());
        }
        return retained.entries;
    }

    private void visit(Object object) throws IllegalAccessException {
        if (object instanceof Map<?, ?> map) {
            entries += map.size();
            map.values().forEach(this::meet);
        } else if (object instanceof Collection<?> collection) {
            entries += collection.size();
            collection.forEach(this::meet);
        } else if (object instanceof Object[] array) {
            Arrays.stream(array).forEach(this::meet);
        } else if (object instanceof Optional<?> optional) {
            optional.ifPresent(this::meet);
        } else if (object.getClass().getName().startsWith("dev.latchkey.")) {
            for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
                meetFields(type, object);
            }
        }
    }

    private void meetFields(Class<?> type, Object object) throws IllegalAccessException {
        if (type.isHidden() || !type.getName().startsWith("dev.latchkey.")) {
            return;
        }
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                meet(field.get(object));
            }
        }
    }

    private void meet(Object object) {
        if (object != null && seen.add(object)) {
            open.push(object);
        }
    }
}
