/** For tests of applications and stores: a local authority per test class, virtual time, the contract of a store. */
@org.jspecify.annotations.NullMarked
module dev.latchkey.testkit {
    requires transitive dev.latchkey;
    requires transitive dev.latchkey.authority;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static org.jspecify;

    exports dev.latchkey.testkit;
}
