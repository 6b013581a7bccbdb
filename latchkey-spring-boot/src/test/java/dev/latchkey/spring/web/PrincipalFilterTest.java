package dev.latchkey.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.PublicClientApplication;
import dev.latchkey.web.LatchkeyWeb;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

final class PrincipalFilterTest {
    private final LatchkeyWeb web =
            LatchkeyWeb.of(PublicClientApplication.builder("shop").build());
    private final PrincipalFilter filter = new PrincipalFilter(new Principals(new CurrentSession(web), "roles"));

    private HttpServletRequest filtered(MockHttpServletRequest request) throws Exception {
        MockFilterChain chain = new MockFilterChain();
        filter.doFilter(request, new MockHttpServletResponse(), chain);
        return (HttpServletRequest) chain.getRequest();
    }

    @Test
    void request_withoutASession_isNobodys() throws Exception {
        HttpServletRequest request = filtered(new MockHttpServletRequest());

        assertThat(request.getUserPrincipal()).isNull();
        assertThat(request.getRemoteUser()).isNull();
        assertThat(request.isUserInRole("admin")).isFalse();
    }

    @Test
    void request_ofSomebodyTheContainerKnows_staysTheirs() throws Exception {
        MockHttpServletRequest known = new MockHttpServletRequest();
        known.setUserPrincipal(() -> "container");

        assertThat(filtered(known).getRemoteUser()).isEqualTo("container");
    }
}
