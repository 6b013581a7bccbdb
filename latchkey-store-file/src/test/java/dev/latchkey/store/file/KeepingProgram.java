package dev.latchkey.store.file;

import static dev.latchkey.store.file.Samples.ADA;

import dev.latchkey.core.error.CacheException;
import java.nio.file.Path;

/** Opens a store as a program does that knows nothing of this test, and ends by itself; run as a process of its own. */
final class KeepingProgram {
    private KeepingProgram() {}

    /** Takes the store's directory, and the token to write, if one is to be written. Prints the token or the code. */
    public static void main(String[] words) {
        FileTokenStore store = FileTokenStore.builder(Path.of(words[0])).open();
        try {
            if (words.length > 1) {
                Samples.write(store, ADA, words[1]);
            }
            System.out.println(Samples.token(store, ADA));
        } catch (CacheException e) {
            System.out.println(e.errorCode());
        }
    }
}
