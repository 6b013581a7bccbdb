package dev.latchkey.authority.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.page.Pages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** Style sheet, script and icon. */
final class Assets {
    private static final String PREFIX = "/assets/";
    private static final Map<String, String> MEDIA_TYPES =
            Map.of("page.css", "text/css", "form-post.js", "text/javascript", "icon.svg", "image/svg+xml");

    private Assets() {}

    static Optional<Reply> at(String path) {
        String name = path.startsWith(PREFIX) ? path.substring(PREFIX.length()) : "";
        return Optional.ofNullable(MEDIA_TYPES.get(name)).map(type -> read(name, type));
    }

    private static Reply read(String name, String mediaType) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return Reply.text(200, mediaType, new String(in.readAllBytes(), UTF_8))
                    .header("Cache-Control", "max-age=300")
                    .header("X-Content-Type-Options", "nosniff");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
