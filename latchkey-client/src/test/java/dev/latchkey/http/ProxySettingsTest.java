package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.core.Secret;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the texts mean in which people write proxies, by tables; and that none is told with its password. */
@Timeout(60)
class ProxySettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy.example | proxy.example:80",
                "proxy.example:3128 | proxy.example:3128",
                "http://proxy.example:3128 | proxy.example:3128",
                "HTTP://proxy.example:3128/ | proxy.example:3128",
                "' http://10.0.0.1:8080 ' | 10.0.0.1:8080",
                "http://[2001:db8::1]:3128 | 2001:db8::1:3128",
                "[::1] | ::1:80",
                "jo:secret@proxy_1.example | proxy_1.example:80",
                "http://jo@s:secret@proxy.example:1 | proxy.example:1",
            })
    void address_inEveryForm_isUnderstood(String text, String proxy) {
        assertThat(name(ProxySettings.of(text), "https://op.example/")).isEqualTo(proxy);
        assertThat(name(ProxySettings.of(text), "http://op.example/")).isEqualTo(proxy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jo:secret@p | jo:secret",
                "jo@p | jo:",
                ":secret@p | :secret",
                "j%6F:a%3Ab%40c%25d+e@p | jo:a:b@c%d+e",
                "Jos%C3%A9:%E2%82%AC@p | José:€",
                "José:€@p | José:€",
                "jo:a:b@p | jo:a:b",
                "jo:a@b@p | jo:a@b",
            })
    void userInfo_isPercentDecoded(String text, String expected) {
        ProxySettings.Way way = way(ProxySettings.of("http://" + text), "https://op.example/");

        assertThat(way.credentials()).isNotNull();
        String header = way.credentials().header();
        assertThat(header).startsWith("Basic ");
        assertThat(new String(Base64.getDecoder().decode(header.substring(6)), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "socks5://jo:hidden@p:1 | SOCKS",
                "socks://jo:hidden@p:1 | SOCKS",
                "https://jo:hidden@p:1 | TLS to the proxy",
                "ftp://jo:hidden@p:1 | another scheme",
                "hidden\u001b://p | another scheme",
                "http://jo:hidden@p:0 | port",
                "http://jo:hidden@p:65536 | port",
                "http://jo:hidden@p: | port",
                "http://jo:hidden@p:1x | port",
                "http://jo:hidden@p:٣ | port",
                "http://jo:hidden@ | no host",
                "http://jo:hidden | port",
                "'' | no host",
                "http://jo:hid/den@p | holds '/'",
                "http://jo:hid#den@p | holds '#'",
                "http://jo:hid?den@p | holds '?'",
                "http://jo:hidden@p/path | holds '/'",
                "http://jo:hidden%@p | percent sign",
                "http://jo:hidden%4@p | percent sign",
                "http://jo:hidden%zz@p | percent sign",
                "http://jo:hidden%FF@p | UTF-8",
                "http://jo%3A:hidden@p | colon",
                "http://jo:hidden%0D%0AX@p | control character",
                "http://jo:hidden%00@p | control character",
                "http://jo:hidden@p q | no host",
                "http://jo:hidden@[hidden]:1 | IPv6",
                "http://jo:hidden@[::1 | port",
                "http://jo:hidden@x[::1]:1 | IPv6",
            })
    void address_thatCannotBeUsed_isRefusedWithoutAWordOfIt(String text, String words) {
        for (Function<String, ProxySettings> reading : List.<Function<String, ProxySettings>>of(
                ProxySettings::of, it -> ProxySettings.environment(Map.of("HTTPS_PROXY", it.isEmpty() ? "@" : it)))) {
            assertThatThrownBy(() -> reading.apply(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(words)
                    .hasMessageNotContainingAny("hidden", "hid/", "jo:", "\u001b");
        }
    }

    @Test
    void address_refusedFromTheEnvironment_isCalledByItsVariable() {
        assertThatThrownBy(() -> ProxySettings.environment(Map.of("ALL_PROXY", "socks5://h")))
                .hasMessageStartingWith("ALL_PROXY is not the address of a proxy");
        assertThatThrownBy(() -> ProxySettings.environment(Map.of("https_proxy", "x".repeat(3_000))))
                .hasMessageStartingWith("https_proxy")
                .hasMessageContaining("longer than 2048");
        assertThatThrownBy(() -> ProxySettings.environment(Map.of("NO_PROXY", "x".repeat(70_000))))
                .hasMessageStartingWith("NO_PROXY is longer than 65536");
    }

    /** Which variable counts, for http and for https. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "'' | - | -",
                "https_proxy=a | - | a:80",
                "HTTPS_PROXY=a | - | a:80",
                "https_proxy=a HTTPS_PROXY=b | - | a:80",
                "https_proxy= HTTPS_PROXY=b | - | b:80",
                "http_proxy=a | a:80 | -",
                "HTTP_PROXY=a | a:80 | -",
                "HTTP_PROXY=a REQUEST_METHOD=GET | - | -",
                "HTTP_PROXY=a REQUEST_METHOD= | - | -",
                "HTTP_PROXY=a http_proxy=b REQUEST_METHOD=GET | b:80 | -",
                "HTTPS_PROXY=a REQUEST_METHOD=GET | - | a:80",
                "ALL_PROXY=a | a:80 | a:80",
                "all_proxy=a ALL_PROXY=b | a:80 | a:80",
                "ALL_PROXY=a HTTPS_PROXY=b | a:80 | b:80",
                "ALL_PROXY=socks5://a HTTPS_PROXY=b HTTP_PROXY=c | c:80 | b:80",
                "HTTPS_PROXY=a NO_PROXY=* | - | -",
                "HTTPS_PROXY=a NO_PROXY=op.example no_proxy=other.example | - | a:80",
                "HTTPS_PROXY=a NO_PROXY=op.example no_proxy= | - | -",
                "Https_Proxy=a | - | -",
            })
    void environment_smallLettersFirst(String variables, String http, String https) {
        ProxySettings settings = ProxySettings.environment(environment(variables));

        assertThat(name(settings, "http://op.example/")).isEqualTo(http);
        assertThat(name(settings, "https://op.example/")).isEqualTo(https);
    }

    /** Lists of exceptions and whether they hold an address. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "op.example | https://op.example/ | true",
                "OP.Example. | https://op.EXAMPLE/ | true",
                "op.example | https://op.example./ | true",
                "op.example | https://a.op.example/ | true",
                ".op.example | https://a.op.example/ | true",
                ".op.example | https://op.example/ | true",
                "*.op.example | https://a.op.example/ | true",
                "op.example | https://shop.example/ | false",
                "op.example | https://op.example.org/ | false",
                "a.op.example | https://op.example/ | false",
                "example | https://op.example/ | true",
                "x, op.example ,y | https://op.example/ | true",
                "x op.example\ty | https://op.example/ | true",
                "* | https://op.example/ | true",
                "x,* | https://op.example/ | true",
                "op.* | https://op.example/ | false",
                "op.example:443 | https://op.example/ | true",
                "op.example:443 | http://op.example/ | false",
                "op.example:80 | http://op.example/ | true",
                "op.example:8443 | https://op.example:8443/ | true",
                "op.example:8443 | https://op.example/ | false",
                "op.example:x | https://op.example/ | false",
                "op.example:99999 | https://op.example/ | false",
                "op.example: | https://op.example/ | false",
                "10.1.2.3 | https://10.1.2.3/ | true",
                "10.1.2.3 | https://10.1.2.30/ | false",
                "2.3 | https://10.1.2.3/ | false",
                "10.1.2.3:444 | https://10.1.2.3:444/ | true",
                "10.1.2.3:444 | https://10.1.2.3/ | false",
                "10.0.0.0/8 | https://10.200.2.3/ | true",
                "10.0.0.0/8 | https://11.0.0.1/ | false",
                "10.0.0.0/9 | https://10.128.0.1/ | false",
                "10.0.0.0/0 | https://99.0.0.1/ | true",
                "10.0.0.0/33 | https://10.0.0.0/ | false",
                "10.0.0.0/-1 | https://10.0.0.0/ | false",
                "10.0.0.0/ | https://10.0.0.0/ | false",
                "10.0.0.0/8 | https://op.example/ | false",
                "2001:db8::1 | https://[2001:db8::1]/ | true",
                "2001:DB8:0:0::1 | https://[2001:db8::1]/ | true",
                "[2001:db8::1] | https://[2001:db8::1]:8443/ | true",
                "[2001:db8::1]:443 | https://[2001:db8::1]/ | true",
                "[2001:db8::1]:444 | https://[2001:db8::1]/ | false",
                "2001:db8::/32 | https://[2001:db8:ffff::1]/ | true",
                "2001:db8::/32 | https://[2001:db9::1]/ | false",
                "10.0.0.0/8 | https://[::ffff:10.1.1.1]/ | true",
                "[2001:db8::1 | https://[2001:db8::1]/ | false",
                "010.1.2.3 | https://10.1.2.3/ | false",
                "'' | https://localhost/ | true",
                "'' | http://LOCALHOST:8080/ | true",
                "'' | http://app.localhost/ | true",
                "'' | http://127.0.0.1:1/ | true",
                "'' | http://127.9.9.9/ | true",
                "'' | http://[::1]:1/ | true",
                "'' | http://[0:0:0:0:0:0:0:1]/ | true",
                "'' | http://[::ffff:127.0.0.1]/ | true",
                "'' | https://localhost.example/ | false",
                "'' | https://127.0.0.1.example/ | false",
                "',,, ,' | https://op.example/ | false",
                ". | https://op.example/ | false",
            })
    void exceptions_areReachedDirectly(String list, String address, boolean direct) {
        ProxySettings settings = ProxySettings.of("proxy.example").withoutProxyFor(list);

        assertThat(name(settings, address)).isEqualTo(direct ? null : "proxy.example:80");
        assertThat(name(ProxySettings.environment(Map.of("ALL_PROXY", "proxy.example", "NO_PROXY", list)), address))
                .isEqualTo(direct ? null : "proxy.example:80");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {",", " ", "a,", "*.", "[", "]:", "1.", ":", "::", "/", "x.y:1,", "10.0.0.0/8,", "%", "\u0661."})
    void longLists_costNoMoreThanTheirLength(String part) {
        String list = part.repeat(DirectHosts.LONGEST / part.length());
        ProxySettings settings = ProxySettings.of("proxy.example").withoutProxyFor(list);

        assertThat(name(settings, "https://op.example/")).isEqualTo("proxy.example:80");
        assertThat(name(settings, "https://" + "a.".repeat(100) + "example/")).isEqualTo("proxy.example:80");
    }

    /** Whatever the text, it is understood or refused, and never repeated. */
    @Test
    void anyText_isUnderstoodOrRefused() {
        Random random = new Random(7);
        String alphabet = "ht:/@p[]%4.1x?# \u001b\u00e9*-_,";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "http://jo:hidden" : "hidden");
            random.ints(random.nextInt(20), 0, alphabet.length()).forEach(c -> text.append(alphabet.charAt(c)));
            Throwable refused = catchThrowable(() -> ProxySettings.of(text.toString()));
            if (refused != null) {
                assertThat(refused)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageNotContainingAny("hidden", "\u001b");
            }
            ProxySettings.of("p").withoutProxyFor(text.toString()).hashCode();
        }
    }

    @Test
    void credentials_areNeverPartOfAText() {
        ProxySettings settings = ProxySettings.of("http://jo:hidden@proxy.example:3128");

        assertThat(settings.toString()).isEqualTo("http by proxy.example:3128, https by proxy.example:3128");
        assertThat(ProxySettings.system().withCredentials("jo", Secret.of("hidden")) + " "
                        + SharedClients.Setup.of(null, settings)
                        + way(settings, "https://op.example/"))
                .doesNotContain("hidden", "jo");
    }

    @Test
    void settings_ofASelector_askIt() {
        ProxySelector selector = ProxySelector.of(InetSocketAddress.createUnresolved("proxy.example", 3128));
        ProxySettings settings = ProxySettings.of(selector);

        assertThat(name(settings, "https://op.example/")).isEqualTo("proxy.example:3128");
        assertThat(name(ProxySettings.of(ProxySelector.of(null)), "https://op.example/"))
                .isNull();
        assertThatThrownBy(() -> settings.withoutProxyFor("*")).isInstanceOf(IllegalStateException.class);
        assertThat(ProxySettings.none()).isNotEqualTo(ProxySettings.system());
        assertThat(name(ProxySettings.none(), "https://op.example/")).isNull();
    }

    @Test
    void settings_ofTheSystem_areThoseOfTheMoment() {
        ProxySelector before = ProxySelector.getDefault();
        try {
            ProxySelector.setDefault(ProxySelector.of(InetSocketAddress.createUnresolved("proxy.example", 1)));
            assertThat(name(ProxySettings.system(), "https://op.example/")).isEqualTo("proxy.example:1");
            ProxySelector.setDefault(null);
            assertThat(name(ProxySettings.system(), "https://op.example/")).isNull();
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void routes_asASelector_areForTheClient() {
        ProxySelector selector = ProxySettings.of("proxy.example:3128").selector();

        assertThat(selector.select(URI.create("https://op.example/")))
                .containsExactly(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example", 3128)));
        assertThat(selector.select(URI.create("http://localhost/"))).containsExactly(Proxy.NO_PROXY);
    }

    private static Map<String, String> environment(String variables) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables.split(" ")) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return environment;
    }

    private static String name(ProxySettings settings, String address) {
        ProxySettings.Way way = way(settings, address);
        return way == null ? null : way.name();
    }

    private static ProxySettings.Way way(ProxySettings settings, String address) {
        return ProxySettings.wayTo(URI.create(address), settings.selector(), settings.credentials());
    }
}
