package dev.latchkey.authority.person;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a visit went.
 *
 * @param pages the pages that were shown, for example {@code sign-in}, {@code consent}; a page without a form is
 *     named by its heading
 * @param arrivedAt the client's address the answer was for; empty if the person never got there
 * @param answer parameters of the answer
 * @param status of the last page the authority showed or of its last redirect
 */
public record Visit(List<String> pages, Optional<URI> arrivedAt, Map<String, String> answer, int status) {
    public Visit {
        pages = List.copyOf(pages);
        answer = Map.copyOf(answer);
    }

    /** Names of the answer's parameters only: codes are secret. */
    @Override
    public String toString() {
        return "Visit[pages=" + pages + ", answer=" + answer.keySet() + ", status=" + status + "]";
    }
}
