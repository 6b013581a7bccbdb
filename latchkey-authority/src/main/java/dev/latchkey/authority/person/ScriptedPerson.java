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
    private final PersonScript script;
    private final Optional<SSLContext> trust;
    private final CookieHttpClient http;

    private ScriptedPerson(PersonScript script, Optional<SSLContext> trust) {
        this.script = script;
        this.trust = trust;
        this.http = new CookieHttpClient(trust);
    }

    /** Someone who signs in and, unless told otherwise, consents to what is asked. */
    public static ScriptedPerson signsIn(String userName, String password) {
        return new ScriptedPerson(
                new PersonScript(
                        userName, password, PersonScript.AtConsent.ALLOW, 0, false, "", PersonScript.SelfService.NONE),
                Optional.empty());
    }

    /** Allows what the consent page asks. */
    public ScriptedPerson consents() {
        return with(script.atConsent(PersonScript.AtConsent.ALLOW));
    }

    /** Refuses what the consent page asks. */
    public ScriptedPerson refuses() {
        return with(script.atConsent(PersonScript.AtConsent.REFUSE));
    }

    /** Signs in but leaves the consent page unanswered. */
    public ScriptedPerson walksAwayAtConsent() {
        return with(script.atConsent(PersonScript.AtConsent.WALK_AWAY));
    }

    /** Closes the first page that asks anything. */
    public ScriptedPerson walksAway() {
        return with(script.leaving());
    }

    /** Types a wrong password so many times before the right one. */
    public ScriptedPerson typesWrongPasswordFirst(int times) {
        return with(script.wrongPasswords(times));
    }

    /** Presses "Forgot your password?" on a B2C sign-in page. */
    public ScriptedPerson forgetsPassword() {
        return with(script.selfService("forgot-password", ""));
    }

    /** Presses "Cancel" on a sign-in page or one that asks for details. */
    public ScriptedPerson cancels() {
        return with(script.selfService("cancel", ""));
    }

    /** Makes an account under this name on a B2C sign-in page. */
    public ScriptedPerson signsUpAs(String displayName) {
        return with(script.selfService("begin-sign-up", displayName));
    }

    /** Writes this name into a B2C profile. */
    public ScriptedPerson editsNameTo(String displayName) {
        return with(script.selfService("", displayName));
    }

    /** Trusts a certificate authority; see {@code LocalAuthority.sslContext()}. */
    public ScriptedPerson trusting(SSLContext context) {
        return new ScriptedPerson(script, Optional.of(context));
    }

    /** The same browser, used by someone else: the account page is answered for that person. */
    public ScriptedPerson hands(String userName, String password) {
        PersonScript other = new PersonScript(
                userName,
                password,
                script.atConsent(),
                script.wrongPasswords(),
                script.walksAway(),
                "",
                script.selfService());
        return new ScriptedPerson(other, trust, http);
    }

    /**
     * Opens an address and does what is asked there, up to and including the client's redirect URI when that is http
     * on loopback.
     */
    public Visit visit(URI address) {
        return new FormNavigator(script, http).to(address, true);
    }

    /** Opens a device's verification URI, types the code it shows, and does what is asked then (RFC 8628). */
    public Visit entersCode(URI verificationUri, String userCode) {
        return new FormNavigator(script.userCode(userCode), http).to(verificationUri, true);
    }

    /** As {@link #visit}, but stops before the request to the client's redirect URI. */
    public Visit visitUpToRedirect(URI address) {
        return new FormNavigator(script, http).to(address, false);
    }

    @Override
    public String toString() {
        return "ScriptedPerson[" + script + "]";
    }

    private ScriptedPerson(PersonScript script, Optional<SSLContext> trust, CookieHttpClient http) {
        this.script = script;
        this.trust = trust;
        this.http = http;
    }

    private ScriptedPerson with(PersonScript changed) {
        return new ScriptedPerson(changed, trust);
    }
}
