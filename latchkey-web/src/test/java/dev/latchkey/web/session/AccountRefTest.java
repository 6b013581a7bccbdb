package dev.latchkey.web.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page may send anything as an account. */
class AccountRefTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "u.t; login|example",
                "u\\ud800; login.example",
                "\\udc00; login.example",
                "u.t; login\\ud800",
                "; login.example",
                "u.t; ",
            })
    void read_namesNobody_isRefused(String home, String environment) throws JsonException {
        JsonObject json = account(home == null ? "" : home, environment == null ? "" : environment);

        assertThatIllegalArgumentException().isThrownBy(() -> AccountRef.read(json, "account"));
    }

    @Test
    void read_namesSomebody_hasTheAccountsKey() throws JsonException {
        AccountRef read = AccountRef.read(account("u.t", "login.example"), "account");

        assertThat(read.key()).isEqualTo(PartitionKey.user("login.example", "u.t"));
    }

    private static JsonObject account(String home, String environment) throws JsonException {
        return Json.parseObject("{\"account\":{\"homeAccountId\":\"" + home + "\",\"environment\":\"" + environment
                + "\",\"tenantId\":\"t\"}}");
    }
}
