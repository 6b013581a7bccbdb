package dev.latchkey.authority.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.authority.Tenant;
import dev.latchkey.authority.User;
import java.util.Base64;
import java.util.UUID;

/** A person as one tenant knows them: the same person has another object id where they are a guest. */
public record Identity(User user, Tenant tenant, Tenant home) {
    /** The object id in this tenant. */
    public String objectId() {
        if (tenant.equals(home)) {
            return user.id().toString();
        }
        String name = "guest:" + user.id() + "@" + tenant.id();
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }

    /** An opaque {@code login_hint} that finds the person again. */
    public String loginHint() {
        return opaqueHint(user);
    }

    /** Whether a {@code login_hint}, as typed or as issued, means this person. */
    public static boolean isMeantBy(User user, String hint) {
        return user.isNamed(hint)
                || hint.equals(opaqueHint(user))
                || hint.equals(user.id().toString());
    }

    private static String opaqueHint(User user) {
        byte[] bytes = ("u:" + user.id()).getBytes(UTF_8);
        return "O." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
