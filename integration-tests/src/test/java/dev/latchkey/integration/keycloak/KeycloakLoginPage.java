package dev.latchkey.integration.keycloak;

import com.microsoft.playwright.Page;

/** A user's actions on Keycloak's login page. */
public final class KeycloakLoginPage {
    private KeycloakLoginPage() {}

    public static void signIn(Page page, String username, String password) {
        page.locator("#username").fill(username);
        page.locator("#password").fill(password);
        page.locator("#kc-login").click();
    }
}
