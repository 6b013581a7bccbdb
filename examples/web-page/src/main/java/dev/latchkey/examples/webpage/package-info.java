/** A page with the samples of the documentation, and everything it needs: {@link dev.latchkey.examples.webpage.WebPage}. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.examples.webpage;
