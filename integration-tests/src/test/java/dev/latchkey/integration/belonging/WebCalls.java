package dev.latchkey.integration.belonging;

/** A case for each endpoint of {@code latchkey-web} by method and path, and for Java code on the server. */
final class WebCalls extends Lots<WebScene> {
    WebCalls() {
        WebSignInCalls.addTo(this);
        WebTokenCalls.addTo(this);
        WebSessionCalls.addTo(this);
        WebPlainCalls.addTo(this);
    }
}
