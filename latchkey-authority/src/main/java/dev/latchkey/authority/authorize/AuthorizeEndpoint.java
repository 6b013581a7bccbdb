package dev.latchkey.authority.authorize;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.page.Pages;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.SigningKeys;
import java.util.Optional;

/** The authorization endpoint (RFC 6749 section 3.1, OpenID Connect Core section 3.1.2) and the pages behind it. */
public final class AuthorizeEndpoint {
    private final Site site;
    private final AuthorizeReader reader;
    private final PushedAuthorization pushed;
    private final AuthorizeFlow flow;
    private final PageForms forms;
    private final DevicePage devicePage;

    public AuthorizeEndpoint(Site site, Stores stores, SigningKeys keys, Pages pages) {
        this.site = site;
        this.reader = new AuthorizeReader(site, keys);
        this.pushed = new PushedAuthorization(site, stores, reader);
        this.flow = new AuthorizeFlow(site, stores, pages);
        this.forms = new PageForms(site, stores, flow);
        this.devicePage = new DevicePage(site, stores, pages, flow);
    }

    /** Begins: a page, or at once the answer. */
    public Reply authorize(Realm realm, Request request, String correlationId) throws OAuthException {
        Params params = pushed.resolve(realm, request.parameters());
        ReplyAddress address = reader.address(realm, params);
        try {
            AuthorizeRequest asked = reader.request(address, params, correlationId);
            return flow.advance(asked, Progress.START, browser(request));
        } catch (OAuthException failure) {
            return flow.replies().error(address, failure, correlationId, request.isPost());
        }
    }

    /** Takes a request in advance, from a client that has proved itself and perhaps to hold a key. */
    public Reply push(Realm realm, Client client, Params params, Optional<String> keyThumbprint, String correlationId)
            throws OAuthException {
        return pushed.push(realm, client, PushedAuthorization.bound(params, keyThumbprint), correlationId);
    }

    /** Continues with what a person answered on a page. */
    public Reply page(Request request) throws OAuthException {
        return forms.submit(request, browser(request));
    }

    /** Asks for the code a device shows, then goes the way of every sign-in. */
    public Reply device(Request request, String correlationId) {
        return devicePage.answer(request, browser(request), correlationId);
    }

    private Browser browser(Request request) {
        return Browser.of(request, site);
    }
}
