/** The client library: applications, requests, results and errors; token store, HTTP transport, system browser. */
@org.jspecify.annotations.NullMarked
module dev.latchkey {
    requires transitive dev.latchkey.core;
    requires java.net.http;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.latchkey;
    exports dev.latchkey.http;
    exports dev.latchkey.interaction;
    exports dev.latchkey.store;
    exports dev.latchkey.store.encryption;
    exports dev.latchkey.store.nearcache;
}
