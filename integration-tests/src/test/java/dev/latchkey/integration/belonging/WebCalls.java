package dev.latchkey.integration.belonging;

/** A case for each endpoint of {@code latchkey-web} by its method and path, and for what Java code does beside them. */
final class WebCalls extends Lots<WebScene> {
    WebCalls() {
        WebSignInCalls.addTo(this);
        WebTokenCalls.addTo(this);
        WebSessionCalls.addTo(this);
        WebPlainCalls.addTo(this);
    }
}
