package dev.latchkey.integration.belonging;

import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * The response of a servlet.
 *
 * @param status the status
 * @param headers the headers, in any case
 * @param body the body; empty for none
 */
record HttpReply(int status, Map<String, List<String>> headers, String body) {
    boolean isOk() {
        return status == 200;
    }

    /** Whether the call was rejected before it was examined. */
    boolean isRefused() {
        return status == 400 || status == 403 || status == 404 || status == 413 || status == 415;
    }

    List<String> all(String header) {
        return headers.getOrDefault(header, List.of());
    }

    /** The body as an object; a list becomes the member {@code accounts}; empty for anything else. */
    JsonObject json() {
        try {
            return Json.parseObject(body.startsWith("[") ? "{\"accounts\":" + body + "}" : body);
        } catch (JsonException e) {
            return JsonObject.EMPTY;
        }
    }

    /** A line for the list of calls. */
    String told() {
        JsonObject error = json().object("error");
        return status + (error == null ? "" : " " + error.string("errorCode", ""));
    }
}
