/** What tests of programs and of stores need: the contract of a store, and what it is checked with. */
@org.jspecify.annotations.NullMarked
module dev.latchkey.testkit {
    requires transitive dev.latchkey;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static org.jspecify;

    exports dev.latchkey.testkit;
}
