package dev.latchkey.authority.memory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A map that forgets the entry used longest ago when it is full. Thread-safe. */
public final class BoundedStore<V> {
    private final Map<String, V> entries;

    public BoundedStore(int capacity) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > capacity;
            }
        };
    }

    public synchronized void put(String key, V value) {
        entries.put(key, value);
    }

    /** Puts an entry unless there is one, and says whether it did. */
    public synchronized boolean putIfAbsent(String key, V value) {
        return entries.putIfAbsent(key, value) == null;
    }

    public synchronized Optional<V> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    public synchronized Optional<V> remove(String key) {
        return Optional.ofNullable(entries.remove(key));
    }

    /** Replaces an entry and gives what it was; does nothing if it is gone. */
    public synchronized Optional<V> exchange(String key, UnaryOperator<V> change) {
        V before = entries.get(key);
        if (before != null) {
            entries.put(key, change.apply(before));
        }
        return Optional.ofNullable(before);
    }

    /** What is in it, the entry used longest ago first. */
    public synchronized List<V> values() {
        return List.copyOf(entries.values());
    }

    /** Changes every entry. */
    public synchronized void replaceAll(UnaryOperator<V> change) {
        entries.replaceAll((key, value) -> change.apply(value));
    }

    public synchronized int size() {
        return entries.size();
    }

    public synchronized void clear() {
        entries.clear();
    }
}
