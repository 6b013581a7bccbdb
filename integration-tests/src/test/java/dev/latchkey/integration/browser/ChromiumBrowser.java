package dev.latchkey.integration.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.BrowserType.LaunchPersistentContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The machine's Chromium: one browser for a test class, a new user (cookies, storage) for each test. Register it in a
 * static field with {@code @RegisterExtension} and call {@link #newPage()}. Screenshots of the pages of a failed test go
 * to {@code target/screenshots}; a page that requests anything but loopback fails its test.
 *
 * <p>Use it only from the test's own thread.
 */
public final class ChromiumBrowser
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                AfterEachCallback,
                AfterAllCallback {
    private static final double PATIENCE_MILLIS = 20_000;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final List<String> FLAGS = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-proxy-server",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]");

    private final List<BrowserContext> others = new ArrayList<>();
    private final List<String> strayRequests = new ArrayList<>();
    private final List<String> allowedAttempts = new ArrayList<>();
    private Playwright playwright;
    private Browser browser;
    private BrowserContext context;
    private String testName;

    /** Opens a tab of this test's user. */
    public Page newPage() {
        return context.newPage();
    }

    /** Opens a tab of another user with other browser settings: no JavaScript, dark, small. */
    public Page newPage(NewContextOptions options) {
        BrowserContext other = opened(options);
        others.add(other);
        return other.newPage();
    }

    /**
     * Opens a tab of a user with a profile on disk who trusts every certificate: unlike the others, which browse as in
     * an incognito window, this one can have third-party cookies.
     */
    public Page newPageWithProfile(Path profile) {
        BrowserContext other = playwright
                .chromium()
                .launchPersistentContext(
                        profile,
                        new LaunchPersistentContextOptions()
                                .setExecutablePath(ChromiumLocation.find().orElseGet(ChromiumBrowser::missing))
                                .setHeadless(true)
                                .setChromiumSandbox(false)
                                .setIgnoreHTTPSErrors(true)
                                .setArgs(FLAGS));
        prepare(other);
        others.add(other);
        return other.newPage();
    }

    /** Does not fail this test for requests to addresses that start so; they reach nobody all the same. */
    public void allowAttempts(String start) {
        allowedAttempts.add(start);
    }

    /** Takes a screenshot as {@code target/screenshots/<class>.<test>-<name>.png}. */
    public void screenshot(Page page, String name) {
        Path file = SCREENSHOTS.resolve(testName + "-" + name + ".png");
        page.screenshot(new ScreenshotOptions().setPath(file).setFullPage(true));
    }

    @Override
    public void beforeAll(ExtensionContext test) {
        Path chromium = ChromiumLocation.find().orElseGet(ChromiumBrowser::missing);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(chromium)
                        .setHeadless(true)
                        .setChromiumSandbox(false)
                        .setArgs(FLAGS));
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        testName = test.getRequiredTestClass().getSimpleName() + "."
                + test.getRequiredTestMethod().getName();
        strayRequests.clear();
        allowedAttempts.clear();
        context = opened(new NewContextOptions());
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        if (test.getExecutionException().isPresent()) {
            List<Page> pages = Stream.concat(Stream.of(context), others.stream())
                    .flatMap(opened -> opened.pages().stream())
                    .toList();
            for (int i = 0; i < pages.size(); i++) {
                screenshot(pages.get(i), "failed" + i);
            }
        }
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (context != null) {
            context.close();
        }
        others.forEach(BrowserContext::close);
        others.clear();
        assertThat(strayRequests).as("requests to other machines").isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext test) {
        if (playwright != null) {
            playwright.close();
        }
    }

    private BrowserContext opened(NewContextOptions options) {
        BrowserContext opened = browser.newContext(options);
        prepare(opened);
        return opened;
    }

    private void prepare(BrowserContext opened) {
        opened.setDefaultTimeout(PATIENCE_MILLIS);
        opened.onRequest(this::noticeStray);
    }

    private void noticeStray(Request request) {
        URI uri = URI.create(request.url());
        boolean isAllowed = allowedAttempts.stream().anyMatch(request.url()::startsWith);
        if (uri.getHost() != null && !LOOPBACK.contains(uri.getHost()) && !isAllowed) {
            strayRequests.add(request.url());
        }
    }

    private static Path missing() {
        String message = "No Chromium on the PATH and none named by LATCHKEY_CHROMIUM: browser tests cannot run";
        if (ChromiumLocation.required()) {
            return Assertions.fail(message);
        }
        return Assumptions.abort(message);
    }
}
