package dev.latchkey.integration.belonging;

import dev.latchkey.core.json.Json;
import java.net.URI;
import java.util.Map;

/**
 * A request of a browser.
 *
 * @param method the method
 * @param address the address
 * @param headers the headers without cookies
 * @param cookies the cookies
 * @param body the body; empty for none
 */
record HttpCall(String method, URI address, Map<String, String> headers, Map<String, String> cookies, String body) {
    /** A page's own call, which passes the CSRF check. */
    static HttpCall ofPage(String method, URI address, String body) {
        Map<String, String> headers = Map.of(
                "Content-Type", "application/json",
                "X-Latchkey", "1",
                "Origin", address.getScheme() + "://" + address.getRawAuthority(),
                "Sec-Fetch-Site", "same-origin");
        return new HttpCall(method, address, headers, Map.of(), body);
    }

    static HttpCall post(URI address, Map<String, ?> json) {
        return ofPage("POST", address, Json.write(json));
    }

    static HttpCall get(URI address) {
        return ofPage("GET", address, "");
    }

    /** A request from a link or a redirect. */
    static HttpCall navigation(URI address) {
        return new HttpCall("GET", address, Map.of("Sec-Fetch-Site", "cross-site"), Map.of(), "");
    }

    /** A form that a page of this site posts. */
    static HttpCall form(URI address, String encoded) {
        Map<String, String> headers =
                Map.of("Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin");
        return new HttpCall("POST", address, headers, Map.of(), encoded);
    }

    /** A line for the list of calls. */
    String told() {
        return method + " " + address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery())
                + " " + body;
    }

    HttpCall with(Map<String, String> others) {
        return new HttpCall(method, address, headers, others, body);
    }
}
