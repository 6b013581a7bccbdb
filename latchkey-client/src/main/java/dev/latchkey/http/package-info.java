/** How wire messages travel: one interface, {@link dev.latchkey.http.HttpTransport}; the JDK's client behind it. */
package dev.latchkey.http;
