package dev.latchkey.authority.realm;

import dev.latchkey.authority.directory.Directory;
import dev.latchkey.authority.directory.Settings;
import dev.latchkey.authority.token.Entropy;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What every endpoint needs to know about the authority it belongs to. */
public record Site(Realms realms, Directory directory, Settings settings, InstantSource clock, Entropy entropy) {
    /** The same authority with other people, clients, APIs and settings. */
    public Site with(Directory other, Settings changed) {
        return new Site(realms.with(other), other, changed, clock, entropy);
    }

    /** The present, in whole seconds as tokens have it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
