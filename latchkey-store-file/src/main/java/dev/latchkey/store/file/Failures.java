package dev.latchkey.store.file;

import dev.latchkey.core.PrintableFailure;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.store.encryption.CorruptRecordException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What went wrong, as a code that says what to do. */
final class Failures {
    private static final List<String> FULL = List.of("no space", "not enough space", "quota exceeded", "disk full");

    private Failures() {}

    static CacheException writing(Path directory, Exception e) {
        if (isFull(directory, e)) {
            return of(ErrorCodes.CACHE_QUOTA_EXCEEDED, "there is no space left for the token store at " + directory, e);
        }
        return isReadOnly(directory, e)
                ? unavailable(directory, "written: its file system is mounted read-only", e)
                : unavailable(directory, "written: make it writable for the user who runs this", e);
    }

    static CacheException reading(Path directory, Exception e) {
        return unavailable(directory, "read", e);
    }

    static CacheException locking(Path directory, Exception e) {
        return isDenied(directory, e)
                ? writing(directory, e)
                : unavailable(directory, "locked: its file system must support file locks; use a local disk", e);
    }

    /** Whether nothing may be written there, whatever is done. */
    static boolean isDenied(Path directory, Exception e) {
        return e instanceof AccessDeniedException || isReadOnly(directory, e);
    }

    private static boolean isReadOnly(Path directory, Exception e) {
        if (e instanceof ReadOnlyFileSystemException) {
            return true;
        }
        try {
            return Files.getFileStore(directory).isReadOnly();
        } catch (IOException unknown) {
            return false;
        }
    }

    static CacheException replaced(Path directory) {
        return of(
                ErrorCodes.CACHE_UNAVAILABLE,
                "the token store's directory " + directory + " is gone or was replaced while it was in use: bring it"
                        + " back, or open the store again",
                null);
    }

    static CacheException insecure(String message) {
        return of(ErrorCodes.CACHE_INSECURE_PERMISSIONS, message, null);
    }

    static CacheException noKey(String message, @Nullable Throwable cause) {
        return of(ErrorCodes.CACHE_KEY_UNAVAILABLE, message, cause);
    }

    static CacheException corrupt(PartitionFiles files, CorruptRecordException e) {
        return of(
                ErrorCodes.CACHE_CORRUPT,
                "a file of the token store is damaged (" + e.getMessage() + "); it was set aside as " + files.corrupt()
                        + ". Its account has to sign in again; others are not concerned",
                null);
    }

    static CacheException unavailable(Path directory, String what, @Nullable Throwable cause) {
        return of(
                ErrorCodes.CACHE_UNAVAILABLE,
                "the token store at " + directory + " cannot be " + what + (cause == null ? "" : " (" + cause + ")"),
                cause);
    }

    private static CacheException of(String code, String message, @Nullable Throwable cause) {
        return new CacheException(
                ErrorDetails.of(code, message).cause(cause == null ? null : PrintableFailure.of(cause)));
    }

    /** The words are the operating system's; the space that is left decides where they are in another language. */
    private static boolean isFull(Path directory, Exception e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (FULL.stream().anyMatch(message::contains)) {
            return true;
        }
        try {
            return Files.getFileStore(directory).getUsableSpace() == 0;
        } catch (IOException unknown) {
            return false;
        }
    }
}
