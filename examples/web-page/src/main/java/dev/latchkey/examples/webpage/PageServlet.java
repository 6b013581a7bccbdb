package dev.latchkey.examples.webpage;

import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.json.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** {@code /settings.js}: what the page cannot know beforehand, for the local authority has another address each time. */
final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient LocalAuthority authority;

    PageServlet(LocalAuthority authority) {
        this.authority = authority;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/javascript;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter()
                .println("export const settings = "
                        + Json.write(Map.of(
                                "clientId",
                                WebPage.CLIENT_ID,
                                "authority",
                                authority.entraAuthority("contoso").toString(),
                                "api",
                                authority.apiUri() + "/me"))
                        + ";");
    }
}
