package dev.latchkey.interaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Any machine: its operating system, environment and files given, its commands written down. */
final class FakeHost implements BrowserHost {
    final List<List<String>> started = new ArrayList<>();
    Map<String, String> files = Map.of();

    /** The only command that works; all do if empty. */
    String working = "";

    private final String os;
    private final Map<String, String> environment;

    FakeHost(String os, Map<String, String> environment) {
        this.os = os;
        this.environment = environment;
    }

    @Override
    public String osName() {
        return os;
    }

    @Override
    public String environment(String name) {
        return environment.get(name);
    }

    @Override
    public boolean fileExists(String path) {
        return files.containsKey(path);
    }

    @Override
    public String fileText(String path) {
        return files.getOrDefault(path, "");
    }

    @Override
    public boolean start(List<String> command) {
        started.add(command);
        return working.isEmpty() || command.get(0).equals(working);
    }
}
