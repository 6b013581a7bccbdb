package dev.latchkey.integration.popup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import dev.latchkey.AuthenticationResult;
import dev.latchkey.InteractionStatus;
import dev.latchkey.PopupRequest;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.Scheduler;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.integration.browser.ChromiumBrowser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user in a real browser enters user name and password on the local authority's pages. */
final class ChromiumPopupTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private final HandedOver browser = new HandedOver();
    private final Queue<Runnable> deadlines = new ConcurrentLinkedQueue<>();
    private final Scheduler scheduler = (task, delay) -> {
        deadlines.add(task);
        return () -> deadlines.remove(task);
    };
    private LocalAuthority idp;
    private PublicClientApplication app;

    @BeforeEach
    void start() {
        idp = LocalAuthority.start();
        app = PublicClientApplication.builder(LocalAuthority.DEFAULT_CLIENT_ID)
                .authority(idp.entraAuthority("contoso").toString(), AuthorityKind.ENTRA)
                .userAgent(browser)
                .scheduler(scheduler)
                .build();
    }

    @AfterEach
    void stop() {
        app.close();
        idp.close();
    }

    @Test
    void popup_rightPassword_tokenCallsApiAndPageSaysSo() throws Exception {
        CompletableFuture<AuthenticationResult> signIn = app.acquireTokenPopup(PopupRequest.of("User.Read"));
        Page page = open();
        type(page, "alice@contoso.example", "secret");
        page.locator("button[value=allow]").click();

        AuthenticationResult result = signIn.get(20, TimeUnit.SECONDS);
        page.waitForURL(url -> url.startsWith("http://localhost:"));

        assertThat(callApi(result)).isEqualTo(200);
        assertThat(page.title()).containsIgnoringCase("signed in");
        assertThat(page.url()).doesNotContain("code=").doesNotContain("state=");
        CHROMIUM.screenshot(page, "done");
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
    }

    @Test
    void popup_wrongPasswordThenRight_signsIn() throws Exception {
        CompletableFuture<AuthenticationResult> signIn = app.acquireTokenPopup(PopupRequest.of("User.Read"));
        Page page = open();
        type(page, "alice@contoso.example", "not the password");
        page.locator("[role=alert]").waitFor();
        assertThat(signIn).isNotDone();

        type(page, "alice@contoso.example", "secret");
        page.locator("button[value=allow]").click();

        assertThat(signIn.get(20, TimeUnit.SECONDS).account().orElseThrow().username())
                .isEqualTo("alice@contoso.example");
    }

    @Test
    void popup_personRefusesConsent_failsAndPageSaysSo() throws Exception {
        CompletableFuture<AuthenticationResult> signIn = app.acquireTokenPopup(PopupRequest.of("User.Read"));
        Page page = open();
        type(page, "alice@contoso.example", "secret");
        page.locator("button[value=refuse]").click();

        assertThatThrownBy(() -> signIn.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo("access_denied"));
        page.waitForURL(url -> url.startsWith("http://localhost:"));
        CHROMIUM.screenshot(page, "refused");
        assertThat(app.blocking().accounts()).isEmpty();
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
    }

    @Test
    void popup_tabClosed_endsAtTheDeadlineAndFreesTheTurn() throws Exception {
        CompletableFuture<AuthenticationResult> signIn = app.acquireTokenPopup(PopupRequest.of("User.Read"));
        Page page = open();
        page.locator("#username").waitFor();
        page.close();
        assertThat(signIn).isNotDone();

        deadlines.remove().run();

        assertThatThrownBy(() -> signIn.get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(BrowserAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.TIMED_OUT));
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);

        popup_rightPassword_tokenCallsApiAndPageSaysSo();
    }

    private Page open() throws InterruptedException {
        Page page = CHROMIUM.newPage();
        page.navigate(browser.next());
        return page;
    }

    private static void type(Page page, String username, String password) {
        page.locator("#username").fill(username);
        page.locator("#password").fill(password);
        page.locator("button[value=sign-in]").click();
    }

    private int callApi(AuthenticationResult result) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(idp.apiUri() + "/me"))
                .header("Authorization", result.authorizationHeader())
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
