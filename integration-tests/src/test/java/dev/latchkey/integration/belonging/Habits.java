package dev.latchkey.integration.belonging;

/**
 * How an issuer answers, within the specifications.
 *
 * @param omitsScope leaves {@code scope} out where all was granted (RFC 6749 section 5.1)
 * @param narrows grants less than was asked for
 * @param sendsIssuer puts {@code iss} into authorization answers (RFC 9207)
 * @param privateTenant puts a {@code tid} of its own into ID tokens, another each time
 * @param idTokenOnRefresh sends an ID token with a refresh (OpenID Connect Core 12.2)
 * @param formPost offers the response mode
 * @param givesHints puts {@code login_hint} and {@code sid} into ID tokens
 * @param namesPolicy B2C: puts {@code tfp} into ID tokens
 * @param attacks sends people on to another issuer (RFC 9700 section 4.4); only the evil one does
 */
record Habits(
        boolean omitsScope,
        boolean narrows,
        boolean sendsIssuer,
        boolean privateTenant,
        boolean idTokenOnRefresh,
        boolean formPost,
        boolean givesHints,
        boolean namesPolicy,
        boolean attacks) {
    /** One that sends all it can but the issuer, and is honest. */
    static final Habits PLAIN = new Habits(false, false, false, false, true, false, true, true, false);

    Habits sendingIssuer() {
        return new Habits(
                omitsScope, narrows, true, privateTenant, idTokenOnRefresh, formPost, givesHints, namesPolicy, attacks);
    }

    Habits withPrivateTenant() {
        return new Habits(
                omitsScope, narrows, sendsIssuer, true, idTokenOnRefresh, formPost, givesHints, namesPolicy, attacks);
    }

    Habits attacking() {
        return new Habits(
                omitsScope,
                narrows,
                sendsIssuer,
                privateTenant,
                idTokenOnRefresh,
                formPost,
                givesHints,
                namesPolicy,
                true);
    }

    static Habits of(Dice dice, boolean evil) {
        return new Habits(
                dice.chance(50),
                dice.chance(30),
                dice.chance(50),
                dice.chance(15),
                dice.chance(80),
                dice.chance(50),
                dice.chance(50),
                dice.chance(70),
                evil && dice.chance(50));
    }
}
