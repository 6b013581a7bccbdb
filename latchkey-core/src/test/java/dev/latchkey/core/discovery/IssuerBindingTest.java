package dev.latchkey.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuerBindingTest {
    @ParameterizedTest
    @CsvSource({
        "https://op.example/x, , https://op.example/x",
        "https://op.example/x, https://op.example/x, https://op.example/x",
        "https://op.example/x/, https://op.example/x, https://op.example/x/",
        // what the issuer calls itself proves nothing where it is not asked there
        "https://op.example/x, https://op.example/y, https://op.example/y",
        "https://op.example/x//, https://op.example/x, https://op.example/x",
    })
    void id_isTheIssuerOnlyIfItIsItsAddress(String issuer, String authority, String id) {
        assertThat(new IssuerBinding(issuer, authority).id()).isEqualTo(id);
        assertThat(new IssuerBinding(issuer, authority)).hasToString("IssuerBinding[" + id + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "https://op.example/x, https://op.example/a, https://op.example/x, https://op.example/a, true",
        "https://op.example/x, https://op.example/a, https://op.example/x, https://op.example/b, false",
        "https://op.example/x, https://op.example/a, https://op.example/y, https://op.example/a, true",
        "https://op.example/x, , https://op.example/x, https://op.example/b, true",
        "https://op.example/x, https://op.example/a, https://op.example/y, , false",
    })
    void isSameAs_comparesWhatIsKnownOfBoth(String issuer, String address, String other, String where, boolean same) {
        IssuerBinding one = new IssuerBinding(issuer, address);
        IssuerBinding two = new IssuerBinding(other, where);

        assertThat(one.isSameAs(two)).isEqualTo(same);
        assertThat(two.isSameAs(one)).isEqualTo(same);
    }

    @Test
    void cloud_isTheHostOfATemplate() {
        assertThat(IssuerBinding.ofCloud("login.windows.net").cloud()).isEqualTo("login.windows.net");
        assertThat(new IssuerBinding("https://op.example/x", null).cloud()).isNull();
        assertThat(new IssuerBinding("https:///{tenantid}/v2.0", null).cloud()).isNull();
    }
}
