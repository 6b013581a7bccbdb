package dev.latchkey.web;

/**
 * Admits only pages of this origin. A page of another origin can neither send the header without a CORS preflight,
 * which is never answered, nor hide its origin.
 */
final class CsrfCheck {
    static final String HEADER = "X-Latchkey";

    private CsrfCheck() {}

    static void check(Exchange exchange, Origin own) {
        checkSameOrigin(exchange, own);
        if (exchange.header(HEADER).isEmpty()) {
            throw new Refusal(
                    403, "forbidden_origin", "the header " + HEADER + " is missing; call through latchkey.js");
        }
    }

    /**
     * For requests to which browsers cannot add the header; they must change nothing, and other origins cannot read the
     * response.
     */
    static void checkSameOrigin(Exchange exchange, Origin own) {
        boolean foreign =
                exchange.header("Origin").filter(it -> !it.equals(own.value())).isPresent()
                        || exchange.header("Sec-Fetch-Site")
                                .filter(it -> !it.equals("same-origin"))
                                .isPresent();
        if (foreign) {
            throw new Refusal(
                    403,
                    "forbidden_origin",
                    "only pages of " + own.value() + " may call this. If the browser shows another address, set"
                            + " publicUri, or configure the container to trust the proxy's Forwarded headers");
        }
    }
}
