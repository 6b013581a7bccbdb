package dev.latchkey.authority.state;

import dev.latchkey.authority.memory.BoundedStore;
import dev.latchkey.authority.token.Entropy;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Devices that wait for a person, found by the device's code or by the one the person types (RFC 8628). */
public final class DeviceCodes {
    private static final int MAX_DEVICES = 5_000;
    // No vowels, so that no words come out; no letters that look alike (RFC 8628 section 6.1).
    private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
    private static final int USER_CODE_LENGTH = 8;

    private final BoundedStore<DeviceCode> devices = new BoundedStore<>(MAX_DEVICES);
    private final BoundedStore<String> byUserCode = new BoundedStore<>(MAX_DEVICES);
    private final Entropy entropy;

    DeviceCodes(Entropy entropy) {
        this.entropy = entropy;
    }

    /** Begins to wait and gives the device's code. */
    public String begin(DeviceCode.Request request, Instant expiresAt, Duration interval) {
        String value = entropy.token();
        String userCode = entropy.text(ALPHABET, USER_CODE_LENGTH);
        var polling = new DeviceCode.Polling(interval, Optional.empty());
        devices.put(value, new DeviceCode(request, userCode, expiresAt, DeviceCode.Decision.NONE, polling));
        byUserCode.put(userCode, value);
        return value;
    }

    public Optional<DeviceCode> find(String value) {
        return devices.get(value);
    }

    /** By the code a person typed: case, spaces and dashes do not matter. */
    public Optional<DeviceCode> findTyped(String typed) {
        return byUserCode.get(normalized(typed)).flatMap(devices::get);
    }

    /** Remembers that the device asked, and gives what was before. */
    public Optional<DeviceCode> poll(String value, Instant now) {
        return devices.exchange(value, device -> device.polled(now));
    }

    /** Remembers what the person decided; what was decided once stays so. */
    public void decide(String userCode, Optional<Grant> grant) {
        DeviceCode.State state = grant.isPresent() ? DeviceCode.State.APPROVED : DeviceCode.State.REFUSED;
        String value = byUserCode.get(normalized(userCode)).orElse("");
        devices.exchange(value, device -> isPending(device) ? device.decided(state, grant) : device);
    }

    /** Redeems an approved code; false if somebody was faster. */
    public boolean redeem(String value) {
        return devices.exchange(
                        value,
                        device -> device.decided(
                                DeviceCode.State.REDEEMED, device.decision().grant()))
                .filter(before -> before.decision().state() == DeviceCode.State.APPROVED)
                .isPresent();
    }

    void clear() {
        devices.clear();
        byUserCode.clear();
    }

    private static boolean isPending(DeviceCode device) {
        return device.decision().state() == DeviceCode.State.PENDING;
    }

    private static String normalized(String typed) {
        return typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
    }
}
