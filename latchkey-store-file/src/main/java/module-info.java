/** Tokens in a directory. */
@org.jspecify.annotations.NullMarked
module dev.latchkey.store.file {
    requires transitive dev.latchkey;
    requires static org.jspecify;
}
