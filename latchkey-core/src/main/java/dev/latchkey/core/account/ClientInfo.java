package dev.latchkey.core.account;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.core.json.WellFormed;
import java.util.Base64;

/**
 * Entra's {@code client_info}: the account's id in its home tenant, which does not depend on the token's tenant.
 *
 * @param uid the account's object id in the home tenant
 * @param utid the home tenant
 */
public record ClientInfo(String uid, String utid) {
    private static final int MAX_LENGTH = 8192;

    /** Checks the parts: both are required, and must identify one account in every encoding. */
    public ClientInfo {
        if (uid.isBlank() || utid.isBlank()) {
            throw undecodable("uid or utid is missing");
        }
        if (!WellFormed.isText(uid) || !WellFormed.isText(utid)) {
            throw undecodable("uid or utid holds half a character");
        }
    }

    /**
     * Decodes the value from a token response.
     *
     * @throws ClientAuthException {@code client_info_decoding_error} if it is not base64url JSON with both parts
     */
    public static ClientInfo decode(String base64url) {
        if (base64url.length() > MAX_LENGTH) {
            throw undecodable("longer than " + MAX_LENGTH + " characters");
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(base64url);
            JsonObject json = Json.parseObject(bytes);
            return new ClientInfo(json.string("uid", ""), json.string("utid", ""));
        } catch (IllegalArgumentException e) {
            throw undecodable("not base64url");
        } catch (JsonException e) {
            throw undecodable(String.valueOf(e.getMessage()));
        }
    }

    /** The id of the account across tenants: {@code uid.utid}. */
    public String homeAccountId() {
        return uid + "." + utid;
    }

    private static ClientAuthException undecodable(String why) {
        return new ClientAuthException(
                ErrorCodes.CLIENT_INFO_DECODING_ERROR, "the answer's client_info cannot be read: " + why);
    }

    @Override
    public String toString() {
        return PrintableText.of("ClientInfo[" + homeAccountId() + "]");
    }
}
