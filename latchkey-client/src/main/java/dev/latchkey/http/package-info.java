/**
 * HTTP transport: the interface {@link dev.latchkey.http.HttpTransport} and its implementation over the JDK's client.
 */
@NullMarked
package dev.latchkey.http;

import org.jspecify.annotations.NullMarked;
