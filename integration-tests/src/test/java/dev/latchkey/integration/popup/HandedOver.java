package dev.latchkey.integration.popup;

import dev.latchkey.interaction.UserAgent;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Passes the address to the test's thread, the only one that may control the browser. */
final class HandedOver implements UserAgent {
    private final BlockingQueue<URI> opened = new LinkedBlockingQueue<>();

    @Override
    public void open(URI authorizationUri) {
        opened.add(authorizationUri);
    }

    String next() throws InterruptedException {
        URI uri = opened.poll(20, TimeUnit.SECONDS);
        if (uri == null) {
            throw new AssertionError("no page was opened");
        }
        return uri.toString();
    }
}
