package dev.latchkey.web;

import dev.latchkey.core.authorize.EncodedResponse;
import java.io.IOException;
import java.util.Optional;

/** {@code GET /signed-out}: where the authority sends the popup of a sign-out. */
final class SignedOutEndpoint implements LatchkeyServlet.Endpoint {
    @Override
    public void serve(Exchange exchange) throws IOException {
        String state = Optional.ofNullable(EncodedResponse.of(exchange.query()).state())
                .orElse("");
        Pages.signedOut(exchange, InteractionEndpoints.isId(state) ? state : "");
    }
}
