package dev.latchkey.spring.metrics;

import dev.latchkey.Futures;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Limits the error codes used as tag values: authorities can send any code, and each new one is a new time series. */
final class KnownCodes {
    private static final int MOST = 100;

    private final Set<String> codes = ConcurrentHashMap.newKeySet();

    static String of(Throwable error) {
        Throwable cause = Futures.failure(error);
        return cause instanceof AuthException known ? known.errorCode() : ErrorCodes.UNEXPECTED_ERROR;
    }

    /** The code, or {@code other} once there are too many. */
    String bounded(String code) {
        boolean known = codes.contains(code) || (codes.size() < MOST && codes.add(code));
        return known ? code : "other";
    }
}
