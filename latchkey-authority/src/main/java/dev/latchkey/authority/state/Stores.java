package dev.latchkey.authority.state;

import dev.latchkey.authority.directory.Settings;
import dev.latchkey.authority.token.Entropy;

/** All that is remembered between requests. */
public record Stores(
        Sessions sessions,
        Consents consents,
        AuthorizationCodes codes,
        RefreshTokens refreshTokens,
        Revocations revocations,
        DeviceCodes deviceCodes,
        Replays replays,
        PushedRequests pushedRequests,
        KeyBindings keyBindings,
        Participants participants,
        Challenges challenges) {
    /** Empty stores. */
    public static Stores create(Entropy entropy, Settings settings) {
        return new Stores(
                new Sessions(entropy, settings.lifetimes().session()),
                new Consents(),
                new AuthorizationCodes(entropy),
                new RefreshTokens(entropy),
                new Revocations(),
                new DeviceCodes(entropy),
                new Replays(),
                new PushedRequests(entropy),
                new KeyBindings(),
                new Participants(),
                new Challenges());
    }

    /** Forgets everything. */
    public void clear() {
        sessions.clear();
        consents.clear();
        codes.clear();
        refreshTokens.clear();
        revocations.clear();
        deviceCodes.clear();
        replays.clear();
        pushedRequests.clear();
        keyBindings.clear();
        participants.clear();
        challenges.clear();
    }
}
