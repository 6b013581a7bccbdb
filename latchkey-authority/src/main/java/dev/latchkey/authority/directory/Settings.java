package dev.latchkey.authority.directory;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.CrossOriginOpenerPolicy;
import dev.latchkey.authority.RefreshTokenPolicy;
import java.time.Duration;
import java.util.Optional;

/** Lifetimes and policies that hold for every client without its own, and what browsers are told. */
public record Settings(
        Lifetimes lifetimes,
        Optional<Duration> refreshIn,
        RefreshTokenPolicy refreshTokens,
        boolean dpopNonce,
        BrowserRules browser) {
    private static final Duration LONG_LIVED = Duration.ofHours(2);

    /** How long what is given out is good. */
    public record Lifetimes(Duration accessToken, Duration code, Duration session) {}

    /**
     * What browsers are told.
     *
     * @param openerPolicy the {@code Cross-Origin-Opener-Policy} of pages; empty for none
     * @param thirdPartyCookies whether a frame of another site gets the session cookie, as far as the browser lets it
     */
    public record BrowserRules(Optional<CrossOriginOpenerPolicy> openerPolicy, boolean thirdPartyCookies) {}

    /** One hour, ten minutes, one day, rotating. */
    public static Settings defaults() {
        return new Settings(
                new Lifetimes(Duration.ofHours(1), Duration.ofMinutes(10), Duration.ofHours(24)),
                Optional.empty(),
                RefreshTokenPolicy.rotatingStrictly(),
                false,
                new BrowserRules(Optional.empty(), true));
    }

    public Settings accessTokenLifetime(Duration lifetime) {
        return with(new Lifetimes(lifetime, lifetimes.code, lifetimes.session));
    }

    public Settings codeLifetime(Duration lifetime) {
        return with(new Lifetimes(lifetimes.accessToken, lifetime, lifetimes.session));
    }

    public Settings refreshIn(Duration refreshIn) {
        return new Settings(lifetimes, Optional.of(refreshIn), refreshTokens, dpopNonce, browser);
    }

    public Settings refreshTokens(RefreshTokenPolicy policy) {
        return new Settings(lifetimes, refreshIn, policy, dpopNonce, browser);
    }

    public Settings requireDpopNonce() {
        return new Settings(lifetimes, refreshIn, refreshTokens, true, browser);
    }

    public Settings crossOriginOpenerPolicy(CrossOriginOpenerPolicy policy) {
        return with(new BrowserRules(Optional.of(policy), browser.thirdPartyCookies));
    }

    public Settings withoutThirdPartyCookies() {
        return with(new BrowserRules(browser.openerPolicy, false));
    }

    /** How long this client's access tokens live. */
    public Duration accessTokenLifetime(Client client) {
        return client.accessTokenLifetime().orElse(lifetimes.accessToken);
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

    private Settings with(Lifetimes other) {
        return new Settings(other, refreshIn, refreshTokens, dpopNonce, browser);
    }

    private Settings with(BrowserRules other) {
        return new Settings(lifetimes, refreshIn, refreshTokens, dpopNonce, other);
    }
}
