package dev.latchkey.integration.belonging;

import dev.latchkey.core.json.Json;
import java.net.URI;
import java.util.Map;

/**
 * What a browser sends.
 *
 * @param method the method
 * @param address where
 * @param headers the headers; cookies apart
 * @param cookies the cookies
 * @param body the body; empty for none
 */
record HttpCall(String method, URI address, Map<String, String> headers, Map<String, String> cookies, String body) {
    /** A page's own call, past the gate. */
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

    /** What follows from a link or a redirect. */
    static HttpCall navigation(URI address) {
        return new HttpCall("GET", address, Map.of("Sec-Fetch-Site", "cross-site"), Map.of(), "");
    }

    /** As a line of the calls' list. */
    String told() {
        return method + " " + address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery())
                + " " + body;
    }

    HttpCall with(Map<String, String> others) {
        return new HttpCall(method, address, headers, others, body);
    }
}
