package dev.latchkey.core.cache;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;

/**
 * The account that an application works with unless a request says otherwise. Rests in the application's own partition
 * ({@link PartitionKey#application}).
 *
 * @param account where the account rests
 * @param tenantId the tenant in which it is seen
 * @param localAccountId its id in that tenant
 */
public record ActiveAccount(PartitionKey account, String tenantId, String localAccountId) {
    /** Refers to an account. */
    public static ActiveAccount of(Account account) {
        return new ActiveAccount(account.partitionKey(), account.tenantId(), account.localAccountId());
    }

    @Override
    public String toString() {
        return PrintableText.of("ActiveAccount[" + account + " in tenant '" + tenantId + "']");
    }
}
