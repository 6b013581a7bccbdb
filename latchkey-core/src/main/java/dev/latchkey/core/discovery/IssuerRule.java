package dev.latchkey.core.discovery;

import dev.latchkey.core.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code iss} an authority may use: either one string, compared exactly (OpenID Connect Core 3.1.3.7 step 2), or
 * Entra's template with {@code {tenantid}}, where the tenant is that of the token.
 */
public final class IssuerRule {
    private static final String PLACEHOLDER = "{tenantid}";

    private final String issuer;

    /** Where the placeholder stands; negative if there is none. */
    private final int start;

    /** Creates the rule for an issuer as stated in the discovery document. */
    public IssuerRule(String issuer) {
        this.issuer = issuer;
        this.start = issuer.indexOf(PLACEHOLDER);
    }

    /** The issuer as stated in the discovery document, including the placeholder. */
    public String stated() {
        return issuer;
    }

    /** Whether the issuer is valid for a token of this tenant; the tenant matters only for a template. */
    public boolean accepts(String candidate, @Nullable String tenantId) {
        return isTemplate() ? tenantId != null && tenantId.equals(tenantIn(candidate)) : candidate.equals(issuer);
    }

    /** Whether the issuer is valid if no tenant is known: a template accepts any single segment in its place. */
    public boolean accepts(String candidate) {
        if (!isTemplate()) {
            return candidate.equals(issuer);
        }
        String tenant = tenantIn(candidate);
        return tenant != null && tenant.chars().allMatch(IssuerRule::isOfSegment);
    }

    /** What stands in the placeholder's place, not empty; null if the rest is not that of the template. */
    private @Nullable String tenantIn(String candidate) {
        String tail = issuer.substring(start + PLACEHOLDER.length());
        int end = candidate.length() - tail.length();
        boolean fits = end > start && candidate.startsWith(issuer.substring(0, start)) && candidate.endsWith(tail);
        return fits ? candidate.substring(start, end) : null;
    }

    private static boolean isOfSegment(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-';
    }

    private boolean isTemplate() {
        return start >= 0;
    }

    @Override
    public String toString() {
        return PrintableText.of(issuer);
    }
}
