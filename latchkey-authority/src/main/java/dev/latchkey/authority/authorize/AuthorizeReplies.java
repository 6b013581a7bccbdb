package dev.latchkey.authority.authorize;

import dev.latchkey.authority.directory.Identity;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.page.Pages;
import dev.latchkey.authority.problem.ErrorReport;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.AuthorizationCode;
import dev.latchkey.authority.state.Grant;
import dev.latchkey.authority.state.SignedIn;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.ClientInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sends answers to clients, in the response mode they asked for. */
final class AuthorizeReplies {
    private final Site site;
    private final Stores stores;
    private final Pages pages;

    AuthorizeReplies(Site site, Stores stores, Pages pages) {
        this.site = site;
        this.stores = stores;
        this.pages = pages;
    }

    Reply code(AuthorizeRequest request, SignedIn person, Identity identity, boolean afterPost) {
        ReplyAddress address = request.address();
        RequestedTokens tokens = request.tokens();
        Grant grant = new Grant(
                site.entropy().uuid().toString(),
                address.client(),
                address.realm(),
                new Grant.Login(identity, person),
                tokens.scopes(),
                tokens.claims());
        if (address.mode() == ResponseMode.DEVICE) {
            stores.deviceCodes().decide(address.state().orElse(""), Optional.of(grant));
            return pages.deviceDone(address.client().displayName(), true);
        }
        var binding = new AuthorizationCode.Binding(
                address.redirectUri(), tokens.codeChallenge(), tokens.nonce(), tokens.keyThumbprint());
        stores.participants().join(person.sessionId(), address.client().clientId());
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put(
                "code",
                stores.codes()
                        .issue(new AuthorizationCode(
                                grant,
                                binding,
                                site.now().plus(site.settings().lifetimes().code()),
                                false)));
        if (address.realm().personality().isEntra()) {
            answer.put("session_state", person.sessionId());
            if (tokens.clientInfo()) {
                answer.put(
                        "client_info", ClientInfo.of(identity, address.realm().policyName()));
            }
        }
        return send(address, answer, afterPost);
    }

    Reply error(ReplyAddress address, OAuthException failure, String correlationId, boolean afterPost) {
        if (address.mode() == ResponseMode.DEVICE) {
            stores.deviceCodes().decide(address.state().orElse(""), Optional.empty());
            return pages.deviceDone(address.client().displayName(), false);
        }
        ErrorReport report = new ErrorReport(
                failure, site.now(), correlationId, site.entropy().uuid().toString());
        return send(address, report.asParameters(address.realm().personality().dialect()), afterPost);
    }

    private Reply send(ReplyAddress address, Map<String, String> answer, boolean afterPost) {
        Map<String, String> parameters = new LinkedHashMap<>(answer);
        address.state().ifPresent(state -> parameters.put("state", state));
        if (address.realm().hasOneIssuer()) {
            parameters.put("iss", address.realm().advertisedIssuer());
        }
        String uri = address.redirectUri();
        return switch (address.mode()) {
            case FORM_POST -> pages.formPost(uri, parameters);
            case FRAGMENT -> Reply.redirect(afterPost, uri + "#" + Params.encode(parameters));
            case DEVICE -> throw new IllegalStateException("a device has no address");
            case QUERY -> Reply.redirect(afterPost, uri + (uri.contains("?") ? "&" : "?") + Params.encode(parameters));
        };
    }
}
