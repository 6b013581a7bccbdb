package dev.latchkey.authority.person;

import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A person who fills in the authority's real forms over HTTP, so that a sign-in needs no browser. One person is one
 * browser: cookies stay from visit to visit. Setters return another person with a fresh browser.
 *
 * <p>A page that lacks a field or button the person needs fails the visit, as it would fail a real person. Blocking;
 * one visit at a time.
 */
public final class ScriptedPerson {
    private final Manners manners;
    private final Optional<SSLContext> trust;
    private final Web web;

    private ScriptedPerson(Manners manners, Optional<SSLContext> trust) {
        this.manners = manners;
        this.trust = trust;
        this.web = new Web(trust);
    }

    /** Someone who signs in and, unless told otherwise, consents to what is asked. */
    public static ScriptedPerson signsIn(String userName, String password) {
        return new ScriptedPerson(
                new Manners(userName, password, Manners.AtConsent.ALLOW, 0, false, "", Manners.SelfService.NONE),
                Optional.empty());
    }

    /** Allows what the consent page asks. */
    public ScriptedPerson consents() {
        return with(manners.atConsent(Manners.AtConsent.ALLOW));
    }

    /** Refuses what the consent page asks. */
    public ScriptedPerson refuses() {
        return with(manners.atConsent(Manners.AtConsent.REFUSE));
    }

    /** Signs in but leaves the consent page unanswered. */
    public ScriptedPerson walksAwayAtConsent() {
        return with(manners.atConsent(Manners.AtConsent.WALK_AWAY));
    }

    /** Closes the first page that asks anything. */
    public ScriptedPerson walksAway() {
        return with(manners.leaving());
    }

    /** Types a wrong password so many times before the right one. */
    public ScriptedPerson typesWrongPasswordFirst(int times) {
        return with(manners.wrongPasswords(times));
    }

    /** Presses "Forgot your password?" on a B2C sign-in page. */
    public ScriptedPerson forgetsPassword() {
        return with(manners.selfService("forgot-password", ""));
    }

    /** Presses "Cancel" on a sign-in page or one that asks for details. */
    public ScriptedPerson cancels() {
        return with(manners.selfService("cancel", ""));
    }

    /** Makes an account under this name on a B2C sign-in page. */
    public ScriptedPerson signsUpAs(String displayName) {
        return with(manners.selfService("begin-sign-up", displayName));
    }

    /** Writes this name into a B2C profile. */
    public ScriptedPerson editsNameTo(String displayName) {
        return with(manners.selfService("", displayName));
    }

    /** Trusts a certificate authority; see {@code LocalAuthority.sslContext()}. */
    public ScriptedPerson trusting(SSLContext context) {
        return new ScriptedPerson(manners, Optional.of(context));
    }

    /** The same browser, used by someone else: the account page is answered for that person. */
    public ScriptedPerson hands(String userName, String password) {
        Manners other = new Manners(
                userName,
                password,
                manners.atConsent(),
                manners.wrongPasswords(),
                manners.walksAway(),
                "",
                manners.selfService());
        return new ScriptedPerson(other, trust, web);
    }

    /**
     * Opens an address and does what is asked there, up to and including the client's redirect URI when that is http
     * on loopback.
     */
    public Visit visit(URI address) {
        return new Walk(manners, web).to(address, true);
    }

    /** Opens a device's verification URI, types the code it shows, and does what is asked then (RFC 8628). */
    public Visit entersCode(URI verificationUri, String userCode) {
        return new Walk(manners.userCode(userCode), web).to(verificationUri, true);
    }

    /** As {@link #visit}, but stops before the request to the client's redirect URI. */
    public Visit visitUpToRedirect(URI address) {
        return new Walk(manners, web).to(address, false);
    }

    @Override
    public String toString() {
        return "ScriptedPerson[" + manners + "]";
    }

    private ScriptedPerson(Manners manners, Optional<SSLContext> trust, Web web) {
        this.manners = manners;
        this.trust = trust;
        this.web = web;
    }

    private ScriptedPerson with(Manners changed) {
        return new ScriptedPerson(changed, trust);
    }
}
