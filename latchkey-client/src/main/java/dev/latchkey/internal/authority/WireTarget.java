package dev.latchkey.internal.authority;

import dev.latchkey.core.Scopes;
import dev.latchkey.internal.environment.Settings;
import org.jspecify.annotations.Nullable;

/**
 * What a request to an authority says about the wanted token: the one place that decides in which parameter.
 *
 * @param scopes the {@code scope} parameter, the application's default scopes included
 * @param resource the {@code resource} parameter (RFC 8707); null leaves it out
 */
public record WireTarget(Scopes scopes, @Nullable String resource) {
    /** Every scope of the resource that was consented to. */
    private static final Scopes ALL = Scopes.of(".default");

    /**
     * What to send for the scopes and the resource of a request. At Microsoft's authorities scopes name their resource,
     * and the parameter beside scopes of another one is refused (AADSTS9010010): it is sent only where the scopes name
     * the same, and otherwise left to them.
     */
    public static WireTarget of(
            Settings.Identity identity, ResolvedAuthority authority, Scopes scopes, @Nullable String resource) {
        if (resource == null || !authority.isEntraShaped() || scopes.areOfResource(resource)) {
            return new WireTarget(onWire(identity, authority, scopes), resource);
        }
        boolean namesNone = scopes.isEmpty() || scopes.isSignInOnly();
        Scopes named = (namesNone ? scopes.plus(ALL) : scopes).ofResource(resource);
        return new WireTarget(onWire(identity, authority, named), null);
    }

    /** What to send for scopes alone. */
    public static Scopes onWire(Settings.Identity identity, ResolvedAuthority authority, Scopes scopes) {
        return identity.onWire(scopes, authority.authority().kind(), authority.metadata());
    }
}
