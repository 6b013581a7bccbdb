package dev.latchkey.integration.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.integration.browser.ChromiumBrowser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A user signs in on Keycloak's own page and the response reaches a loopback listener: the basis of the other tests.
 */
@WithKeycloak
final class KeycloakLoginPageTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private HttpServer loopback;

    @BeforeEach
    void listen() throws IOException {
        loopback = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        loopback.createContext("/callback", this::take);
        loopback.start();
    }

    @AfterEach
    void stop() {
        loopback.stop(0);
    }

    @Test
    void signIn_rightPassword_codeAndIssuerArriveAtLoopback(KeycloakServer keycloak) throws Exception {
        Page page = CHROMIUM.newPage();

        page.navigate(authorizationUri(keycloak));
        KeycloakLoginPage.signIn(page, KeycloakServer.USERNAME, KeycloakServer.PASSWORD);

        assertThat(answer.get(20, TimeUnit.SECONDS))
                .contains("state=of-this-test")
                .contains("code=")
                .contains("iss=");
    }

    @Test
    void signIn_wrongPassword_pageSaysSoAndNothingArrives(KeycloakServer keycloak) {
        Page page = CHROMIUM.newPage();

        page.navigate(authorizationUri(keycloak));
        KeycloakLoginPage.signIn(page, KeycloakServer.USERNAME, "not the password");

        page.getByText("Invalid username or password").waitFor();
        assertThat(answer).isNotDone();
    }

    private String authorizationUri(KeycloakServer keycloak) {
        return keycloak.issuer() + "/protocol/openid-connect/auth?response_type=code&scope=openid&state=of-this-test"
                + "&client_id=" + KeycloakServer.CLIENT_ID
                + "&redirect_uri=http://127.0.0.1:" + loopback.getAddress().getPort() + "/callback"
                // RFC 7636, appendix B
                + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    }

    private void take(HttpExchange exchange) throws IOException {
        answer.complete(exchange.getRequestURI().getRawQuery());
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }
}
