package dev.latchkey.authority.state;

import dev.latchkey.authority.RefreshTokenPolicy;
import dev.latchkey.authority.memory.BoundedStore;
import dev.latchkey.authority.token.Entropy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Refresh tokens given out, replaced ones included so that a second use is noticed. */
public final class RefreshTokens {
    private static final int MAX_TOKENS = 50_000;

    private final BoundedStore<RefreshToken> tokens = new BoundedStore<>(MAX_TOKENS);
    private final Entropy entropy;

    RefreshTokens(Entropy entropy) {
        this.entropy = entropy;
    }

    /** The first token of a family. */
    public String begin(Grant grant, RefreshTokenPolicy policy, Instant now) {
        return issue(new RefreshToken(grant, policy, now, now, Optional.empty(), 1));
    }

    /** The token after another. */
    public String succeed(RefreshToken used, Instant now) {
        return issue(new RefreshToken(
                used.grant(), used.policy(), used.familyBegan(), now, Optional.empty(), used.generation() + 1));
    }

    public Optional<RefreshToken> find(String value) {
        return tokens.get(value);
    }

    /** Uses a token; false if it was spent already. Of two at the same time one gets true, unless there is a grace. */
    public boolean use(String value, Instant now) {
        return tokens.exchange(value, token -> token.replaced(now))
                .filter(before -> !before.isSpent(now))
                .isPresent();
    }

    /** Every token remembered. */
    public List<RefreshToken> all() {
        return tokens.values();
    }

    void clear() {
        tokens.clear();
    }

    private String issue(RefreshToken token) {
        String value = entropy.token();
        tokens.put(value, token);
        return value;
    }
}
