/** The {@code latchkey} command. */
@org.jspecify.annotations.NullMarked
module dev.latchkey.cli {
    requires dev.latchkey;
    requires dev.latchkey.authority;
    requires dev.latchkey.core;
    requires dev.latchkey.store.file;
    requires info.picocli;
    requires java.net.http;
    requires static org.jspecify;
}
