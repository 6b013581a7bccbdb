package dev.latchkey.spring.http;

import dev.latchkey.core.account.Account;
import dev.latchkey.web.WebSession;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says for whom an outgoing call is, where that is not the person whose request this thread serves: for work in the
 * background, and for {@code WebClient} pipelines that change threads. {@code client.get().attributes(account(alice))}.
 */
public final class CallerAttributes {
    private static final String ACCOUNT = CallerAttributes.class.getName() + ".account";
    private static final String SESSION = CallerAttributes.class.getName() + ".session";

    private CallerAttributes() {}

    /** For this account, whether or not it is in anybody's session. */
    public static Consumer<Map<String, Object>> account(Account account) {
        return attributes -> attributes.put(ACCOUNT, account);
    }

    /** For the account that this session means. */
    public static Consumer<Map<String, Object>> session(WebSession session) {
        return attributes -> attributes.put(SESSION, session);
    }

    static Optional<Account> accountOf(Map<String, Object> attributes) {
        return Optional.ofNullable((Account) attributes.get(ACCOUNT));
    }

    /** As an object: without {@code latchkey-web} there is no such type. */
    static @Nullable Object sessionOf(Map<String, Object> attributes) {
        return attributes.get(SESSION);
    }
}
