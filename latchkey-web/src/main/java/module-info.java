/**
 * Sign-in for web pages with refresh tokens kept on a Java server: servlet endpoints, and {@code latchkey.js} for the
 * page.
 */
@org.jspecify.annotations.NullMarked
module dev.latchkey.web {
    requires transitive dev.latchkey;
    requires transitive jakarta.servlet;
    requires java.net.http;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.latchkey.web;
}
