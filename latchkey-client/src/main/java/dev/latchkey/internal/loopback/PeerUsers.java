package dev.latchkey.internal.loopback;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Determines which user owns the program at the other end of a loopback connection: on Linux the kernel lists each
 * socket with its user. Another user of the machine can read a sign-in's address, {@code state} included, in the
 * browser's command line, and must not be able to send the response. On systems without such a list, everybody may.
 */
final class PeerUsers {
    private static final Path PROC = Path.of("/proc/self");
    private static final String ROOT = "0";
    private static final String NO_INODE = "0";
    private static final int IPV4_LENGTH = 4;

    // Columns of /proc/net/tcp, see proc(5).
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int USER = 7;
    private static final int INODE = 9;

    private final Path proc;
    private final Set<String> admitted;

    private PeerUsers(Path proc, Set<String> admitted) {
        this.proc = proc;
        this.admitted = admitted;
    }

    /** Admits the user of this process, root, and the user who called {@code sudo}. */
    static PeerUsers sameUser() {
        return sameUser(PROC, System.getenv("SUDO_UID"));
    }

    static PeerUsers sameUser(Path proc, @Nullable String sudoUser) {
        Set<String> own = own(proc);
        if (own.contains(ROOT) && sudoUser != null) {
            own.add(sudoUser);
        }
        if (!own.isEmpty()) {
            own.add(ROOT);
        }
        return new PeerUsers(proc, own);
    }

    /** Admits all users. */
    static PeerUsers anybody() {
        return new PeerUsers(PROC, Set.of());
    }

    /** Whether a response from this connection is admitted. */
    boolean admit(Socket socket) {
        return admit(socket.getInetAddress(), socket.getPort(), socket.getLocalAddress(), socket.getLocalPort());
    }

    boolean admit(InetAddress peer, int peerPort, InetAddress local, int localPort) {
        return admitted.isEmpty()
                || (admit("net/tcp", peer, peerPort, local, localPort)
                        && admit("net/tcp6", peer, peerPort, local, localPort));
    }

    private boolean admit(String table, InetAddress peer, int peerPort, InetAddress local, int localPort) {
        boolean isWide = table.endsWith("6");
        String end = "%s:%04X".formatted(listed(peer, isWide), peerPort);
        String other = "%s:%04X".formatted(listed(local, isWide), localPort);
        try (BufferedReader lines = Files.newBufferedReader(proc.resolve(table), StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(end) && line.contains(other) && !admit(line, end, other)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return true;
        }
    }

    /** A socket that its program has closed is listed as root's, without an inode: it gets no response. */
    private boolean admit(String line, String end, String other) {
        StringTokenizer tokens = new StringTokenizer(line);
        String[] columns = new String[INODE + 1];
        for (int i = 0; i < columns.length && tokens.hasMoreTokens(); i++) {
            columns[i] = tokens.nextToken();
        }
        boolean isIt = end.equals(columns[LOCAL]) && other.equals(columns[REMOTE]);
        return !isIt || (admitted.contains(columns[USER]) && !NO_INODE.equals(columns[INODE]));
    }

    /** Formats an address as the kernel does: 32-bit words in native byte order, in hexadecimal digits. */
    private static String listed(InetAddress address, boolean isWide) {
        byte[] bytes = address.getAddress();
        StringBuilder words = new StringBuilder();
        if (isWide && bytes.length == IPV4_LENGTH) {
            words.append("0".repeat(16)).append(word(new byte[] {0, 0, -1, -1}, 0));
        }
        for (int i = 0; i < bytes.length; i += Integer.BYTES) {
            words.append(word(bytes, i));
        }
        return words.toString().toUpperCase(Locale.ROOT);
    }

    private static String word(byte[] bytes, int from) {
        return "%08x"
                .formatted(ByteBuffer.wrap(bytes, from, Integer.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .getInt());
    }

    /** The users that a process runs as; empty if unknown. */
    private static Set<String> own(Path proc) {
        Set<String> users = new HashSet<>();
        try (BufferedReader lines = Files.newBufferedReader(proc.resolve("status"), StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("Uid:")) {
                    StringTokenizer tokens = new StringTokenizer(line.substring("Uid:".length()));
                    while (tokens.hasMoreTokens()) {
                        users.add(tokens.nextToken());
                    }
                }
            }
        } catch (IOException e) {
            users.clear();
        }
        return users;
    }
}
