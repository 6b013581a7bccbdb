package dev.latchkey.integration.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A {@link RenewingProgram} in its own process, and its output so far. */
final class RenewingProcess implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final String name;
    private final Process process;
    private final Map<String, Integer> said = new HashMap<>();

    private RenewingProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    static RenewingProcess start(String name, Path directory, String authority, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                RenewingProgram.class.getName(),
                directory.toString(),
                authority,
                name));
        command.addAll(List.of(options));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            RenewingProcess started = new RenewingProcess(name, process);
            Thread reader = new Thread(started::listen, "output of " + name);
            reader.setDaemon(true);
            reader.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    void tell(String command) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((command + "\n").getBytes(StandardCharsets.US_ASCII));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized int count(String word) {
        return said.getOrDefault(word, 0);
    }

    /** Waits for the expected output; a reported failure ends the test. */
    synchronized void await(String what, Predicate<RenewingProcess> enough) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!enough.test(this)) {
            if (count("failed") > 0 || System.nanoTime() - deadline > 0) {
                throw new AssertionError(name + " did not get as far as '" + what + "'; it said " + said);
            }
            try {
                wait(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    /** Kills the process as the operating system does: no handler runs, nothing is flushed (SIGKILL on POSIX). */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Freezes the process until {@link #resume}. */
    void suspend() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill " + signal + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void listen() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                note(line);
            }
        } catch (IOException e) {
            note("end");
        }
    }

    private synchronized void note(String line) {
        String word = line.split(" ", 2)[0];
        if (word.equals("failed")) {
            said.put(line, 1);
        }
        said.merge(word, 1, Integer::sum);
        notifyAll();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
