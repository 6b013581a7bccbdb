package dev.latchkey.authority;

import java.util.List;
import java.util.stream.Collectors;

/** Asserts how often something was asked of the authority. */
public final class RequestVerifier {
    private final RequestLog log;

    RequestVerifier(RequestLog log) {
        this.log = log;
    }

    /** Token requests of one grant type. */
    public Count tokenRequests(GrantType grantType) {
        return new Count("token requests with " + grantType.wireName(), log.tokenRequests(grantType));
    }

    /** Requests to one endpoint. */
    public Count requests(Endpoint endpoint) {
        return new Count("requests to " + endpoint, log.to(endpoint));
    }

    /** Some requests, to be counted. */
    public static final class Count {
        private final String what;
        private final List<RecordedRequest> requests;

        Count(String what, List<RecordedRequest> requests) {
            this.what = what;
            this.requests = requests;
        }

        /**
         * There were exactly so many.
         *
         * @throws AssertionError otherwise, with the requests there were
         */
        public void exactly(int expected) {
            check(requests.size() == expected, "exactly " + expected);
        }

        /** There were so many or more. */
        public void atLeast(int expected) {
            check(requests.size() >= expected, "at least " + expected);
        }

        /** There was none. */
        public void none() {
            exactly(0);
        }

        private void check(boolean holds, String expectation) {
            if (!holds) {
                String seen = requests.stream().map(Object::toString).collect(Collectors.joining("\n  "));
                throw new AssertionError(
                        "expected " + expectation + " " + what + ", there were " + requests.size() + ":\n  " + seen);
            }
        }
    }
}
