package dev.latchkey.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.ClientApplication;
import dev.latchkey.ConfidentialClientApplication;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.core.Secret;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.http.JdkHttpTransport;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import dev.latchkey.store.file.FileTokenStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

final class LatchkeyAutoConfigurationTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(LatchkeyAutoConfiguration.class))
            .withPropertyValues("latchkey.client-id=shop");

    @Test
    void application_clientIdAlone_isPublic() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(ClientApplication.class);
            assertThat(context.getBean(PublicClientApplication.class).clientId())
                    .isEqualTo("shop");
            assertThat(context).doesNotHaveBean(TokenStore.class);
        });
    }

    @Test
    void application_withASecret_isConfidential() {
        runner.withPropertyValues("latchkey.client-secret=s3cret", "latchkey.authority=https://id.example/realm")
                .run(context -> assertThat(context.getBean(ConfidentialClientApplication.class)
                                .authority())
                        .startsWith("https://id.example/realm"));
    }

    @Test
    void application_withAnAuthenticationOfItsOwn_isConfidential() {
        runner.withBean(ClientAuthentication.class, () -> ClientAuthentication.secretBasic(Secret.of("s3cret")))
                .run(context -> assertThat(context).hasSingleBean(ConfidentialClientApplication.class));
    }

    @Test
    void application_definedByTheProgram_isTheOnlyOne() {
        PublicClientApplication own = PublicClientApplication.builder("own").build();

        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(LatchkeyAutoConfiguration.class))
                .withBean(PublicClientApplication.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(ClientApplication.class)).isSameAs(own));
    }

    @ParameterizedTest
    @CsvSource({
        "latchkey.client-id=,latchkey.client-id",
        "latchkey.client-secret=,latchkey.client-secret",
        "latchkey.authority=http://id.example,latchkey.authority",
        "latchkey.known-authorities=http://id.example,latchkey.known-authorities",
        "latchkey.id-token-signed-response-alg=none,latchkey.id-token-signed-response-alg",
        "latchkey.id-token-signed-response-alg=HS256,latchkey.id-token-signed-response-alg",
        "latchkey.default-token-lifetime=0s,latchkey.default-token-lifetime",
        "latchkey.proxy=socks5://jo:hidden@proxy.example,latchkey.proxy",
        "latchkey.default-scopes=with\u00e4umlaut,latchkey.default-scopes",
    })
    void start_withAValueThatCannotBe_namesTheProperty(String pair, String property) {
        runner.withPropertyValues(pair)
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining(property));
    }

    @Test
    void proxy_thatCannotBe_isRefusedWithoutItsPassword() {
        runner.withPropertyValues("latchkey.proxy=socks5://jo:hidden@proxy.example")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("SOCKS")
                        .hasMessageNotContaining("hidden"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"system", "environment", "none", "http://jo:hidden@127.0.0.1:3128"})
    void proxy_set_isTheTransports(String proxy) {
        runner.withPropertyValues("latchkey.proxy=" + proxy).run(context -> {
            assertThat(context).hasSingleBean(JdkHttpTransport.class);
            assertThat(context.getBean(LatchkeyProperties.class).toString()).doesNotContain("hidden");
        });
    }

    @Test
    void proxy_besideATransportOfTheProgram_isNotUsed() {
        HttpTransport own = (message, timeout) -> new HttpAnswer(200, Map.of(), "");

        runner.withPropertyValues("latchkey.proxy=none")
                .withBean(HttpTransport.class, () -> own)
                .run(context -> assertThat(context.getBean(HttpTransport.class)).isSameAs(own));
    }

    /** Nobody listens there: the failure is the proxy's. */
    @Test
    void proxy_set_isUsedForTheAuthority() {
        runner.withPropertyValues("latchkey.proxy=http://127.0.0.1:1", "latchkey.authority=https://id.example/realm")
                .run(context -> {
                    HttpTransport transport = context.getBean(HttpTransport.class);
                    HttpMessage message = HttpMessage.get(URI.create("https://id.example/"));
                    assertThatThrownBy(() -> transport.send(message, Duration.ofSeconds(30)))
                            .isInstanceOf(HttpTransport.ProxyException.class);
                });
    }

    @Test
    void customizers_see_whatThePropertiesSet_andChangeIt() {
        runner.withPropertyValues("latchkey.authority=https://one.example")
                .withBean(
                        ClientApplicationCustomizer.class, () -> builder -> builder.authority("https://other.example"))
                .run(context -> assertThat(
                                context.getBean(ClientApplication.class).authority())
                        .startsWith("https://other.example"));
    }

    @Test
    void store_inADirectory_isAFileStore(@TempDir Path folder) {
        runner.withPropertyValues("latchkey.store.directory=" + folder.resolve("tokens"))
                .run(context -> assertThat(context).hasSingleBean(FileTokenStore.class));
    }

    @Test
    void store_inADirectoryWithoutItsArtifact_saysWhatIsMissing() {
        runner.withPropertyValues("latchkey.store.directory=tokens")
                .withClassLoader(new FilteredClassLoader(FileTokenStore.class))
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("latchkey-store-file"));
    }

    @Test
    void store_definedByTheProgram_isUsed(@TempDir Path folder) {
        runner.withPropertyValues("latchkey.store.directory=" + folder)
                .withBean(TokenStore.class, () -> MemoryTokenStore.builder().build())
                .run(context -> assertThat(context).hasSingleBean(MemoryTokenStore.class));
    }

    @Test
    void properties_asText_keepTheSecret() {
        runner.withPropertyValues("latchkey.client-secret=s3cret")
                .run(context -> assertThat(context.getBean(LatchkeyProperties.class))
                        .asString()
                        .contains("shop")
                        .doesNotContain("s3cret"));
    }
}
