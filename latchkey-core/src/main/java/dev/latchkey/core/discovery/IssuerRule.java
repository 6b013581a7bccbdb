package dev.latchkey.core.discovery;

import dev.latchkey.core.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code iss} an authority may use. Either one string, compared exactly (OpenID Connect Core 3.1.3.7 step 2), or
 * Entra's template with {@code {tenantid}}, where the tenant is that of the token.
 */
public final class IssuerRule {
    private static final String PLACEHOLDER = "{tenantid}";

    private final String issuer;

    /** The rule for an issuer as the discovery document states it. */
    public IssuerRule(String issuer) {
        this.issuer = issuer;
    }

    /** Whether the issuer is right for a token of this tenant; the tenant matters to a template only. */
    public boolean accepts(String candidate, @Nullable String tenantId) {
        if (!isTemplate()) {
            return candidate.equals(issuer);
        }
        return tenantId != null && !tenantId.isEmpty() && candidate.equals(issuer.replace(PLACEHOLDER, tenantId));
    }

    /** Whether the issuer is right where no tenant is known: a template accepts any single segment in its place. */
    public boolean accepts(String candidate) {
        if (!isTemplate()) {
            return candidate.equals(issuer);
        }
        int start = issuer.indexOf(PLACEHOLDER);
        String tail = issuer.substring(start + PLACEHOLDER.length());
        if (!candidate.startsWith(issuer.substring(0, start)) || !candidate.endsWith(tail)) {
            return false;
        }
        int end = candidate.length() - tail.length();
        return end > start && candidate.substring(start, end).matches("[0-9A-Za-z.-]+");
    }

    private boolean isTemplate() {
        return issuer.contains(PLACEHOLDER);
    }

    @Override
    public String toString() {
        return PrintableText.of(issuer);
    }
}
