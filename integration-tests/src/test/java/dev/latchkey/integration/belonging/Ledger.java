package dev.latchkey.integration.belonging;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Every secret of a world, with the truth about it. */
final class Ledger {
    private final Map<String, Fact> facts = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /** Creates an opaque secret. */
    String issue(Fact fact) {
        String text = fact.kind().name().toLowerCase(Locale.ROOT).replace('_', '-') + "." + count.incrementAndGet();
        facts.put(text, fact);
        return text;
    }

    /** Records a secret that was created elsewhere; the first entry stays. */
    void note(String secret, Fact fact) {
        facts.putIfAbsent(secret, fact);
    }

    @Nullable
    Fact find(@Nullable String secret) {
        return secret == null ? null : facts.get(secret);
    }

    @Nullable
    Fact find(@Nullable String secret, Kind kind) {
        Fact fact = find(secret);
        return fact != null && fact.kind() == kind ? fact : null;
    }

    /** All secrets of a kind. */
    List<String> all(Kind kind) {
        return facts.entrySet().stream()
                .filter(entry -> entry.getValue().kind() == kind)
                .map(Map.Entry::getKey)
                .toList();
    }
}
