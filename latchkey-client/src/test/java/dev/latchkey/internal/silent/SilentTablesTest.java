package dev.latchkey.internal.silent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.CacheLookupPolicy;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.OAuthError;
import dev.latchkey.internal.tokens.RefreshTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The decision tables of docs/silent.md, row by row. */
class SilentTablesTest {
    @Test
    void policies_all_lookWhereTheTableSays() throws IOException {
        List<List<String>> rows = table("## Where a silent call may look");

        assertThat(rows)
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(Arrays.stream(CacheLookupPolicy.values())
                        .map(Enum::name)
                        .toList());
        assertThat(rows).allSatisfy(row -> {
            CacheLookupPolicy policy = CacheLookupPolicy.valueOf(row.get(0));
            assertThat(policy.usesAccessToken()).isEqualTo(isYes(row.get(1)));
            assertThat(policy.usesRefreshToken()).isEqualTo(isYes(row.get(2)));
        });
    }

    @Test
    void refusals_all_doWhatTheTableSays() throws IOException {
        List<List<String>> rows = table("## What a refused refresh token means");

        assertThat(rows).hasSizeGreaterThan(5).allSatisfy(row -> {
            String subError = row.get(1).equals("-") ? null : row.get(1);
            String description = row.get(2).replace("names an error of this table", "see login_required");
            AuthException error = new OAuthError(row.get(0), description, subError, null)
                    .toException(ErrorDetails.of("", "").status(400));

            assertThat(RefreshTokens.isRefused(error) && RefreshTokens.isDead(error))
                    .as("%s is removed", row)
                    .isEqualTo(isYes(row.get(3)));
            assertThat(RefreshTokens.isRefused(error) || error instanceof InteractionRequiredAuthException)
                    .as("%s asks the person", row)
                    .isEqualTo(isYes(row.get(4)));
        });
    }

    private static boolean isYes(String cell) {
        assertThat(cell).isIn("yes", "no");
        return cell.equals("yes");
    }

    private static List<List<String>> table(String heading) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "silent.md"));
        String section = page.substring(page.indexOf(heading) + heading.length());
        return section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(cell -> cell.replace("`", "").trim())
                        .toList())
                .toList();
    }
}
