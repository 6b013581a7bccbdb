package dev.latchkey.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A proxy on the loopback address: whatever name is asked for, it connects to one origin, if its manner lets it. */
final class TestProxy implements AutoCloseable {
    final List<String> heads = new CopyOnWriteArrayList<>();
    final AtomicLong written = new AtomicLong();
    private final ServerSocket server;
    private final Manner manner;
    private final int origin;

    /** What the proxy does with a request before it connects. */
    interface Manner {
        /** What to answer instead; empty to connect. */
        String refusal(String head);

        /** Repeats the answer until the client has gone. */
        default boolean isEndless() {
            return false;
        }
    }

    TestProxy(Manner manner, int origin) throws IOException {
        this.manner = manner;
        this.origin = origin;
        this.server = new ServerSocket(0, 50, Origin.loopback());
        run(this::accept);
    }

    /** Connects everybody. */
    static Manner open() {
        return head -> "";
    }

    /** Connects those that send exactly this. */
    static Manner wanting(String authorization) {
        return head -> head.contains("\r\nProxy-Authorization: " + authorization + "\r\n")
                ? ""
                : "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n";
    }

    static Manner answering(String answer) {
        return head -> answer;
    }

    static Manner answeringEndlessly(String start) {
        return new Manner() {
            @Override
            public String refusal(String head) {
                return start;
            }

            @Override
            public boolean isEndless() {
                return true;
            }
        };
    }

    /** Never answers. */
    static Manner silent() {
        return answering(" ");
    }

    int port() {
        return server.getLocalPort();
    }

    String address() {
        return "http://127.0.0.1:" + port();
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                run(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            for (String head = Origin.head(client); !head.isEmpty(); head = Origin.head(client)) {
                heads.add(head);
                String refusal = manner.refusal(head);
                if (refusal.isEmpty()) {
                    connect(client, head);
                    return;
                }
                refuse(client.getOutputStream(), refusal);
            }
        } catch (IOException gone) {
            // So has the client.
        }
    }

    private void refuse(OutputStream out, String refusal) throws IOException {
        byte[] bytes = refusal.strip().isEmpty() ? new byte[0] : refusal.getBytes(StandardCharsets.US_ASCII);
        do {
            out.write(bytes);
            out.flush();
            written.addAndGet(bytes.length);
        } while (manner.isEndless());
    }

    private void connect(Socket client, String head) throws IOException {
        try (Socket target = new Socket(Origin.loopback(), origin)) {
            if (head.startsWith("CONNECT ")) {
                client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                // As it came, the proxy's own header included: what a client must rely on is tested with tunnels.
                target.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            }
            client.getOutputStream().flush();
            run(() -> copy(target, client));
            copy(client, target);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
            to.close();
        } catch (IOException gone) {
            // Either side may go first.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
