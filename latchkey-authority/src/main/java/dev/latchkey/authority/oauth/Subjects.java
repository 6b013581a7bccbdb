package dev.latchkey.authority.oauth;

import dev.latchkey.authority.token.Digests;

/** The {@code sub} of a person: pairwise at Entra, public elsewhere. */
final class Subjects {
    private Subjects() {}

    static String of(IssuanceContext context) {
        if (!context.realm().personality().isEntra()) {
            return context.identity().user().id().toString();
        }
        return Digests.pairwiseSubject(
                context.identity().objectId(), context.grant().client().clientId());
    }
}
