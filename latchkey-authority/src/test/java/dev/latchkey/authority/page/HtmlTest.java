package dev.latchkey.authority.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void escape_wordsThatSteerTheEye_areReplaced() {
        assertThat(Html.escape("<b>\u202egpj\u001b[2J\r\n\u200b\uD800&\"'"))
                .isEqualTo("&lt;b&gt;\uFFFDgpj\uFFFD[2J \uFFFD\uFFFD&amp;&quot;&#39;");
    }

    @Test
    void hidden_value_comesBackAsItWas() {
        assertThat(Html.hidden("state", "a\u202eb\n\"")).contains("value=\"a\u202eb\n&quot;\"");
    }
}
