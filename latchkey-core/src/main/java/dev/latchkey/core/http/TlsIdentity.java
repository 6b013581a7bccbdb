package dev.latchkey.core.http;

/**
 * What a client presents in the TLS handshake of one request, for client authentication by certificate (RFC 8705 section
 * 2). Opaque here: each transport accepts the kinds that it documents.
 */
public interface TlsIdentity {}
