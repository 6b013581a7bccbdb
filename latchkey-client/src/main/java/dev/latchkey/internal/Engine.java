package dev.latchkey.internal;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.DeviceCodeRequest;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionStatus;
import dev.latchkey.LogoutRequest;
import dev.latchkey.PopupRequest;
import dev.latchkey.RedirectRequest;
import dev.latchkey.RedirectSignIn;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.internal.authority.Authorities;
import dev.latchkey.internal.authority.Belonging;
import dev.latchkey.internal.authority.SigningKeyRing;
import dev.latchkey.internal.authority.TokenEndpoint;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.internal.tokens.Revocations;
import dev.latchkey.internal.tokens.TokenSaver;
import dev.latchkey.internal.tokens.UnsavedAnswers;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Everything of one application object, wired in one place, from the network upwards. Thread-safe. */
public final class Engine {
    private final Settings settings;
    private final UnsavedAnswers unsaved;
    private final EventBus events;
    private final InteractionGuard guard;
    private final AccountDirectory accounts;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Null once the application is closed: so the most frequent call of all asks one thing only. */
    private volatile @Nullable SilentAcquisition silent;

    private final InteractiveAcquisition interactive;
    private final RedirectAcquisition redirect;
    private final DeviceCodeAcquisition deviceCode;
    private final Logout logout;
    private final UserInfoCall userInfo;
    private final Belonging belonging;

    /** Wires an engine; asks nothing of the network. */
    public Engine(Settings given) {
        unsaved = new UnsavedAnswers(given.environment());
        settings = given.withStore(unsaved);
        Settings.Environment environment = settings.environment();
        events = new EventBus(environment.clock(), environment.interactions());
        Parts parts = Parts.of(settings, unsaved, events);
        guard = new InteractionGuard(environment.clock(), environment.interactions());
        accounts = parts.accounts();
        belonging = parts.belonging();
        Renewal renewal = new Renewal(settings, parts);
        silent = new SilentAcquisition(settings, parts, renewal, events);
        AuthorizationCodeFlow flow = new AuthorizationCodeFlow(settings, parts);
        interactive = new InteractiveAcquisition(settings, flow, renewal, guard, events);
        redirect = new RedirectAcquisition(settings, flow, renewal, events);
        deviceCode = new DeviceCodeAcquisition(settings, parts, renewal, guard, events);
        logout = new Logout(settings, parts, renewal, guard, events);
        userInfo = new UserInfoCall(settings, parts);
    }

    /** What several ways to a token share. */
    record Parts(
            Network network,
            Revocations revocations,
            Authorities authorities,
            Belonging belonging,
            Realms realms,
            TokenEndpoint tokenEndpoint,
            TokenSaver saver,
            AccountDirectory accounts,
            SignIns signIns) {
        static Parts of(Settings settings, UnsavedAnswers store, EventBus events) {
            Settings.Environment environment = settings.environment();
            InstantSource clock = environment.clock();
            Network network =
                    new Network(environment.transport(), settings.limits().http());
            SigningKeyRing keys = new SigningKeyRing(network, clock);
            TokenSaver saver = new TokenSaver(settings.identity().clientId(), store, clock);
            Authorities authorities = new Authorities(settings.identity(), network, clock);
            Belonging belonging = new Belonging(settings.identity(), authorities);
            AccountDirectory accounts = new AccountDirectory(settings.identity(), store, saver, belonging);
            return new Parts(
                    network,
                    new Revocations(settings, network, belonging),
                    authorities,
                    belonging,
                    new Realms(settings.identity(), authorities, belonging),
                    new TokenEndpoint(settings.identity(), network, keys, clock),
                    saver,
                    accounts,
                    new SignIns(settings, saver, accounts, events));
        }
    }

    /** The silent way. */
    public SilentAcquisition silent() {
        SilentAcquisition present = silent;
        if (present == null) {
            throw closed();
        }
        return present;
    }

    /** The way through the person. */
    public CompletableFuture<AuthenticationResult> popup(PopupRequest request) {
        requireOpen();
        return interactive.acquire(request);
    }

    /** The way through the person where a server sends them: there. */
    public CompletableFuture<RedirectSignIn> redirect(RedirectRequest request) {
        requireOpen();
        return redirect.begin(request);
    }

    /** The way through the person where a server sends them: and back. */
    public CompletableFuture<AuthenticationResult> handleRedirect(
            Secret saved, Parameters answer, @Nullable URI received) {
        requireOpen();
        return redirect.finish(saved, answer, received);
    }

    /** The way through another device. */
    public CompletableFuture<AuthenticationResult> deviceCode(DeviceCodeRequest request) {
        requireOpen();
        return deviceCode.acquire(request);
    }

    /** Signs out here and at the authority. */
    public CompletableFuture<Void> logoutPopup(LogoutRequest request) {
        requireOpen();
        return logout.popup(request);
    }

    /** Signs out here; the future holds the address that ends the session at the authority. */
    public CompletableFuture<URI> logout(LogoutRequest request) {
        requireOpen();
        return logout.here(request);
    }

    /** Says where the person's session at the authority ends; nothing here changes. */
    public CompletableFuture<Optional<URI>> endSessionUri(LogoutRequest request) {
        requireOpen();
        return logout.endSessionUri(request);
    }

    /** Removes the tokens of one account, or of all. */
    public void clear(@Nullable Account account) {
        requireOpen();
        logout.clear(account);
    }

    /** Asks who signed in. */
    public UserInfoCall userInfo() {
        requireOpen();
        return userInfo;
    }

    /** Who has signed in. */
    public AccountDirectory accounts() {
        requireOpen();
        return accounts;
    }

    /** Makes an account the active one and tells about it. */
    public void activate(@Nullable Account account) {
        requireOpen();
        accounts.activate(account);
        EventPayload payload = account == null ? new EventPayload.None() : new EventPayload.Concerns(account);
        events.publish(EventType.ACTIVE_ACCOUNT_CHANGED, null, payload, "");
    }

    /** Whether an address is of the application's own issuer. */
    public boolean isOwnIssuer(String authority) {
        return belonging.isOwnIssuer(settings.identity().named(authority));
    }

    /** Who is told what happens. */
    public EventBus events() {
        requireOpen();
        return events;
    }

    /** Removes a callback. */
    public void forget(String callback) {
        events.remove(callback);
    }

    /** What runs right now. */
    public InteractionStatus status() {
        return guard.status();
    }

    /** Completes when nothing runs. */
    public CompletableFuture<Void> whenNone() {
        requireOpen();
        return guard.whenNone();
    }

    /** What the engine was built with. */
    public Settings settings() {
        return settings;
    }

    /**
     * Accepts no more calls; ends an interaction and the event stream, and releases what was made for this engine
     * alone. Renewals under way are completed; what the store has not accepted so far is tried once more.
     */
    public void close() {
        if (closed.compareAndSet(false, true)) {
            silent = null;
            guard.close();
            events.close();
            unsaved.close();
            settings.environment().release().run();
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw closed();
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the application is closed");
    }
}
