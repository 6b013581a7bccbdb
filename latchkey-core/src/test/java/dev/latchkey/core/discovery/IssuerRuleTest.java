package dev.latchkey.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuerRuleTest {
    private static final IssuerRule TEMPLATE = new IssuerRule("https://login.example/{tenantid}/v2.0");

    @Test
    void accepts_plainIssuer_comparesExactly() {
        IssuerRule rule = new IssuerRule("https://op.example/x");

        assertThat(rule.accepts("https://op.example/x", null)).isTrue();
        assertThat(rule.accepts("https://op.example/x")).isTrue();
        assertThat(rule.accepts("https://op.example/x/", "t")).isFalse();
        assertThat(rule.accepts("https://OP.example/x")).isFalse();
        assertThat(rule.accepts("")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example/t1/v2.0, t1, true",
        "https://login.example/t2/v2.0, t1, false",
        "https://login.example/t1/v2.0, , false",
        "https://login.example//v2.0, '', false",
        "https://login.example/{tenantid}/v2.0, t1, false",
        "https://evil.example/t1/v2.0, t1, false",
        "https://login.example/t1/v2.0/, t1, false",
    })
    void accepts_template_needsTheTokensTenant(String issuer, String tenant, boolean accepted) {
        assertThat(TEMPLATE.accepts(issuer, tenant)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example/any-1.tenant/v2.0, true",
        "https://login.example//v2.0, false",
        "https://login.example/v2.0, false",
        "https://login.example/a/b/v2.0, false",
        "https://login.example/%2e/v2.0, false",
        "https://login.example/t?/v2.0, false",
        "https://login.example.evil.example/t/v2.0, false",
    })
    void accepts_templateWithoutTenant_oneSegmentOnly(String issuer, boolean accepted) {
        assertThat(TEMPLATE.accepts(issuer)).isEqualTo(accepted);
    }

    @Test
    void accepts_templateWithoutTenant_lettersDigitsDotAndHyphenOnly() {
        for (char c = ' '; c < 0x100; c++) {
            boolean ofSegment = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-".indexOf(c) >= 0;

            assertThat(TEMPLATE.accepts("https://login.example/t" + c + "/v2.0"))
                    .as("U+%04X", (int) c)
                    .isEqualTo(ofSegment);
        }
    }

    @Test
    void accepts_placeholderAtTheStart_isATemplateToo() {
        assertThat(new IssuerRule("{tenantid}/v2.0").accepts("t/v2.0", "t")).isTrue();
    }

    /** Replacing each of many placeholders by a long tenant would take more memory than there is. */
    @Test
    void accepts_templateOfManyPlaceholders_fillsOne() {
        IssuerRule rule = new IssuerRule("https://login.example/" + "{tenantid}".repeat(200));

        assertThat(rule.accepts("https://login.example/" + "t".repeat(200), "t"))
                .isFalse();
        assertThat(rule.accepts("https://login.example/t" + "{tenantid}".repeat(199), "t"))
                .isTrue();
    }

    @Test
    void policy_ofALongIssuer_doesNotFit() {
        Authority authority = Authority.of("https://login.microsoftonline.com/t");
        String issuer = "https://login.microsoftonline.com/t";

        assertThat(IssuerPolicy.fits(issuer + "x".repeat(2_048 - issuer.length()), authority, Set.of()))
                .isTrue();
        assertThat(IssuerPolicy.fits(issuer + "x".repeat(2_049 - issuer.length()), authority, Set.of()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // a plain provider: the authority is the issuer (Discovery section 4.3)
        "https://op.example/x, https://op.example/x, true",
        "https://op.example/x, https://op.example/x/, true",
        "https://op.example/x, https://op.example/y, false",
        "https://op.example/x, https://op.example, false",
        "https://op.example/x, http://op.example/x, false",
        "https://op.example/x, https://OP.example/x, false",
        // Entra
        "https://login.microsoftonline.com/common, https://login.microsoftonline.com/{tenantid}/v2.0, true",
        "https://login.microsoftonline.com/t, https://sts.windows.net/t/, true",
        "https://login.microsoftonline.com/t, https://login.microsoftonline.com.evil.example/t/v2.0, false",
        "https://login.microsoftonline.com/t, http://login.microsoftonline.com/t/v2.0, false",
        "https://login.microsoftonline.com/t, https://user@login.microsoftonline.com/t, false",
        "https://login.microsoftonline.com/t, not an address, false",
        "https://login.microsoftonline.com/t, login.microsoftonline.com, false",
        "https://login.microsoftonline.com/t, https://login.microsoftonline.com/t\u202e/v2.0, false",
        // B2C, CIAM
        "https://c.b2clogin.com/t/p, https://c.b2clogin.com/1-2/v2.0/, true",
        "https://c.b2clogin.com/t/p, https://d.b2clogin.com/1-2/v2.0/, false",
        "https://c.ciamlogin.com/, https://1-2.ciamlogin.com/1-2/v2.0, true",
        "https://c.ciamlogin.com/, https://1-2.ciamlogin.com/3-4/v2.0, false",
        "https://c.ciamlogin.com/, https://ciamlogin.com/ciamlogin/v2.0, false",
        "https://c.ciamlogin.com/, https://1-2.ciamlogin.com/1-2, true",
        "https://c.ciamlogin.com/, https://1-2.CIAMLOGIN.com/1-2/V2.0/, true",
        "https://c.ciamlogin.com/, https://1-2.ciamlogin.com/1-2/v2.0/x, false",
        "https://c.ciamlogin.com/, https://1-2.ciamlogin.com/1-2//, false",
        "https://c.ciamlogin.com/, https://1-2.x.ciamlogin.com/1-2, false",
        "https://c.ciamlogin.com/, https://1-2.evil.example/1-2, false",
        "https://c.ciamlogin.com/, https://known.example/1-2, true",
        "https://c.b2clogin.com/t/p, https://1-2.ciamlogin.com/1-2/v2.0, false",
        "https://c.ciamlogin.com/, http://1-2.ciamlogin.com/1-2/v2.0, false",
        "https://login.microsoftonline.com/t, https://login.microsoftonline.us/t/v2.0, true",
        "https://login.microsoftonline.com/t, https://op.example/t/v2.0, false",
        "https://op.example/adfs, https://login.microsoftonline.com/t/v2.0, false",
        // ADFS, here a local one
        "http://localhost:7/adfs, http://localhost:7/adfs/services/trust, true",
        "http://localhost:7/adfs, https://localhost:7/adfs/services/trust, false",
        "http://localhost:7/adfs, http://localhost:8/adfs/services/trust, false",
        // known hosts
        "https://c.b2clogin.com/t/p, https://Known.example/x, true",
    })
    void policy_ofMetadata_fitsTheAuthority(String authority, String issuer, boolean fits) {
        assertThat(IssuerPolicy.fits(issuer, Authority.of(authority), Set.of("known.example")))
                .isEqualTo(fits);
    }
}
