package dev.latchkey.spring.http;

import dev.latchkey.core.account.Account;
import dev.latchkey.web.WebSession;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Names the account or session for an outgoing call, if it is not the user whose request this thread serves: for
 * background work, and for {@code WebClient} pipelines that change threads. Example: {@code
 * client.get().attributes(account(alice))}.
 */
public final class CallerAttributes {
    private static final String ACCOUNT = CallerAttributes.class.getName() + ".account";
    private static final String SESSION = CallerAttributes.class.getName() + ".session";

    private CallerAttributes() {}

    /** Uses this account, whether or not it is in any session. */
    public static Consumer<Map<String, Object>> account(Account account) {
        return attributes -> attributes.put(ACCOUNT, account);
    }

    /** Uses the current account of this session. */
    public static Consumer<Map<String, Object>> session(WebSession session) {
        return attributes -> attributes.put(SESSION, session);
    }

    static Optional<Account> accountOf(Map<String, Object> attributes) {
        return Optional.ofNullable((Account) attributes.get(ACCOUNT));
    }

    /** Returned as an object, because the type is missing without {@code latchkey-web}. */
    static @Nullable Object sessionOf(Map<String, Object> attributes) {
        return attributes.get(SESSION);
    }
}
