/** The local identity provider: real protocol, real pages, for tests and demos only. */
@org.jspecify.annotations.NullMarked
module dev.latchkey.authority {
    requires com.nimbusds.jose.jwt;
    requires dev.latchkey.core;
    requires transitive java.net.http;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.eclipse.jetty.server;
    requires static org.jspecify;

    exports dev.latchkey.authority;
    exports dev.latchkey.authority.person;
}
