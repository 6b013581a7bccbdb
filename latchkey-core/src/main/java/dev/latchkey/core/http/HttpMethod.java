package dev.latchkey.core.http;

/** The two methods the protocol needs. */
public enum HttpMethod {
    GET,
    POST
}
