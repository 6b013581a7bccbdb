package dev.latchkey.authority.oauth;

import dev.latchkey.authority.token.Digests;

/** The {@code sub} of a person: pairwise at Entra, public elsewhere. */
final class Subjects {
    private Subjects() {}

    static String of(Issue issue) {
        if (!issue.realm().personality().isEntra()) {
            return issue.identity().user().id().toString();
        }
        return Digests.pairwiseSubject(
                issue.identity().objectId(), issue.grant().client().clientId());
    }
}
