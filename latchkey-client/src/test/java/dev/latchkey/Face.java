package dev.latchkey;

import dev.latchkey.core.error.AuthException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The two faces of one implementation: what is promised holds for both. */
enum Face {
    FUTURES {
        @Override
        AuthenticationResult silent(PublicClientApplication app, SilentRequest request) {
            return join(app.acquireTokenSilent(request));
        }

        @Override
        AuthenticationResult popup(PublicClientApplication app, PopupRequest request) {
            return join(app.acquireTokenPopup(request));
        }

        @Override
        AuthenticationResult deviceCode(PublicClientApplication app, DeviceCodeRequest request) {
            return join(app.acquireTokenByDeviceCode(request));
        }
    },
    BLOCKING {
        @Override
        AuthenticationResult silent(PublicClientApplication app, SilentRequest request) {
            return app.blocking().acquireTokenSilent(request);
        }

        @Override
        AuthenticationResult popup(PublicClientApplication app, PopupRequest request) {
            return app.blocking().acquireTokenPopup(request);
        }

        @Override
        AuthenticationResult deviceCode(PublicClientApplication app, DeviceCodeRequest request) {
            return app.blocking().acquireTokenByDeviceCode(request);
        }
    };

    abstract AuthenticationResult silent(PublicClientApplication app, SilentRequest request);

    abstract AuthenticationResult popup(PublicClientApplication app, PopupRequest request);

    abstract AuthenticationResult deviceCode(PublicClientApplication app, DeviceCodeRequest request);

    /** Waits, and throws the failure itself; anything but an {@link AuthException} fails the test. */
    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AuthException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
