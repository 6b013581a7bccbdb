package dev.latchkey.store;

import dev.latchkey.core.PrintableFailure;
import dev.latchkey.core.account.PartitionKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners for changes to a store; a helper for store implementations. Thread-safe. */
public final class ChangeListeners {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeListeners.class);

    private final List<Place> listeners = new CopyOnWriteArrayList<>();

    /** Creates an empty set of listeners. */
    public ChangeListeners() {}

    /** Adds a listener until the registration is closed. */
    public Registration add(Consumer<PartitionKey> listener) {
        Place own = new Place(listener);
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /** Whether there are no listeners. */
    public boolean isEmpty() {
        return listeners.isEmpty();
    }

    /** Notifies all listeners on the calling thread. Exceptions they throw are logged and dropped. */
    public void changed(PartitionKey key) {
        for (Place place : listeners) {
            try {
                place.listener.accept(key);
            } catch (RuntimeException e) {
                LOG.warn("a listener to changes of the token store failed", PrintableFailure.of(e));
            }
        }
    }

    /** Compared by identity: one listener registered twice is two registrations. */
    private static final class Place {
        final Consumer<PartitionKey> listener;

        Place(Consumer<PartitionKey> listener) {
            this.listener = listener;
        }
    }
}
