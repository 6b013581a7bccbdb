package dev.latchkey.authority.realm;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.SigningAlgorithm;
import dev.latchkey.authority.Tenant;
import dev.latchkey.authority.User;
import dev.latchkey.authority.directory.Directory;
import dev.latchkey.authority.directory.Identity;
import java.util.Locale;
import java.util.Optional;

/**
 * One authority as a client sees it: where it is, what it imitates, whom it admits.
 *
 * @param path below the server's address, without a slash at the end
 */
public record Realm(String base, String path, Personality personality, Admission admission) {
    /** The endpoint's address. */
    public String uri(Endpoint endpoint) {
        String below = personality
                .path(endpoint)
                .orElseThrow(() -> new IllegalArgumentException(personality + " has no endpoint " + endpoint));
        return base + path + below;
    }

    /** The issuer of tokens for people of a tenant. */
    public String issuer(Tenant tenant) {
        return switch (personality) {
            case ENTRA -> base + "/" + tenant.id() + "/v2.0";
            case CIAM -> base + "/ciam/" + tenant.id() + "/v2.0";
            case B2C -> base + "/tfp/" + tenant.id() + "/" + policyName() + "/v2.0/";
            case ADFS, OIDC -> base + path;
        };
    }

    /** The issuer in the metadata: a template where the tenant is not known before sign-in. */
    public String advertisedIssuer() {
        return admission
                .tenant()
                .map(this::issuer)
                .orElseGet(() -> personality.isEntra() ? base + "/{tenantid}/v2.0" : base + path);
    }

    /** The name of the B2C policy in the path, lower case; empty elsewhere. */
    public String policyName() {
        boolean has = personality == Personality.B2C;
        return has ? path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT) : "";
    }

    /** What the policy lets a person do; elsewhere people sign in. */
    public Policy policy() {
        return Policy.named(policyName());
    }

    /** Whether what another realm granted is redeemed here: tenants of Entra share, policies of B2C do not. */
    public boolean redeemsGrantsOf(Realm other) {
        return personality == other.personality && policyName().equals(other.policyName());
    }

    /** How something is signed whose client registered an algorithm. */
    public SigningAlgorithm algorithm(SigningAlgorithm registered) {
        return personality.letsClientsChooseAlgorithms() ? registered : SigningAlgorithm.RS256;
    }

    /** Whether proofs of possession (RFC 9449) are understood. */
    public boolean knowsDpop() {
        return personality == Personality.OIDC;
    }

    /** Whether the advertised issuer is the one of every token, so that it can be in every response (RFC 9207). */
    public boolean hasOneIssuer() {
        return !personality.isEntra() || admission.tenant().isPresent();
    }

    /** The person as this realm knows them; empty if they may not sign in here. */
    public Optional<Identity> identify(Directory directory, User user) {
        if (admission.tenant().isPresent()) {
            return directory.in(admission.tenant().get(), user);
        }
        Identity home = directory.atHome(user);
        return admission.admits(home.tenant()) ? Optional.of(home) : Optional.empty();
    }
}
