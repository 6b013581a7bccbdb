package dev.latchkey.core.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PkceTest {
    @Test
    void challengeOf_vectorOfRfc7636AppendixB_isTheOneThere() {
        assertThat(Pkce.challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void from_entropy_verifierHasTheAllowedFormAndFits() {
        Pkce pkce = Pkce.from(new byte[] {
            116,
            24,
            (byte) 223,
            (byte) 180,
            (byte) 151,
            (byte) 153,
            (byte) 224,
            37,
            79,
            (byte) 250,
            96,
            125,
            (byte) 216,
            (byte) 173,
            (byte) 187,
            (byte) 186,
            22,
            (byte) 212,
            37,
            77,
            105,
            (byte) 214,
            (byte) 191,
            (byte) 240,
            91,
            88,
            5,
            88,
            83,
            (byte) 132,
            (byte) 141,
            121
        });

        assertThat(pkce.verifier().reveal()).isEqualTo("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assertThat(pkce.challenge()).isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assertThat(pkce).asString().doesNotContain(pkce.verifier().reveal());
    }

    @Test
    void from_tooLittleEntropy_isRefused() {
        assertThatThrownBy(() -> Pkce.from(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }
}
