package dev.latchkey.authority.authorize;

import java.time.Instant;

/** A request a person is being asked about, in one browser. */
record Interaction(String csrf, String browser, AuthorizeRequest request, Progress progress, Instant begun) {
    @Override
    public String toString() {
        return "Interaction[" + request.address().client() + ", begun " + begun + "]";
    }
}
