package dev.latchkey.authority;

import dev.latchkey.authority.state.RefreshToken;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The refresh tokens that descend from one sign-in, without their values.
 *
 * @param id of the sign-in
 * @param members oldest generation first
 * @param revoked whether all of them are revoked
 */
public record TokenFamily(String id, String clientId, String userName, List<Member> members, boolean revoked) {
    /**
     * One refresh token.
     *
     * @param generation 1 for the token that came with the sign-in
     * @param replacedAt when it was first used; empty if it is still unused
     */
    public record Member(int generation, Instant issuedAt, Optional<Instant> replacedAt) {}

    public TokenFamily {
        members = List.copyOf(members);
    }

    /** How often the family was renewed in a row. */
    public int generations() {
        return members.isEmpty() ? 0 : members.get(members.size() - 1).generation();
    }

    static TokenFamily of(List<RefreshToken> tokens, boolean revoked) {
        List<Member> members = tokens.stream()
                .map(token -> new Member(token.generation(), token.issuedAt(), token.replacedAt()))
                .sorted(Comparator.comparing(Member::generation).thenComparing(Member::issuedAt))
                .toList();
        RefreshToken any = tokens.get(0);
        return new TokenFamily(
                any.grant().id(),
                any.grant().client().clientId(),
                any.grant().identity().user().userName(),
                members,
                revoked);
    }
}
