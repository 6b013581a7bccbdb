package dev.latchkey.core.http;

/** The two methods the protocol needs. */
public enum HttpMethod {
    /** Asks for a document. */
    GET,
    /** Sends a form. */
    POST
}
