package dev.latchkey.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
    @TempDir
    Path directory;

    static Stream<Arguments> writing() {
        return Stream.of(
                Arguments.of(
                        new IOException("No space left on device"), ErrorCodes.CACHE_QUOTA_EXCEEDED, "no space left"),
                Arguments.of(new IOException("Disk quota exceeded"), ErrorCodes.CACHE_QUOTA_EXCEEDED, "no space left"),
                Arguments.of(new ReadOnlyFileSystemException(), ErrorCodes.CACHE_UNAVAILABLE, "mounted read-only"),
                Arguments.of(new AccessDeniedException("x"), ErrorCodes.CACHE_UNAVAILABLE, "make it writable"),
                Arguments.of(new IOException((String) null), ErrorCodes.CACHE_UNAVAILABLE, "make it writable"));
    }

    @ParameterizedTest
    @MethodSource("writing")
    void writing_failed_saysWhatToDo(Exception e, String code, String remedy) {
        for (Path place : new Path[] {directory, directory.resolve("gone")}) {
            CacheException said = Failures.writing(place, e);
            assertThat(said.errorCode()).isEqualTo(code);
            assertThat(said).hasMessageContaining(remedy);
            assertThat(said.getCause()).isSameAs(e);
        }
    }

    @Test
    void locking_failed_saysWhetherPermissionsOrTheFileSystemAreTheReason() {
        assertThat(Failures.locking(directory, new AccessDeniedException("locks")))
                .hasMessageContaining("make it writable");
        assertThat(Failures.locking(directory, new IOException("no locks"))).hasMessageContaining("use a local disk");
    }

    @Test
    void isDenied_fileSystemThatIsReadOnly_isSo() {
        Path readOnly = FileSystems.getFileSystem(URI.create("jrt:/"))
                .getPath("/modules")
                .toAbsolutePath();

        assertThat(Failures.isDenied(readOnly, new IOException("x"))).isTrue();
        assertThat(Failures.isDenied(directory, new IOException("x"))).isFalse();
        assertThat(Failures.isDenied(directory, new AccessDeniedException("x"))).isTrue();
    }

    @Test
    void unavailable_withOrWithoutACause_namesItIfThereIsOne() {
        CacheException without = Failures.unavailable(directory, "opened: it is not a directory", null);
        assertThat(without).hasNoCause();
        assertThat(without.getMessage()).endsWith("cannot be opened: it is not a directory");

        CacheException with = Failures.reading(directory, new IOException("I/O error"));
        assertThat(with).hasMessageContaining("cannot be read (java.io.IOException: I/O error)");
        assertThat(with.getCause()).isNotNull();
        assertThat(Failures.replaced(directory)).hasNoCause();
    }
}
