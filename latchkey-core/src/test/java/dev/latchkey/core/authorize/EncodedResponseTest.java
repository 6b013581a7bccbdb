package dev.latchkey.core.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a response that a browser delivered. */
final class EncodedResponseTest {
    @Test
    void response_thatIsWellFormed_isReadAsAWhole() {
        EncodedResponse response = EncodedResponse.of("code=a%20b&state=%2Bs");

        assertThat(response.isReadable()).isTrue();
        assertThat(response.state()).isEqualTo("+s");
        assertThat(response.parameters().get("code")).isEqualTo("a b");
    }

    @ParameterizedTest
    @CsvSource({
        "code=a&code=b&state=s, s",
        "state=s&code=%zz, s",
        "state=s&code=a b, s",
        "state=s&code=\u00e4, s",
        "state=s&error_description=a\u0000b, s",
        "state=a&state=b,",
        "state=s&state=s,",
        "state=%zz&code=a,",
        "code=a&code=b,",
        "code=%zz&xstate=s,"
    })
    void response_thatIsMalformed_stillTellsItsOnlyState(String encoded, String state) {
        EncodedResponse response = EncodedResponse.of(encoded);

        assertThat(response.isReadable()).isFalse();
        assertThat(response.state()).isEqualTo(state);
        assertThatThrownBy(response::parameters)
                .isInstanceOfSatisfying(ClientAuthException.class, failure -> assertThat(failure.errorCode())
                        .isEqualTo(ErrorCodes.FAILED_TO_PARSE_RESPONSE));
        assertThat(response).hasToString("EncodedResponse[unreadable]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "code=a", "&&code=a&"})
    void response_withoutState_hasNone(String encoded) {
        assertThat(EncodedResponse.of(encoded).isReadable()).isTrue();
        assertThat(EncodedResponse.of(encoded).state()).isNull();
    }

    @Test
    void response_isShownWithoutValues() {
        assertThat(EncodedResponse.of("code=secret&state=s")).hasToString("EncodedResponse[Parameters[code, state]]");
    }
}
