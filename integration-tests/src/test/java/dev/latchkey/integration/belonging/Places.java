package dev.latchkey.integration.belonging;

import dev.latchkey.core.discovery.AuthorityKind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The issuers and users of the fake world. */
final class Places {
    static final String COMMON = "common";
    static final String CONTOSO = "11111111-1111-1111-1111-111111111111";
    static final String FABRIKAM = "22222222-2222-2222-2222-222222222222";
    static final String CONTOSO_DOMAIN = "contoso.onmicrosoft.com";
    static final String SIGN_IN = "b2c_1_in";
    static final String EDIT = "b2c_1_edit";
    static final String CUSTOM = "b2c_1a_p";

    private static final String CUSTOMERS = "33333333-3333-3333-3333-333333333333";
    private static final String HOST = "https://id.example.test";
    private static final String CLOUD = "https://login.microsoftonline.com";
    private static final List<String> CLOUD_ALIASES =
            List.of("https://login.windows.net", "https://login.microsoft.com", "https://sts.windows.net");
    private static final String B2C = "https://contoso.b2clogin.com/contoso.onmicrosoft.com";

    /** Three issuers on one host. */
    static final Issuer A = oidc(HOST + "/a");

    static final Issuer B = oidc(HOST + "/b");
    static final Issuer EVIL = oidc(HOST + "/evil");
    static final Issuer ADFS = Issuer.alone(HOST + "/adfs", AuthorityKind.ADFS, HOST + "/adfs/services");
    static final List<Issuer> PLAIN =
            List.of(A, B, EVIL, oidc("https://other.example.test/a"), oidc("https://other.example.test:8443/a"));
    static final List<Issuer> ENTRA = List.of(entra(COMMON), entra(CONTOSO), entra(FABRIKAM));
    static final List<Issuer> POLICIES = List.of(policy(SIGN_IN), policy(EDIT), policy(CUSTOM));
    static final List<Issuer> ALL = all();

    private Places() {}

    /** The issuer of an address: the one with the longest matching path. */
    static @Nullable Issuer at(URI address) {
        String text = canonical(address);
        Issuer longest = null;
        for (Issuer issuer : ALL) {
            boolean inside = text.equals(issuer.address()) || text.startsWith(issuer.address() + "/");
            if (inside
                    && (longest == null
                            || issuer.address().length() > longest.address().length())) {
                longest = issuer;
            }
        }
        return longest;
    }

    /** The part of an address below its issuer. */
    static String below(Issuer issuer, URI address) {
        return canonical(address).substring(issuer.address().length());
    }

    /** The issuer that an application means by an authority. */
    static @Nullable Issuer named(String authority) {
        Issuer issuer = at(URI.create(authority.replaceAll("/+$", "")));
        return issuer != null && below(issuer, URI.create(authority)).matches("(/v2\\.0)?/*") ? issuer : null;
    }

    /** The issuer of another tenant or policy beside this one. */
    static @Nullable Issuer beside(Issuer issuer, String realm) {
        String tenant = tenantId(realm);
        return ALL.stream()
                .filter(other ->
                        other.owner().equals(issuer.owner()) && other.tenant().equalsIgnoreCase(tenant))
                .findFirst()
                .orElse(null);
    }

    /** The id of a tenant that also has a domain name. */
    static String tenantId(String realm) {
        return realm.equalsIgnoreCase(CONTOSO_DOMAIN) ? CONTOSO : realm;
    }

    /** The redirect URI for responses of an issuer: each has its own (RFC 9700 section 2.1). */
    static URI redirectUri(Issuer issuer) {
        return URI.create("https://app.example.test" + redirectPath(issuer));
    }

    /** The path of that URI, also for a listener. */
    static String redirectPath(Issuer issuer) {
        return "/back/" + issuer.owner().replaceAll("[^a-z0-9]+", "-");
    }

    /** All users; in some worlds two Entra users share one name across tenants. */
    static List<Person> people(boolean twins) {
        List<Person> people = new ArrayList<>();
        for (Issuer issuer : PLAIN) {
            people.add(Person.of(issuer.owner(), "alice"));
            people.add(Person.of(issuer.owner(), "bob"));
        }
        people.add(Person.of(ADFS.owner(), "alice"));
        people.add(Person.of(ADFS.owner(), "bob"));
        people.add(new Person(CLOUD, "alice", Map.of(CONTOSO, "o-1", FABRIKAM, "o-2"), "o-1", CONTOSO));
        people.add(new Person(CLOUD, "bob", Map.of(CONTOSO, "o-3"), twins ? "o-1" : "o-3", CONTOSO));
        people.add(new Person(CLOUD, "alice", Map.of(FABRIKAM, "o-4"), "o-4", FABRIKAM));
        people.add(customer("alice", "o-5"));
        people.add(customer("bob", "o-6"));
        return List.copyOf(people);
    }

    /** The {@code client_info} of a user; a custom policy may return the same for all users. */
    static Map<String, String> clientInfo(Issuer issuer, Person person) {
        String uid = issuer.is(AuthorityKind.ENTRA)
                ? person.uid()
                : (issuer.tenant().equals(CUSTOM) ? "" : person.uid()) + "-" + issuer.tenant();
        return Map.of("uid", uid, "utid", person.utid());
    }

    private static Person customer(String subject, String id) {
        Map<String, String> ids = Map.of(SIGN_IN, id, EDIT, id, CUSTOM, id);
        return new Person(B2C, subject, ids, id, CUSTOMERS);
    }

    private static List<Issuer> all() {
        List<Issuer> all = new ArrayList<>(PLAIN);
        all.add(ADFS);
        all.addAll(ENTRA);
        all.addAll(POLICIES);
        return List.copyOf(all);
    }

    private static Issuer oidc(String address) {
        return Issuer.alone(address, AuthorityKind.OIDC, address);
    }

    private static Issuer entra(String tenant) {
        String name = tenant.equals(COMMON) ? "{tenantid}" : tenant;
        return new Issuer(
                CLOUD + "/" + tenant, AuthorityKind.ENTRA, CLOUD, CLOUD, tenant, CLOUD + "/" + name + "/v2.0");
    }

    /** All policies of a tenant use the same key and issuer name, as in B2C. */
    private static Issuer policy(String policy) {
        String name = "https://contoso.b2clogin.com/" + CUSTOMERS + "/v2.0/";
        return new Issuer(B2C + "/" + policy, AuthorityKind.B2C, B2C + "/" + policy, B2C, policy, name);
    }

    private static String canonical(URI address) {
        String root = (address.getScheme() + "://" + address.getRawAuthority()).toLowerCase(Locale.ROOT);
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        String cloud = CLOUD_ALIASES.contains(root) ? CLOUD : root;
        return cloud.equals(CLOUD)
                ? cloud
                        + path.replaceFirst("^/" + CONTOSO_DOMAIN + "(?=/|$)", "/" + CONTOSO)
                                .replaceFirst("^/organizations(?=/|$)", "/" + COMMON)
                : root + path;
    }
}
