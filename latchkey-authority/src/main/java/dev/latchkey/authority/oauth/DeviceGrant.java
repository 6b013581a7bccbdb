package dev.latchkey.authority.oauth;

import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.scope.ScopeSet;
import dev.latchkey.authority.state.DeviceCode;
import dev.latchkey.authority.state.Grant;
import dev.latchkey.authority.state.Stores;
import java.time.Instant;
import java.util.Optional;

/** Tells a device whether the person has decided (RFC 8628 section 3.4). */
final class DeviceGrant implements GrantHandler {
    private final Site site;
    private final Stores stores;
    private final TokenScopes scopes;

    DeviceGrant(Site site, Stores stores, TokenScopes scopes) {
        this.site = site;
        this.stores = stores;
        this.scopes = scopes;
    }

    @Override
    public IssuanceContext grant(TokenCall call) throws OAuthException {
        String value = call.required("device_code");
        Instant now = site.clock().instant();
        DeviceCode device = stores.deviceCodes()
                .find(value)
                .orElseThrow(() -> Problem.DEVICE_CODE_UNKNOWN.because("the device_code was not issued here"));
        checkOwner(device, call);
        stores.deviceCodes().poll(value, now);
        if (!now.isBefore(device.expiresAt())) {
            throw Problem.DEVICE_CODE_EXPIRED.because("the device_code expired at " + device.expiresAt());
        }
        Grant grant = decided(device, now);
        if (!stores.deviceCodes().redeem(value)) {
            throw redeemed();
        }
        ScopeSet granted = scopes.ofCode(call, grant);
        Optional<String> refreshToken = grant.scopes().wantsRefreshToken()
                ? Optional.of(
                        stores.refreshTokens().begin(grant, site.settings().refreshTokens(call.client()), site.now()))
                : Optional.empty();
        return new IssuanceContext(grant, call.realm(), granted, Optional.empty(), refreshToken);
    }

    private static void checkOwner(DeviceCode device, TokenCall call) throws OAuthException {
        boolean sameClient =
                device.request().client().clientId().equals(call.client().clientId());
        if (!sameClient
                || device.request().realm().personality() != call.realm().personality()) {
            throw Problem.DEVICE_CODE_UNKNOWN.because("the device_code was issued to another client or elsewhere");
        }
    }

    private static Grant decided(DeviceCode device, Instant now) throws OAuthException {
        switch (device.decision().state()) {
            case REFUSED -> throw Problem.DEVICE_REFUSED.because("the person refused");
            case REDEEMED -> throw redeemed();
            case PENDING -> throw pending(device, now);
            case APPROVED -> {
                // Goes on below.
            }
        }
        return device.decision().grant().orElseThrow(() -> redeemed());
    }

    private static OAuthException pending(DeviceCode device, Instant now) {
        if (device.polling().isTooSoon(now)) {
            return Problem.DEVICE_POLLED_TOO_FAST.because("ask no more often than every "
                    + device.polling().interval().toSeconds() + " seconds; from now on 5 seconds less often");
        }
        return Problem.DEVICE_PENDING.because("the person has not decided yet");
    }

    private static OAuthException redeemed() {
        return Problem.DEVICE_CODE_UNKNOWN.because("the device_code was redeemed before");
    }
}
