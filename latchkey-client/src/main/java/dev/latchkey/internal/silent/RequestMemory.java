package dev.latchkey.internal.silent;

import org.jspecify.annotations.Nullable;

/**
 * What a request keeps for the engine and shows to nobody else. The class of the request registers its memory when it
 * is initialized, because the engine lives in another package and the fields must not become part of the public API.
 *
 * @param <R> the type of the request
 */
public abstract class RequestMemory<R> {
    private static volatile @Nullable RequestMemory<?> registered;

    /** Called once, by the static initializer of the type of the request. */
    public static void register(RequestMemory<?> memory) {
        if (registered != null) {
            throw new IllegalStateException("there is one type of request that remembers");
        }
        registered = memory;
    }

    /** The memory of the requests of this type. */
    @SuppressWarnings("unchecked") // there is one type, which registers the memory of its own requests
    static <R> RequestMemory<R> of(Class<R> type) {
        try {
            Class.forName(type.getName(), true, type.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        RequestMemory<?> memory = registered;
        if (memory == null) {
            throw new IllegalStateException(type + " registers no memory");
        }
        return (RequestMemory<R>) memory;
    }

    /** What shapes the token besides scopes and resource; null if nothing does. */
    protected abstract @Nullable String variant(R request);

    /** The last answer, as {@link #remember} kept it. */
    protected abstract @Nullable CachedAnswer answer(R request);

    /** Keeps an answer in place of the last one. */
    protected abstract void remember(R request, CachedAnswer answer);

    /** Whether the request has been answered before; from now on it has. One built for each call never has. */
    protected abstract boolean markAnswered(R request);
}
