package dev.latchkey.authority.authorize;

import dev.latchkey.authority.claims.RequestedClaims;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.memory.BoundedStore;
import dev.latchkey.authority.page.Pages;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.DeviceCode;
import dev.latchkey.authority.state.Stores;
import java.util.EnumSet;
import java.util.Optional;

/** The page behind a device's verification URI (RFC 8628 section 3.3). */
final class DevicePage {
    private static final int MAX_FORMS = 2_000;

    private final BoundedStore<String> forms = new BoundedStore<>(MAX_FORMS);
    private final Site site;
    private final Stores stores;
    private final Pages pages;
    private final AuthorizeFlow flow;

    DevicePage(Site site, Stores stores, Pages pages, AuthorizeFlow flow) {
        this.site = site;
        this.stores = stores;
        this.pages = pages;
        this.flow = flow;
    }

    Reply answer(Request request, Browser browser, String correlationId) {
        if (!request.isPost()) {
            return ask(browser, request.query().get("user_code").orElse(""), "");
        }
        String typed = request.form().get("user_code").orElse("");
        boolean ours = forms.remove(request.form().get("csrf").orElse(""))
                .filter(browser.name()::equals)
                .isPresent();
        if (!ours) {
            return ask(browser, typed, "This page was too old. Please try again.");
        }
        Optional<DeviceCode> device = stores.deviceCodes().findTyped(typed).filter(this::waits);
        if (device.isEmpty()) {
            return ask(browser, typed, "That code is not known, has been used, or has expired.");
        }
        return flow.advance(signIn(device.get(), correlationId), Progress.START, browser);
    }

    private Reply ask(Browser browser, String userCode, String message) {
        String csrf = site.entropy().token();
        forms.put(csrf, browser.name());
        return browser.tell(pages.userCode(csrf, userCode, message));
    }

    private boolean waits(DeviceCode device) {
        return device.decision().state() == DeviceCode.State.PENDING
                && site.now().isBefore(device.expiresAt());
    }

    /** Always asks which account: the person at the page may not be the one at the device. */
    private static AuthorizeRequest signIn(DeviceCode device, String correlationId) {
        DeviceCode.Request asked = device.request();
        ReplyAddress address = new ReplyAddress(
                asked.realm(), asked.client(), "", ResponseMode.DEVICE, Optional.of(device.userCode()));
        AuthenticationParameters authentication = new AuthenticationParameters(
                EnumSet.of(Prompt.SELECT_ACCOUNT),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        RequestedTokens tokens = new RequestedTokens(
                asked.scopes(), RequestedClaims.NONE, Optional.empty(), Optional.empty(), Optional.empty(), false);
        return new AuthorizeRequest(address, authentication, tokens, correlationId);
    }
}
