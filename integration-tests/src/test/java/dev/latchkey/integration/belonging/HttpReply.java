package dev.latchkey.integration.belonging;

import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * What a servlet answers.
 *
 * @param status the status
 * @param headers the headers, by whatever case
 * @param body the body; empty for none
 */
record HttpReply(int status, Map<String, List<String>> headers, String body) {
    boolean isOk() {
        return status == 200;
    }

    /** Whether the call was refused before it was looked at for what it is. */
    boolean isRefused() {
        return status == 400 || status == 403 || status == 404 || status == 413 || status == 415;
    }

    List<String> all(String header) {
        return headers.getOrDefault(header, List.of());
    }

    /** The body; of a list, as the member {@code accounts}; without members where it is neither. */
    JsonObject json() {
        try {
            return Json.parseObject(body.startsWith("[") ? "{\"accounts\":" + body + "}" : body);
        } catch (JsonException e) {
            return JsonObject.EMPTY;
        }
    }

    /** As a line of the calls' list. */
    String told() {
        JsonObject error = json().object("error");
        return status + (error == null ? "" : " " + error.string("errorCode", ""));
    }
}
