package dev.latchkey.internal.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.interaction.LoopbackOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another user of the machine who reads the address of a sign-in in the process list must not be able to answer it.
 */
@Timeout(60)
final class PeerUsersTest {
    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    @TempDir
    Path proc;

    private InetAddress ipv4;
    private InetAddress ipv6;

    @BeforeEach
    void setUp() throws IOException {
        assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        ipv4 = InetAddress.getByName("127.0.0.1");
        ipv6 = InetAddress.getByName("::1");
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("status"), "Name:\tjava\nUid:\t1000\t1000\t1000\t1000\nGid:\t5\t5\t5\t5\n");
    }

    private void listed(String table, String... sockets) throws IOException {
        Files.writeString(proc.resolve("net").resolve(table), HEAD + String.join("\n", sockets) + "\n");
    }

    /** The other end of a connection from port 0xBEEF to port 0x1F90. */
    private static String socket(String local, String remote, int user, int inode) {
        return "   7: %s:BEEF %s:1F90 01 00000000:00000000 00:00000000 00000000 %5d        0 %d 1 0"
                .formatted(local, remote, user, inode);
    }

    private boolean admits(InetAddress address) {
        return PeerUsers.sameUser(proc, null).admit(address, 0xBEEF, address, 0x1F90);
    }

    @Test
    void sameUserAndRoot_mayAnswer_othersMayNot() throws IOException {
        listed("tcp", socket("0100007F", "0100007F", 1000, 4711));
        assertThat(admits(ipv4)).isTrue();
        listed("tcp", socket("0100007F", "0100007F", 0, 4711));
        assertThat(admits(ipv4)).isTrue();
        listed("tcp", socket("0100007F", "0100007F", 1001, 4711));
        assertThat(admits(ipv4)).isFalse();
    }

    @Test
    void ipv6_andIpv4OverIt_areFoundToo() throws IOException {
        String mapped = "0000000000000000FFFF00000100007F";
        String one = "00000000000000000000000001000000";
        listed("tcp");
        listed("tcp6", socket(mapped, mapped, 1001, 4711));
        assertThat(admits(ipv4)).isFalse();
        assertThat(admits(ipv6)).isTrue();
        listed("tcp6", socket(one, one, 1001, 4711));
        assertThat(admits(ipv6)).isFalse();
        assertThat(admits(ipv4)).isTrue();
    }

    /** The kernel lists a socket that its program has closed as root's. */
    @Test
    void whoeverHungUp_mayNot() throws IOException {
        listed("tcp", socket("0100007F", "0100007F", 0, 0));
        assertThat(admits(ipv4)).isFalse();
    }

    @Test
    void otherConnections_sayNothing() throws IOException {
        listed(
                "tcp",
                socket("0200007F", "0100007F", 1001, 1),
                socket("0100007F", "0200007F", 1001, 1),
                socket("0100007F", "0100007F", 1001, 1).replace(":BEEF", ":BEEE"),
                socket("0100007F", "0100007F", 1001, 1).replace(":1F90", ":1F91"),
                "garbage",
                "0100007F:BEEF 0100007F:1F90");
        assertThat(admits(ipv4)).isTrue();
    }

    @Test
    void kernelDoesNotTell_everybodyMay() throws IOException {
        assertThat(admits(ipv4)).isTrue();
        listed("tcp", socket("0100007F", "0100007F", 1001, 4711));
        Files.delete(proc.resolve("status"));
        assertThat(admits(ipv4)).isTrue();
    }

    @Test
    void sudo_itsCallerMayAnswer() throws IOException {
        listed("tcp", socket("0100007F", "0100007F", 1001, 4711));
        assertThat(PeerUsers.sameUser(proc, "1001").admit(ipv4, 0xBEEF, ipv4, 0x1F90))
                .as("only root can tell who called")
                .isFalse();
        Files.writeString(proc.resolve("status"), "Uid:\t0\t0\t0\t0\n");
        assertThat(PeerUsers.sameUser(proc, "1001").admit(ipv4, 0xBEEF, ipv4, 0x1F90))
                .isTrue();
    }

    @Test
    void anybody_wanted_mayAnswer() throws IOException {
        listed("tcp", socket("0100007F", "0100007F", 1001, 4711));
        assertThat(PeerUsers.anybody().admit(ipv4, 0xBEEF, ipv4, 0x1F90)).isTrue();
    }

    @Test
    void realListener_answerOfNobody_isRefusedAndThePersonsIsTaken() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("only root can become another user")
                .isEqualTo("root");
        assumeThat(Path.of("/usr/bin/setpriv")).exists();
        try (LoopbackListener listener = LoopbackListener.open(LoopbackOptions.defaults())) {
            CompletableFuture<LoopbackAnswer> answer = listener.expect("the-state", ResponseMode.QUERY);

            String refused = request(listener.redirectUri(), "setpriv", "--reuid=65534", "--clear-groups");

            assertThat(refused).startsWith("HTTP/1.1 403");
            assertThat(answer).isNotDone();
            assertThat(request(listener.redirectUri(), "env")).startsWith("HTTP/1.1 303");
            assertThat(answer.get(30, TimeUnit.SECONDS).parameters().get("code"))
                    .isEqualTo("a-code");
        }
    }

    /** Sends a valid response as a program of another user who has seen the address. */
    private static String request(URI to, String... as) throws Exception {
        String script = ("exec 3<>/dev/tcp/127.0.0.1/%d; printf 'GET /?code=a-code&state=the-state HTTP/1.1\\r\\n"
                        + "Host: localhost:%d\\r\\n\\r\\n' >&3; head -1 <&3")
                .formatted(to.getPort(), to.getPort());
        String[] command = new String[as.length + 3];
        System.arraycopy(as, 0, command, 0, as.length);
        command[as.length] = "bash";
        command[as.length + 1] = "-c";
        command[as.length + 2] = script;
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
