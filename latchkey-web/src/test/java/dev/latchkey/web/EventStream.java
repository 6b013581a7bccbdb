package dev.latchkey.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The events of a session, as a page reads them. */
final class EventStream implements AutoCloseable {
    private final Stream<String> lines;
    private final Iterator<String> next;

    private EventStream(Stream<String> lines) {
        this.lines = lines;
        this.next = lines.iterator();
    }

    static EventStream open(WebBench bench, Browser browser) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(bench.origin + "/latchkey/events"))
                .header("Cookie", bench.web().cookie().name() + "=" + browser.cookie)
                .build();
        return new EventStream(
                HttpClient.newHttpClient().send(request, BodyHandlers.ofLines()).body());
    }

    /** The data of the next event. */
    String next() throws Exception {
        return CompletableFuture.supplyAsync(this::read, task -> new Thread(task).start())
                .get(10, TimeUnit.SECONDS);
    }

    private String read() {
        while (next.hasNext()) {
            String line = next.next();
            if (line.startsWith("data: ")) {
                return line;
            }
        }
        return "";
    }

    @Override
    public void close() {
        lines.close();
    }
}
