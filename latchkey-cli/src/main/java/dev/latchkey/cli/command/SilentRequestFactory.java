package dev.latchkey.cli.command;

import dev.latchkey.SilentRequest;
import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Option;
import dev.latchkey.cli.args.UsageException;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import java.util.List;

/** Builds the silent request from the arguments. */
final class SilentRequestFactory {
    private SilentRequestFactory() {}

    /** The scopes; those of a sign-in by default. */
    static Scopes scopes(Arguments arguments) {
        List<String> names = arguments.list(Option.SCOPE);
        try {
            return names.isEmpty() ? Scopes.of("openid", "profile") : Scopes.of(names);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** The silent request for an account. */
    static SilentRequest request(Arguments arguments, Account account) {
        SilentRequest.Builder request = SilentRequest.builder(scopes(arguments))
                .account(account)
                .tenantId(arguments.text(Option.TENANT).orElse(null))
                .resource(arguments.text(Option.RESOURCE).orElse(null))
                .claims(arguments.text(Option.CLAIMS).orElse(null));
        return arguments.has(Option.FORCE_REFRESH) ? request.forceRefresh().build() : request.build();
    }
}
