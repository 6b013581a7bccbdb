package dev.latchkey.authority.directory;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.RefreshTokenPolicy;
import java.time.Duration;
import java.util.Optional;

/** Lifetimes and policies that hold for every client without its own. */
public record Settings(
        Duration accessTokenLifetime,
        Optional<Duration> refreshIn,
        Duration codeLifetime,
        Duration sessionLifetime,
        RefreshTokenPolicy refreshTokens,
        boolean dpopNonce) {
    private static final Duration LONG_LIVED = Duration.ofHours(2);

    /** One hour, ten minutes, one day, rotating. */
    public static Settings defaults() {
        return new Settings(
                Duration.ofHours(1),
                Optional.empty(),
                Duration.ofMinutes(10),
                Duration.ofHours(24),
                RefreshTokenPolicy.rotatingStrictly(),
                false);
    }

    public Settings accessTokenLifetime(Duration lifetime) {
        return new Settings(lifetime, refreshIn, codeLifetime, sessionLifetime, refreshTokens, dpopNonce);
    }

    public Settings refreshIn(Duration refreshIn) {
        return new Settings(
                accessTokenLifetime, Optional.of(refreshIn), codeLifetime, sessionLifetime, refreshTokens, dpopNonce);
    }

    public Settings refreshTokens(RefreshTokenPolicy policy) {
        return new Settings(accessTokenLifetime, refreshIn, codeLifetime, sessionLifetime, policy, dpopNonce);
    }

    public Settings codeLifetime(Duration lifetime) {
        return new Settings(accessTokenLifetime, refreshIn, lifetime, sessionLifetime, refreshTokens, dpopNonce);
    }

    public Settings requireDpopNonce() {
        return new Settings(accessTokenLifetime, refreshIn, codeLifetime, sessionLifetime, refreshTokens, true);
    }

    /** How long this client's access tokens live. */
    public Duration accessTokenLifetime(Client client) {
        return client.accessTokenLifetime().orElse(accessTokenLifetime);
    }

    /** What happens to this client's refresh tokens. */
    public RefreshTokenPolicy refreshTokens(Client client) {
        return client.refreshTokens().orElse(refreshTokens);
    }

    /** When to renew ahead of expiry: as set, else half of a lifetime of two hours and more, as Entra says it. */
    public Optional<Duration> refreshIn(Client client) {
        Duration lifetime = accessTokenLifetime(client);
        Optional<Duration> half =
                lifetime.compareTo(LONG_LIVED) >= 0 ? Optional.of(lifetime.dividedBy(2)) : Optional.empty();
        return refreshIn.or(() -> half);
    }
}
