package dev.latchkey.authority.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.authority.directory.Identity;
import dev.latchkey.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Entra's {@code client_info}: who the person is at home, in base64url JSON. */
public final class ClientInfo {
    private ClientInfo() {}

    /** The value for a person; a guest has the ids of their home. B2C has another person per policy. */
    public static String of(Identity identity, String policy) {
        Map<String, String> members = new LinkedHashMap<>();
        String id = identity.user().id().toString();
        members.put("uid", policy.isEmpty() ? id : id + "-" + policy);
        members.put("utid", identity.home().id().toString());
        return Digests.base64(Json.write(members).getBytes(UTF_8));
    }
}
