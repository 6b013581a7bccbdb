package dev.latchkey.authority.state;

import dev.latchkey.authority.User;
import java.time.Instant;

/** A person who is signed in in one browser. */
public record SignedIn(User user, Instant authenticatedAt, String sessionId) {}
