package dev.latchkey.integration.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A finished command: its exit code and the output of both streams. */
public record ChildProcess(List<String> command, int exitCode, String output) {

    public static ChildProcess run(Path folder, Duration deadline, List<String> command) {
        return run(folder, deadline, command, Map.of());
    }

    public static ChildProcess run(
            Path folder, Duration deadline, List<String> command, Map<String, String> environment) {
        try {
            // A file, not a pipe: a process that inherits the streams and outlives the command would keep a pipe open.
            Path output = Files.createTempFile("latchkey-child", ".log");
            try {
                return start(folder, command, environment, output, deadline);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command.get(0), e);
        }
    }

    /** The tool with this name in the JDK that runs the tests. */
    public static String jdkTool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** The output, if the exit code was 0. */
    public String succeeded() {
        if (exitCode != 0) {
            throw new AssertionError("%s ended with %d:%n%s".formatted(command, exitCode, output));
        }
        return output;
    }

    private static ChildProcess start(
            Path folder, List<String> command, Map<String, String> environment, Path output, Duration deadline)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        "%s did not end within %s:%n%s".formatted(command, deadline, Files.readString(output)));
            }
            return new ChildProcess(command, process.exitValue(), Files.readString(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
