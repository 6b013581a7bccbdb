package dev.latchkey.web.session;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** Writes and reads cookie values that only this front can read. Thread-safe. */
public final class Sealed {
    /** Far more than the content of a genuine cookie expands to. */
    private static final int MOST_BYTES = 64 * 1024;

    private final Seal seal;
    private final InstantSource clock;

    /** Uses the keys of a front. */
    public Sealed(FrontKeys keys, InstantSource clock, SecureRandom random) {
        this.seal = new Seal(keys, random);
        this.clock = clock;
    }

    /** The value for the cookie of this name. */
    public String write(String cookie, Kept kept) {
        return seal.seal(cookie, Compact.pack(KeptCodec.encode(kept)));
    }

    /** What this front wrote for this cookie, unless it has expired. */
    public Optional<Kept> read(String cookie, String value) {
        return Optional.ofNullable(seal.open(cookie, value))
                .map(content -> Compact.unpack(content, MOST_BYTES))
                .map(KeptCodec::decode)
                .filter(kept -> kept.expiresOn().isAfter(clock.instant()));
    }
}
