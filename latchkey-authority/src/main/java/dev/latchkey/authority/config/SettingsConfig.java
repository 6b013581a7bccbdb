package dev.latchkey.authority.config;

import dev.latchkey.authority.CrossOriginOpenerPolicy;
import dev.latchkey.authority.RefreshTokenPolicy;
import dev.latchkey.authority.directory.Settings;
import java.time.Duration;

/** Reads what holds for every client. */
final class SettingsConfig {
    private static final Members<Settings> MEMBERS = new Members<Settings>()
            .duration("accessTokenLifetime", Settings::accessTokenLifetime)
            .duration("refreshIn", Settings::refreshIn)
            .duration("codeLifetime", Settings::codeLifetime)
            .with("refreshTokens", (settings, json) -> settings.refreshTokens(refreshTokens(json)))
            .flag("requireDpopNonce", Settings::requireDpopNonce)
            .text(
                    "crossOriginOpenerPolicy",
                    (settings, policy) -> settings.crossOriginOpenerPolicy(CrossOriginOpenerPolicy.of(policy)))
            .flag("withoutThirdPartyCookies", Settings::withoutThirdPartyCookies);
    private static final Members<RefreshTokenPolicy> POLICY = new Members<RefreshTokenPolicy>("rotating")
            .duration("grace", SettingsConfig::grace)
            .duration("idle", (policy, idle) -> policy.lifetimes(idle, policy.absolute()))
            .duration("absolute", (policy, absolute) -> policy.lifetimes(policy.idle(), absolute));

    private SettingsConfig() {}

    static Settings apply(Settings settings, ConfigObject json) {
        return MEMBERS.read(json, () -> settings);
    }

    /** The policy in the member {@code refreshTokens}; rotating unless it says otherwise. */
    static RefreshTokenPolicy refreshTokens(ConfigObject json) {
        ConfigObject policy =
                json.object("refreshTokens", "a refresh token policy").orElseThrow();
        return POLICY.read(policy, () -> {
            boolean rotating = !policy.has("rotating") || policy.flag("rotating");
            return rotating ? RefreshTokenPolicy.rotatingStrictly() : RefreshTokenPolicy.reusable();
        });
    }

    private static RefreshTokenPolicy grace(RefreshTokenPolicy policy, Duration grace) {
        return new RefreshTokenPolicy(policy.rotating(), grace, policy.idle(), policy.absolute());
    }
}
