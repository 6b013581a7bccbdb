package dev.latchkey.core.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The mark by which other libraries tell our tokens from plain ones. */
class VariantsTest {
    @Test
    void plainBearerToken_hasNoMark() {
        assertThat(Variants.markOf("Bearer", null, null, null)).isEmpty();
    }

    @Test
    void whateverShapedAToken_givesItAMarkOfItsOwn() {
        List<String> marks = List.of(
                Variants.markOf("DPoP", null, null, null),
                Variants.markOf("Bearer", "https://api.example", null, null),
                Variants.markOf("Bearer", null, "key", null),
                Variants.markOf("Bearer", null, null, "claims:digest"),
                Variants.markOf("DPoP", null, "key", null),
                Variants.markOf("DPoP", "https://api.example", "key", "claims:digest"));

        assertThat(marks).doesNotHaveDuplicates().allMatch(mark -> mark.startsWith("latchkey-"));
    }

    @Test
    void sameBindings_haveTheSameMark() {
        assertThat(Variants.markOf("DPoP", "r", "k", "v")).isEqualTo(Variants.markOf("DPoP", "r", "k", "v"));
    }

    @Test
    void digest_isTheBeginningOfSha256InBase64Url() {
        assertThat(Variants.digest("abc")).isEqualTo("ungWv48Bz-pBQUDeXa4iI7AD");
    }
}
