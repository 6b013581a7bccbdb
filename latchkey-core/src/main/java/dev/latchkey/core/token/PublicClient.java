package dev.latchkey.core.token;

import dev.latchkey.core.http.HttpMessage;

/** {@code none}. */
final class PublicClient implements ClientAuthentication {
    static final PublicClient INSTANCE = new PublicClient();

    private PublicClient() {}

    @Override
    public void authenticate(HttpMessage.Builder request, ClientAuthenticationContext context) {
        request.form().set("client_id", context.clientId());
    }

    @Override
    public String toString() {
        return "none";
    }
}
