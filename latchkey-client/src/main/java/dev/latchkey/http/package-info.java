/** How wire messages travel: one interface, {@link dev.latchkey.http.HttpTransport}; the JDK's client behind it. */
@NullMarked
package dev.latchkey.http;

import org.jspecify.annotations.NullMarked;
