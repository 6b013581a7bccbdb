package dev.latchkey.http;

import dev.latchkey.core.http.TlsIdentity;
import javax.net.ssl.SSLContext;

/**
 * The key and certificate of an {@link SSLContext} as the TLS identity of a request. The context also decides which
 * servers are trusted. {@link JdkHttpTransport} keeps connections for each context, so give the same one each time.
 *
 * @param context an initialized context
 */
public record SslContextIdentity(SSLContext context) implements TlsIdentity {
    @Override
    public String toString() {
        return "SslContextIdentity";
    }
}
