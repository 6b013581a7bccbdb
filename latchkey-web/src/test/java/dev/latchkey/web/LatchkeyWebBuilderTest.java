package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.PublicClientApplication;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LatchkeyWebBuilderTest {
    private final LatchkeyWebBuilder builder =
            LatchkeyWeb.builder(PublicClientApplication.builder("shop").build());

    @ParameterizedTest
    @ValueSource(strings = {"/latchkey", "/a/b-c/d.e_f~g", "/0"})
    void pathPrefix_ofSegments_isTaken(String prefix) {
        assertThat(builder.pathPrefix(prefix).build().pathPrefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "latchkey", "/latchkey/", "//", "/a//b", "/a b", "/a%20b", "/\u00e4", "/a*", "a/"})
    void pathPrefix_ofAnythingElse_isRefused(String prefix) {
        assertThatThrownBy(() -> builder.pathPrefix(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("like /latchkey");
    }

    /** A regular expression for this overflowed the stack, or never returned. */
    @Test
    @Timeout(20)
    void pathPrefix_longAndWrongAtItsEnd_isRefusedAtOnce() {
        String prefix = "/a".repeat(500_000) + "!";

        assertThatThrownBy(() -> builder.pathPrefix(prefix)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void build_builderChangedAfterwards_theFrontStays() {
        LatchkeyWeb built = builder.pathPrefix("/one").build();

        builder.pathPrefix("/two").interactionTimeout(Duration.ofSeconds(1)).tokensStayOnServer();

        assertThat(built.pathPrefix()).isEqualTo("/one");
        assertThat(built.interactionTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(built.areTokensInPage()).isTrue();
    }

    @Test
    void timeouts_ofNothing_areRefused() {
        assertThatThrownBy(() -> builder.sessionTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.interactionTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
