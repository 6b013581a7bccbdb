package dev.latchkey.web;

/**
 * Lets only our own pages in. A page of another origin can neither send the header without being asked first (CORS
 * preflight, which is never answered) nor hide where it comes from.
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

    /** For what browsers cannot send the header with; it must change nothing, and others cannot read the answer. */
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
                    "only pages of " + own.value() + " may call this. If that is not the address in the browser, set"
                            + " publicUri, or let the container believe the proxy's Forwarded headers");
        }
    }
}
