package dev.latchkey.authority;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.latchkey.authority.config.ConfigFile;
import dev.latchkey.authority.directory.Settings;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a program can say about the directory, a file can. */
final class ConfigTest {
    private static final X509Certificate CERTIFICATE = certificate();
    private static final ECKey KEY = key();
    private static final RefreshTokenPolicy POLICY = RefreshTokenPolicy.rotatingWithGrace(Duration.ofSeconds(30))
            .lifetimes(Duration.ofDays(1), Duration.ofDays(2));
    private static final String POLICY_JSON =
            "{\"grace\": 30, \"idle\": \"P1D\", \"absolute\": \"PT48H\", \"rotating\": true}";

    /** Under the name of each setter: the same in a file. */
    private static final Map<String, Twin<Client>> CLIENT = Map.ofEntries(
            entry(
                    "redirectUri",
                    twin("'redirectUris': ['http://localhost/a']", c -> c.redirectUri("http://localhost/a"))),
            entry(
                    "postLogoutRedirectUri",
                    twin(
                            "'postLogoutRedirectUris': ['http://localhost/b']",
                            c -> c.postLogoutRedirectUri("http://localhost/b"))),
            entry("secret", twin("'kind': 'public', 'secrets': ['one', 'two']", c -> c.secret("one")
                    .secret("two"))),
            entry("displayName", twin("'displayName': 'The app'", c -> c.displayName("The app"))),
            entry("refreshTokens", twin("'refreshTokens': " + POLICY_JSON, c -> c.refreshTokens(POLICY))),
            entry(
                    "accessTokenLifetime",
                    twin("'accessTokenLifetime': 'PT5M'", c -> c.accessTokenLifetime(Duration.ofMinutes(5)))),
            entry(
                    "consentedByAdministrator",
                    twin("'consentedByAdministrator': true", Client::consentedByAdministrator)),
            entry("onlyInTenant", twin("'onlyInTenant': 'contoso'", c -> c.onlyInTenant("contoso"))),
            entry(
                    "certificate",
                    twin("'kind': 'public', 'certificates': ['app.pem']", c -> c.certificate(CERTIFICATE))),
            entry("publicKey", twin("'kind': 'public', 'publicKeys': [" + jwk() + "]", c -> c.publicKey(publicKey()))),
            entry(
                    "federatedCredential",
                    twin(
                            "'kind': 'public', 'federatedCredentials': [{'issuer': 'https://ci.example', 'subject': 'repo', 'publicKey': "
                                    + jwk() + "}]",
                            c -> c.federatedCredential("https://ci.example", "repo", publicKey()))),
            entry("appRole", twin("'appRoles': ['Orders.Ship']", c -> c.appRole("Orders.Ship"))),
            entry("exposes", twin("'exposes': ['api://orders']", c -> c.exposes("api://orders"))),
            entry("inFamily", twin("'inFamily': true", Client::inFamily)),
            entry("requiresDpop", twin("'requiresDpop': true", Client::requiresDpop)),
            entry("requiresPushedRequests", twin("'requiresPushedRequests': true", Client::requiresPushedRequests)),
            entry("signedUserInfo", twin("'signedUserInfo': true", Client::signedUserInfo)),
            entry(
                    "userInfoSignedResponseAlg",
                    twin(
                            "'userInfoSignedResponseAlg': 'EdDSA'",
                            c -> c.userInfoSignedResponseAlg(SigningAlgorithm.EDDSA))),
            entry(
                    "idTokenSignedResponseAlg",
                    twin(
                            "'idTokenSignedResponseAlg': 'HS256'",
                            c -> c.idTokenSignedResponseAlg(SigningAlgorithm.HS256))),
            entry(
                    "frontChannelLogoutUri",
                    twin(
                            "'frontChannelLogoutUri': 'http://localhost/f'",
                            c -> c.frontChannelLogoutUri("http://localhost/f"))),
            entry(
                    "backChannelLogoutUri",
                    twin(
                            "'backChannelLogoutUri': 'http://localhost/b'",
                            c -> c.backChannelLogoutUri("http://localhost/b"))));

    private static final Map<String, Twin<User>> USER = Map.of(
            "password", twin("'password': 'other'", u -> u.password("other")),
            "displayName", twin("'password': 'pw', 'displayName': 'Ally'", u -> u.displayName("Ally")),
            "id", twin("'password': 'pw', 'id': '00000000-0000-0000-0000-000000000001'", u -> u.id(new UUID(0, 1))),
            "homeTenant", twin("'password': 'pw', 'tenant': 'contoso'", u -> u.homeTenant("contoso")),
            "guestOf", twin("'password': 'pw', 'guestOf': ['fabrikam']", u -> u.guestOf("fabrikam")),
            "personal", twin("'password': 'pw', 'personal': true", User::personal),
            "claim", twin("'password': 'pw', 'claims': {'department': 'Sales'}", u -> u.claim("department", "Sales")));

    /** What holds before there is a configuration, or cannot be changed while the authority runs. */
    private static final Set<String> START_ONLY = Set.of(
            "config",
            "watchedConfig",
            "clock",
            "seed",
            "random",
            "port",
            "namedLocalhost",
            "hostName",
            "bindToAllInterfacesDangerously",
            "https",
            "issuerWithoutPath",
            "tenant",
            "user",
            "client",
            "api");

    private static final Map<String, Twin<LocalAuthorityBuilder>> SETTINGS = Map.of(
            "accessTokenLifetime",
                    twin("'accessTokenLifetime': 300", b -> b.accessTokenLifetime(Duration.ofMinutes(5))),
            "refreshIn", twin("'refreshIn': 1.5", b -> b.refreshIn(Duration.ofMillis(1500))),
            "codeLifetime", twin("'codeLifetime': 'PT1M'", b -> b.codeLifetime(Duration.ofMinutes(1))),
            "refreshTokens",
                    twin("'refreshTokens': {'rotating': false}", b -> b.refreshTokens(RefreshTokenPolicy.reusable())),
            "requireDpopNonce", twin("'requireDpopNonce': true", LocalAuthorityBuilder::requireDpopNonce),
            "crossOriginOpenerPolicy",
                    twin(
                            "'crossOriginOpenerPolicy': 'same-origin'",
                            b -> b.crossOriginOpenerPolicy(CrossOriginOpenerPolicy.SAME_ORIGIN)),
            "withoutThirdPartyCookies",
                    twin("'withoutThirdPartyCookies': true", LocalAuthorityBuilder::withoutThirdPartyCookies));

    @TempDir
    Path folder;

    @Test
    void everySetter_hasAMember() {
        assertThat(CLIENT.keySet()).isEqualTo(setters(Client.class));
        assertThat(USER.keySet()).isEqualTo(setters(User.class));
        Set<String> settings = setters(LocalAuthorityBuilder.class);
        settings.removeAll(START_ONLY);
        assertThat(SETTINGS.keySet()).isEqualTo(settings);
    }

    @Test
    void everyMember_isInTheDocumentation() throws Exception {
        String text = Files.readString(Path.of("..", "docs", "local-authority.md"));
        String members = Stream.of(CLIENT, USER, SETTINGS)
                .flatMap(twins -> twins.values().stream())
                .map(twin -> twin.json().replaceAll("[\\[{].*", ""))
                .collect(Collectors.joining(","));

        assertThat(Pattern.compile("'(\\w+)':").matcher(members).results().map(found -> "`" + found.group(1) + "`"))
                .hasSizeGreaterThan(30)
                .allSatisfy(member -> assertThat(text).contains(member));
    }

    @Test
    void documentedFile_isWhatItSays() throws Exception {
        String text = Files.readString(Path.of("..", "docs", "local-authority.md"));
        String json = text.split("```json\n", 2)[1].split("```", 2)[0];
        Files.writeString(folder.resolve("worker.pem"), pem("CERTIFICATE", CERTIFICATE.getEncoded()));
        ConfigFile read = read(json);

        assertThat(read.clients()).extracting(Client::clientId).containsExactly("app", "worker");
        assertThat(read.settings().apply(Settings.defaults()).refreshTokens().grace())
                .isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @MethodSource("clientSetters")
    void clientMember_doesWhatItsSetterDoes(String setter) throws Exception {
        Twin<Client> twin = twin(CLIENT, setter);
        Files.writeString(folder.resolve("app.pem"), pem("CERTIFICATE", CERTIFICATE.getEncoded()));
        Client read = read("{'clients': [{'clientId': 'app', " + twin.json() + "}]}")
                .clients()
                .get(0);

        Client plain = Client.publicClient("app");
        assertThat(read).usingRecursiveComparison().isEqualTo(twin.code().apply(plain));
        assertThat(read).usingRecursiveComparison().isNotEqualTo(plain);
    }

    @ParameterizedTest
    @MethodSource("userSetters")
    void userMember_doesWhatItsSetterDoes(String setter) throws Exception {
        Twin<User> twin = twin(USER, setter);
        User read = read("{'users': [{'userName': 'al@contoso.example', " + twin.json() + "}]}")
                .users()
                .get(0);

        User plain = User.of("al@contoso.example", "pw");
        assertThat(read).usingRecursiveComparison().isEqualTo(twin.code().apply(plain));
        assertThat(read).usingRecursiveComparison().isNotEqualTo(plain);
    }

    @ParameterizedTest
    @MethodSource("settingsSetters")
    void settingsMember_doesWhatItsSetterDoes(String setter) throws Exception {
        Twin<LocalAuthorityBuilder> twin = twin(SETTINGS, setter);
        Settings read = read("{'settings': {" + twin.json() + "}}").settings().apply(Settings.defaults());

        assertThat(read)
                .isEqualTo(twin.code().apply(LocalAuthority.builder()).settings())
                .isNotEqualTo(Settings.defaults());
    }

    @Test
    void tenantAndApi_haveEveryComponent() throws Exception {
        ConfigFile read = read("{'tenants': [{'name': 'acme', 'id': '00000000-0000-0000-0000-000000000001',"
                + " 'domain': 'acme.test', 'displayName': 'ACME'}],"
                + "'apis': [{'identifier': 'api://x', 'audience': 'x', 'displayName': 'X', 'scopes': ['Read']}]}");

        assertThat(read.tenants()).containsExactly(new Tenant("acme", new UUID(0, 1), "acme.test", "ACME"));
        assertThat(read.apis()).containsExactly(new ApiResource("api://x", "x", "X", Map.of("Read", "Use Read")));
    }

    @Test
    void publicKeys_arePemTextsOrFilesToo() throws Exception {
        String text = pem("PUBLIC KEY", publicKey().getEncoded());
        Files.writeString(folder.resolve("key.pem"), text);
        String json = text.replace("\n", "\\n");
        Client client = read("{'clients': [{'clientId': 'app', 'publicKeys': ['key.pem', '" + json + "']}]}")
                .clients()
                .get(0);

        assertThat(client.isConfidential()).isTrue();
        assertThat(client.assertionCredentials())
                .extracting(AssertionCredential::key)
                .containsExactly(publicKey(), publicKey());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'clients': [{'clientId': 'app', 'redirectUris': 'http://localhost'}]}     | redirectUris
            {'clients': [{'clientId': 'app', 'redirectUris': [1]}]}                    | redirectUris
            {'clients': [{'clientId': 'app', 'redirectUris': ['relative']}]}           | redirectUris
            {'clients': [{'clientId': 'app', 'idTokenSignedResponseAlg': 'none'}]}     | idTokenSignedResponseAlg
            {'clients': [{'clientId': 'app', 'inFamily': 'yes'}]}                      | inFamily
            {'clients': [{'clientId': 'app', 'accessTokenLifetime': '5 minutes'}]}     | accessTokenLifetime
            {'clients': [{'clientId': 'app', 'kind': 'confidential'}]}                 | secrets
            {'clients': [{'clientId': 'app', 'kind': 'native'}]}                       | native
            {'clients': [{'clientId': 'app', 'certificates': ['missing.pem']}]}        | missing.pem
            {'clients': [{'clientId': 'app', 'publicKeys': [{'kty': 'EC'}]}]}          | publicKeys
            {'clients': [{'clientId': 'app', 'publicKeys': [{'kty': 'oct', 'k': 'AA'}]}]} | publicKeys
            {'clients': [{'clientId': 'app', 'refreshTokens': {'rotates': true}}]}     | rotates
            {'clients': [{'clientId': 'app', 'refreshTokens': {'grace': 'PT-1S'}}]}    | refreshTokens
            {'clients': [{'clientId': 'app', 'refreshTokens': true}]}                  | refreshTokens
            {'clients': {'clientId': 'app'}}                                           | clients
            {'clients': [{'clientId': 'app'}, {'clientId': 'app'}]} | clientId app is there twice
            {'clients': ['app']}                                                       | clients
            {'users': [{'userName': 'a', 'password': 1}]}                              | password
            {'users': [{'userName': 'a', 'password': 'pw', 'id': 'one'}]}              | id
            {'settings': {'crossOriginOpenerPolicy': 'strict'}}                        | crossOriginOpenerPolicy
            {'settings': {'port': 1}}                                                  | port
            {'settings': []}                                                           | settings
            []                                                                         | authority.json
            """)
    void mistake_isToldWithFileAndMember(String json, String member) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("authority.json")
                .hasMessageContaining(member);
    }

    @Test
    void settings_areTakenOverWhileItRuns() throws Exception {
        Path file = write("{'settings': {'accessTokenLifetime': 60}}");
        try (LocalAuthority authority = LocalAuthority.builder()
                .codeLifetime(Duration.ofMinutes(1))
                .watchedConfig(file)
                .start()) {
            TestClient client = TestClient.oidc(authority);
            assertThat(client.tokens(authority).json().number("expires_in")).isEqualTo(60);

            write("{'settings': {'accessTokenLifetime': 120}}");
            authority.reloadConfig();
            assertThat(client.tokens(authority).json().number("expires_in")).isEqualTo(120);

            write("{}");
            authority.reloadConfig();
            assertThat(client.tokens(authority).json().number("expires_in")).isEqualTo(3600);
        }
    }

    static Set<String> clientSetters() {
        return CLIENT.keySet();
    }

    static Set<String> userSetters() {
        return USER.keySet();
    }

    static Set<String> settingsSetters() {
        return SETTINGS.keySet();
    }

    private static Set<String> setters(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getReturnType() == type)
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    private ConfigFile read(String json) throws IOException {
        return ConfigFile.read(write(json));
    }

    private Path write(String json) throws IOException {
        return Files.writeString(folder.resolve("authority.json"), json.replace('\'', '"'));
    }

    private static <T> Twin<T> twin(Map<String, Twin<T>> twins, String setter) {
        return java.util.Objects.requireNonNull(twins.get(setter));
    }

    private static <T> Twin<T> twin(String json, UnaryOperator<T> code) {
        return new Twin<>(json, code);
    }

    private static String pem(String kind, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
    }

    private static String jwk() {
        return KEY.toPublicJWK().toJSONString();
    }

    private static java.security.PublicKey publicKey() {
        try {
            return KEY.toPublicKey();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate certificate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            return SelfSigned.certificate(pair);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The same in a file and in a program. */
    private record Twin<T>(String json, UnaryOperator<T> code) {}
}
