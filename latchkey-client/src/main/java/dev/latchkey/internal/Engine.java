package dev.latchkey.internal;

import dev.latchkey.internal.authority.UserInfoCall;
import dev.latchkey.internal.calls.EventBus;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.internal.interactive.AuthorizationCodeFlow;
import dev.latchkey.internal.interactive.DeviceCodeAcquisition;
import dev.latchkey.internal.interactive.InteractionGuard;
import dev.latchkey.internal.interactive.InteractiveAcquisition;
import dev.latchkey.internal.interactive.Logout;
import dev.latchkey.internal.interactive.RedirectAcquisition;
import dev.latchkey.internal.silent.Realms;
import dev.latchkey.internal.silent.Renewal;
import dev.latchkey.internal.silent.SilentAcquisition;
import dev.latchkey.internal.tokens.AccountCalls;
import dev.latchkey.internal.tokens.Parts;
import dev.latchkey.internal.tokens.UnsavedAnswers;
import java.util.concurrent.atomic.AtomicBoolean;

/** The parts of one application object, wired in one place, from the network upwards. Thread-safe. */
public final class Engine {
    private final Settings settings;
    private final UnsavedAnswers unsaved;
    private final EventBus events;
    private final InteractionGuard guard;
    private final Parts parts;
    private final SilentAcquisition silent;
    private final InteractiveAcquisition interactive;
    private final RedirectAcquisition redirect;
    private final DeviceCodeAcquisition deviceCode;
    private final Logout logout;
    private final UserInfoCall userInfo;
    private final AccountCalls accounts;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Wires an engine; asks nothing of the network. */
    public Engine(Settings given) {
        unsaved = new UnsavedAnswers(given.environment());
        settings = given.withStore(unsaved);
        Settings.Environment environment = settings.environment();
        events = new EventBus(environment.clock(), environment.interactions());
        guard = new InteractionGuard(environment.clock(), environment.interactions());
        parts = Parts.of(settings, unsaved, events);
        userInfo = new UserInfoCall(settings, parts.network(), parts.authorities(), parts.belonging(), parts.keys());
        accounts = new AccountCalls(parts.accounts(), environment.executor());
        Realms realms = new Realms(settings.identity(), parts.authorities(), parts.belonging());
        Renewal renewal = new Renewal(settings, parts, realms);
        silent = new SilentAcquisition(settings, parts, realms, renewal, events);
        AuthorizationCodeFlow flow = new AuthorizationCodeFlow(settings, parts);
        interactive = new InteractiveAcquisition(settings, flow, renewal, guard, events);
        redirect = new RedirectAcquisition(settings, flow, renewal, events);
        deviceCode = new DeviceCodeAcquisition(settings, parts, renewal, guard, events);
        logout = new Logout(settings, parts, renewal, guard, events);
    }

    /**
     * The engine, for a call that a closed application does not take.
     *
     * @throws IllegalStateException if the application is closed
     */
    public Engine open() {
        if (closed.get()) {
            throw new IllegalStateException("the application is closed");
        }
        return this;
    }

    /** What the engine was built with; its store is the one that also serves what could not be stored yet. */
    public Settings settings() {
        return settings;
    }

    /** The silent way to a token. */
    public SilentAcquisition silent() {
        return silent;
    }

    /** The way through a browser on this machine. */
    public InteractiveAcquisition interactive() {
        return interactive;
    }

    /** The way through a page of a web server. */
    public RedirectAcquisition redirect() {
        return redirect;
    }

    /** The way through another device. */
    public DeviceCodeAcquisition deviceCode() {
        return deviceCode;
    }

    /** Ends what the others began. */
    public Logout logout() {
        return logout;
    }

    /** Asks the authority about a person. */
    public UserInfoCall userInfo() {
        return userInfo;
    }

    /** Who has signed in. */
    public AccountCalls accounts() {
        return accounts;
    }

    /** What every way to a token is built from. */
    public Parts parts() {
        return parts;
    }

    /** Who is told what happens. */
    public EventBus events() {
        return events;
    }

    /** Which interaction runs. */
    public InteractionGuard guard() {
        return guard;
    }

    /**
     * Accepts no more calls; ends an interaction and the event stream, and releases what was made for this engine
     * alone. Renewals under way are completed; what the store has not accepted so far is tried once more.
     */
    public void close() {
        if (closed.compareAndSet(false, true)) {
            guard.close();
            events.close();
            unsaved.close();
            settings.environment().release().run();
        }
    }
}
