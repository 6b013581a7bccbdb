package dev.latchkey.authority.state;

import dev.latchkey.authority.RefreshTokenPolicy;
import java.time.Instant;
import java.util.Optional;

/** A refresh token: which grant it continues, when its family began, when it was replaced, its place in the line. */
public record RefreshToken(
        Grant grant,
        RefreshTokenPolicy policy,
        Instant familyBegan,
        Instant issuedAt,
        Optional<Instant> replacedAt,
        int generation) {
    /** Whether it lay unused too long, or its family is too old. */
    public boolean hasExpired(Instant now) {
        return !now.isBefore(issuedAt.plus(policy.idle())) || !now.isBefore(familyBegan.plus(policy.absolute()));
    }

    /** Whether it was replaced, and not just now. */
    public boolean isSpent(Instant now) {
        return policy.rotating()
                && replacedAt.isPresent()
                && !now.isBefore(replacedAt.get().plus(policy.grace()));
    }

    RefreshToken replaced(Instant now) {
        Optional<Instant> first = replacedAt.or(() -> Optional.of(now));
        return new RefreshToken(grant, policy, familyBegan, issuedAt, first, generation);
    }

    @Override
    public String toString() {
        return "RefreshToken[" + grant.client() + ", issued " + issuedAt + "]";
    }
}
