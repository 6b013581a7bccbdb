package dev.latchkey.authority.state;

import dev.latchkey.authority.memory.BoundedStore;
import dev.latchkey.authority.token.Entropy;
import java.util.Optional;

/** Codes given out, redeemed ones included so that a second use is noticed. */
public final class AuthorizationCodes {
    private static final int MAX_CODES = 10_000;

    private final BoundedStore<AuthorizationCode> codes = new BoundedStore<>(MAX_CODES);
    private final Entropy entropy;

    AuthorizationCodes(Entropy entropy) {
        this.entropy = entropy;
    }

    /** Gives a code its value. */
    public String issue(AuthorizationCode code) {
        String value = entropy.token();
        codes.put(value, code);
        return value;
    }

    public Optional<AuthorizationCode> find(String value) {
        return codes.get(value);
    }

    /** Redeems a code; false if somebody was faster. */
    public boolean redeem(String value) {
        return codes.exchange(value, AuthorizationCode::asRedeemed)
                .filter(before -> !before.redeemed())
                .isPresent();
    }

    void clear() {
        codes.clear();
    }
}
