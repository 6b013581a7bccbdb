package dev.latchkey.core.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Core 5.5.1.1: which acr binds the answer. */
class ClaimsRequestTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"essential\":true,\"value\":\"gold\"} | gold",
                "{\"essential\":true,\"values\":[\"gold\",\"silver\"]} | gold silver",
                "{\"essential\":true,\"value\":\"gold\",\"values\":[\"silver\"]} | gold silver",
                "{\"essential\":true,\"values\":[\"gold\",7]} | gold",
                "{\"essential\":true} | ~~",
                "{\"essential\":false,\"value\":\"gold\"} | ~~",
                "{\"essential\":\"true\",\"value\":\"gold\"} | ~~",
                "{\"value\":\"gold\"} | ~~",
                "{\"values\":7} | ~~",
                "{} | ~~",
                "null | ~~",
                "\"gold\" | ~~",
            })
    void essentialAcrs_ofAnAcrMember_areItsValuesIfItIsEssential(String acr, String expected) {
        String claims = "{\"id_token\":{\"acr\":" + acr + "}}";

        assertThat(ClaimsRequest.essentialAcrs(claims))
                .containsExactlyInAnyOrderElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id_token\":null}", "{\"id_token\":7}", "{\"id_token\":{}}"})
    void essentialAcrs_nothingAsked_areNone(String claims) {
        assertThat(ClaimsRequest.essentialAcrs(claims)).isEmpty();
        assertThat(ClaimsRequest.essentialAcrs(null)).isEmpty();
    }

    /** Said before anybody is asked to sign in, and never taken for no wish at all. */
    @ParameterizedTest
    @ValueSource(strings = {"\"value\":7", "\"values\":[7]", "\"values\":\"gold\"", "\"values\":[]", "\"value\":null"})
    void merge_essentialAcrThatNoTokenCanHave_isRefused(String member) {
        String claims = "{\"id_token\":{\"acr\":{\"essential\":true," + member + "}}}";

        assertThatThrownBy(() -> ClaimsRequest.merge(claims, List.of())).hasMessageStartingWith("invalid_claims");
        assertThatThrownBy(() -> ClaimsRequest.merge(claims, List.of("cp1"))).hasMessageStartingWith("invalid_claims");
    }

    @Test
    void merge_essentialAcrAndCapabilities_keepsBoth() {
        String claims = "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"gold\"}}}";

        String merged = ClaimsRequest.merge(claims, List.of("cp1"));

        assertThat(ClaimsRequest.essentialAcrs(merged)).containsExactly("gold");
        assertThat(merged).contains("xms_cc");
    }
}
