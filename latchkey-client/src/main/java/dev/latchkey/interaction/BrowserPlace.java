package dev.latchkey.interaction;

import dev.latchkey.core.LowerCase;
import java.util.Optional;

/** What kind of place this is, and whether a person with a browser can be in front of it. */
final class BrowserPlace {
    /** The kinds that open pages in different ways. */
    enum Kind {
        WINDOWS,
        MACOS,
        WSL,
        UNIX
    }

    private final BrowserHost host;

    BrowserPlace(BrowserHost host) {
        this.host = host;
    }

    Kind kind() {
        String os = LowerCase.of(host.osName());
        if (os.startsWith("windows")) {
            return Kind.WINDOWS;
        }
        if (os.startsWith("mac") || os.startsWith("darwin")) {
            return Kind.MACOS;
        }
        return os.startsWith("linux") && isWsl() ? Kind.WSL : Kind.UNIX;
    }

    /** Why no browser would find back from the authority to here, whoever opens it; empty if one would. */
    Optional<String> whyUnreachable() {
        return isSet("CODESPACES") || isSet("GITPOD_WORKSPACE_ID") || isSet("CLOUD_SHELL") || isSet("ACC_CLOUD")
                ? Optional.of("this is a cloud workspace")
                : Optional.empty();
    }

    /** Why no browser whatever is to be opened here; empty if one may. */
    Optional<String> whyNone() {
        return "none".equals(host.environment("BROWSER")) ? Optional.of("BROWSER=none says so") : Optional.empty();
    }

    /** Why nobody would see what the commands of the operating system open; empty if someone does. */
    Optional<String> whyNoDesktop() {
        if (hasScreen()) {
            return Optional.empty();
        }
        if (isSet("SSH_CONNECTION") || isSet("SSH_TTY") || isSet("SSH_CLIENT")) {
            return Optional.of("this is an ssh session without a display");
        }
        if (kind() != Kind.UNIX) {
            return Optional.empty();
        }
        return Optional.of(
                isContainer()
                        ? "this is a container without a display"
                        : "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)");
    }

    /** Whether there is an X or Wayland display to show a window on. */
    boolean hasScreen() {
        return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
    }

    private boolean isWsl() {
        return isSet("WSL_DISTRO_NAME")
                || isSet("WSL_INTEROP")
                || LowerCase.of(host.fileText("/proc/version")).contains("microsoft");
    }

    private boolean isContainer() {
        return isSet("container")
                || isSet("KUBERNETES_SERVICE_HOST")
                || host.fileExists("/.dockerenv")
                || host.fileExists("/run/.containerenv");
    }

    private boolean isSet(String name) {
        String value = host.environment(name);
        return value != null && !value.isEmpty() && !value.equals("false");
    }
}
