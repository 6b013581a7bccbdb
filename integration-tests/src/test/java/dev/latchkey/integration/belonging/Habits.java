package dev.latchkey.integration.belonging;

/**
 * How an issuer responds, within the specifications.
 *
 * @param omitsScope omits {@code scope} if everything was granted (RFC 6749 section 5.1)
 * @param narrows grants less than requested
 * @param sendsIssuer adds {@code iss} to authorization responses (RFC 9207)
 * @param privateTenant adds a private {@code tid} to ID tokens, a different one each time
 * @param idTokenOnRefresh returns an ID token with a refresh (OpenID Connect Core 12.2)
 * @param formPost supports the response mode
 * @param givesHints adds {@code login_hint} and {@code sid} to ID tokens
 * @param namesPolicy B2C: adds {@code tfp} to ID tokens
 * @param attacks redirects users to another issuer (RFC 9700 section 4.4); only the evil one does
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
    /** An honest issuer that sends everything except {@code iss}. */
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
