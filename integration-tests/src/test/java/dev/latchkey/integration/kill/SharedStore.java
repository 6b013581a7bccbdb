package dev.latchkey.integration.kill;

import dev.latchkey.PopupRequest;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.store.file.FileTokenStore;
import java.nio.file.Path;

/**
 * The file store that processes share, and the authority of its one account.
 *
 * @param directory the directory of the store
 * @param idp the authority
 */
record SharedStore(Path directory, LocalAuthority idp) {
    String authority() {
        return idp.entraAuthority("contoso").toString();
    }

    void signIn() {
        ScriptedPerson alice = idp.person("alice@contoso.example");
        try (PublicClientApplication app = PublicClientApplication.builder(LocalAuthority.DEFAULT_CLIENT_ID)
                .authority(authority(), AuthorityKind.ENTRA)
                .store(FileTokenStore.builder(directory).withoutKeychain().open())
                .userAgent(uri -> new Thread(() -> alice.visit(uri)).start())
                .build()) {
            app.blocking().acquireTokenPopup(PopupRequest.of("User.Read"));
        }
    }

    RenewingProcess start(String name, String... options) {
        return RenewingProcess.start(name, directory, authority(), options);
    }
}
