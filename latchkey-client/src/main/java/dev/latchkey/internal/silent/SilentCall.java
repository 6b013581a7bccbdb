package dev.latchkey.internal.silent;

import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;

/**
 * A silent request with what it left open filled in; the key under which equal calls share one flight and one throttle.
 *
 * @param request the request
 * @param account for whom
 * @param realm in which tenant
 */
record SilentCall(SilentRequest request, Account account, String realm) {}
