package dev.latchkey.internal.environment;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A map with a limit. When it is full, the oldest entry is removed, except that an entry read since its last turn gets
 * a second chance. Thread-safe; reading takes no lock.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class BoundedMap<K, V> {
    private final int most;
    private final ToIntFunction<? super V> weigher;
    private final ConcurrentHashMap<K, Place<V>> places = new ConcurrentHashMap<>();

    /** The same entries, in the order of their turns to be removed. */
    private final Map<K, Place<V>> turns = new LinkedHashMap<>();

    private int weight;

    private static final class Place<V> {
        final V value;
        volatile boolean asked;

        Place(V value) {
            this.value = value;
        }
    }

    /** Holds at most this many entries. */
    public BoundedMap(int most) {
        this(most, value -> 1);
    }

    /** Holds entries up to this total weight; a heavier one is held alone. */
    public BoundedMap(int most, ToIntFunction<? super V> weigher) {
        this.most = most;
        this.weigher = weigher;
    }

    /** The value, or null. */
    public @Nullable V get(K key) {
        Place<V> place = places.get(key);
        if (place == null) {
            return null;
        }
        if (!place.asked) {
            place.asked = true;
        }
        return place.value;
    }

    /** Adds or replaces a value; other entries may be removed to make room. */
    public synchronized void put(K key, V value) {
        remove(key);
        Place<V> place = new Place<>(value);
        turns.put(key, place);
        places.put(key, place);
        weight += weigher.applyAsInt(value);
        while (weight > most && turns.size() > 1) {
            nextTurn(place);
        }
    }

    private void nextTurn(Place<V> newest) {
        Map.Entry<K, Place<V>> turn = turns.entrySet().iterator().next();
        K key = turn.getKey();
        Place<V> place = turn.getValue();
        if (place.asked || place == newest) {
            place.asked = false;
            turns.remove(key);
            turns.put(key, place);
        } else {
            remove(key);
        }
    }

    /** Removes a value if present. */
    public synchronized void remove(K key) {
        Place<V> gone = turns.remove(key);
        if (gone != null) {
            places.remove(key);
            weight -= weigher.applyAsInt(gone.value);
        }
    }

    /** Removes the values of the keys that match. */
    public synchronized void removeIf(Predicate<? super K> keys) {
        for (Iterator<Map.Entry<K, Place<V>>> all = turns.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<K, Place<V>> entry = all.next();
            if (keys.test(entry.getKey())) {
                all.remove();
                places.remove(entry.getKey());
                weight -= weigher.applyAsInt(entry.getValue().value);
            }
        }
    }

    /** The number of entries. */
    public int size() {
        return places.size();
    }
}
