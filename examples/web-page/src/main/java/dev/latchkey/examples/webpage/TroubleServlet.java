package dev.latchkey.examples.webpage;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.LocalAuthority;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/** {@code POST /trouble/<kind>}: the authority misbehaves at the next refresh. Only an example may have such a thing. */
final class TroubleServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient LocalAuthority authority;

    TroubleServlet(LocalAuthority authority) {
        this.authority = authority;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        String kind = String.valueOf(request.getPathInfo()).substring(1);
        if (kind.equals("none")) {
            authority.faults().clear();
        } else {
            authority
                    .faults()
                    .on(Endpoint.TOKEN)
                    .grant(GrantType.REFRESH_TOKEN)
                    .once()
                    .answer(
                            switch (kind) {
                                case "throttle" -> Fault.tooManyRequests(Duration.ofSeconds(5));
                                case "outage" -> Fault.status(503);
                                default -> Fault.error(400, "invalid_grant", "the session was revoked");
                            });
        }
        response.setStatus(204);
    }
}
