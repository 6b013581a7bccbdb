package dev.latchkey.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of OAuth 2.0 scopes (RFC 6749 section 3.3), immutable.
 *
 * <p>The caller's order and case are sent; comparisons ignore both, as common authorities do. The OpenID Connect scopes
 * ({@code openid profile offline_access}) are added to every request and omitted from cache look-ups by {@link
 * #forLookup()}.
 */
public final class Scopes {
    private static final int MOST_KNOWN = 1_000;
    private static final int LONGEST_KNOWN = 1_000;
    private static final int LONGEST_SHOWN = 100;

    /**
     * The sets in use, each once: a program asks for the same few in every call, and a hundred thousand cached tokens
     * hold the same few. Comparing them is then comparing references. Bounded, because answers could name anything.
     */
    private static final ConcurrentHashMap<List<String>, Scopes> KNOWN = new ConcurrentHashMap<>();

    /** Those of one name, found without a list. */
    private static final ConcurrentHashMap<String, Scopes> KNOWN_SINGLE = new ConcurrentHashMap<>();

    /** Added to every request unless the application sets others: ID token, the user's name, refresh token. */
    public static final Scopes DEFAULTS = Scopes.of("openid", "profile", "offline_access");

    /** No scopes at all. */
    public static final Scopes NONE = new Scopes(List.of());

    private static final int FEW = 16;

    /** Followed by {@code email} or {@code profile}. */
    private static final String GOOGLE = "https://www.googleapis.com/auth/userinfo.";

    private static final String BLANKS = " \t\n\u000b\f\r";

    private static final Set<String> OIDC = Set.of("openid", "profile", "offline_access", "email");

    /** OpenID Connect Core sections 3.1.2.1, 5.4 and 11. */
    private static final Set<String> SIGN_IN =
            Set.of("openid", "profile", "offline_access", "email", "address", "phone");

    private final List<String> values;
    private final String[] folded;
    private final int hash;

    /** What {@link #forLookup()} gives: a pure function of this, kept on first use. */
    private @Nullable Scopes lookup;

    private Scopes(List<String> distinct) {
        this.values = distinct;
        this.folded = values.stream().map(LowerCase::of).distinct().sorted().toArray(String[]::new);
        this.hash = Arrays.hashCode(folded);
    }

    /**
     * Scopes from separate names.
     *
     * @throws IllegalArgumentException if a name contains a character that RFC 6749 section 3.3 does not allow
     */
    public static Scopes of(String... names) {
        Scopes known = names.length == 1 ? KNOWN_SINGLE.get(names[0]) : null;
        return known == null ? of(Arrays.asList(names)) : known;
    }

    /**
     * Scopes from separate names; blank ones are dropped.
     *
     * @throws IllegalArgumentException if a name contains a character that RFC 6749 section 3.3 does not allow
     */
    public static Scopes of(Collection<String> names) {
        Scopes known = names instanceof List<String> list ? KNOWN.get(list) : null;
        return known == null ? checked(names) : known;
    }

    private static Scopes checked(Collection<String> names) {
        Set<String> distinct = new LinkedHashSet<>();
        for (String name : names) {
            String trimmed = name.trim();
            if (!trimmed.isEmpty()) {
                distinct.add(requireToken(trimmed));
            }
        }
        return known(distinct);
    }

    private static Scopes known(Collection<String> distinct) {
        List<String> values = List.copyOf(distinct);
        Scopes known = KNOWN.get(values);
        if (known != null) {
            return known;
        }
        Scopes made = new Scopes(values);
        boolean kept = KNOWN.mappingCount() < MOST_KNOWN
                && values.stream().mapToInt(String::length).sum() <= LONGEST_KNOWN;
        Scopes other = kept ? KNOWN.putIfAbsent(values, made) : null;
        Scopes one = other == null ? made : other;
        if (kept && values.size() == 1) {
            KNOWN_SINGLE.put(values.get(0), one);
        }
        return one;
    }

    /** Parses scopes from a message: separated by spaces; anything that is not a valid scope token is dropped. */
    public static Scopes parse(String text) {
        Set<String> names = new LinkedHashSet<>();
        for (StringTokenizer words = new StringTokenizer(text, BLANKS); words.hasMoreTokens(); ) {
            String name = words.nextToken();
            if (isToken(name)) {
                names.add(name);
            }
        }
        return known(names);
    }

    /**
     * Parses the {@code scope} of a token response. Some servers separate scopes by commas, which RFC 6749 section 3.3
     * allows within a scope. A name is split at its commas only where that is certain: no requested scope has a comma,
     * and at least one of the parts was requested. Google grants {@code email} and {@code profile} under names of its own:
     * the requested ones are added.
     */
    public static Scopes granted(String text, Scopes requested) {
        Scopes granted = withRequestedNames(parse(text), requested);
        if (text.indexOf(',') < 0 || requested.values.stream().anyMatch(scope -> scope.indexOf(',') >= 0)) {
            return granted;
        }
        Set<String> names = new LinkedHashSet<>();
        for (String name : granted.values) {
            List<String> parts = parts(name);
            names.addAll(parts.stream().anyMatch(requested::contains) ? parts : List.of(name));
        }
        return known(names);
    }

    private static Scopes withRequestedNames(Scopes granted, Scopes requested) {
        List<String> same = requested.values.stream()
                .filter(name -> granted.contains(GOOGLE + name))
                .toList();
        return same.isEmpty() ? granted : granted.plus(known(same));
    }

    private static List<String> parts(String name) {
        List<String> parts = new ArrayList<>();
        for (StringTokenizer rest = new StringTokenizer(name, ","); rest.hasMoreTokens(); ) {
            parts.add(rest.nextToken());
        }
        return parts;
    }

    /** Whether these are OpenID Connect's own scopes only, {@code openid} among them: they ask who signed in. */
    public boolean isSignInOnly() {
        return contains("openid") && Arrays.stream(folded).allMatch(SIGN_IN::contains);
    }

    /** The names in the caller's order and case. */
    public List<String> values() {
        return values;
    }

    /** Whether there is no scope. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** These scopes followed by those of {@code others} that are not among them. */
    public Scopes plus(Scopes others) {
        List<String> all = new ArrayList<>(values);
        for (String other : others.values) {
            if (!contains(other)) {
                all.add(other);
            }
        }
        return all.size() == values.size() ? this : known(all);
    }

    /** These scopes without one, ignoring case. */
    public Scopes without(String scope) {
        return contains(scope)
                ? known(values.stream()
                        .filter(own -> !fold(own).equals(fold(scope)))
                        .toList())
                : this;
    }

    /**
     * The scopes that a cached token must have to serve this request: without the OpenID Connect scopes, or, if there
     * are no others, without {@code offline_access} only, which no authority echoes.
     */
    public Scopes forLookup() {
        Scopes last = lookup;
        if (last == null) {
            last = withoutOidc();
            lookup = last;
        }
        return last;
    }

    private Scopes withoutOidc() {
        List<String> own =
                values.stream().filter(scope -> !OIDC.contains(fold(scope))).toList();
        if (own.isEmpty()) {
            own = values.stream()
                    .filter(scope -> !fold(scope).equals("offline_access"))
                    .toList();
        }
        return own.size() == values.size() ? this : known(own);
    }

    /** Whether every scope of {@code others} is in this set, ignoring case. */
    public boolean containsAll(Scopes others) {
        if (equals(others)) {
            return true;
        }
        for (String other : others.folded) {
            if (!holds(other)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the scope is in this set, ignoring case. */
    public boolean contains(String scope) {
        return holds(fold(scope));
    }

    /** Whether at least one scope is in both, ignoring case. */
    public boolean intersects(Scopes others) {
        for (String other : others.folded) {
            if (holds(other)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The scopes that name their resource, grouped by resource: {@code https://vault.azure.net/.default} belongs to
     * {@code https://vault.azure.net}. Bare names such as {@code User.Read} are omitted. Only Microsoft's authorities
     * interpret scopes this way.
     */
    public Map<String, List<String>> byResource() {
        Map<String, List<String>> grouped = new LinkedHashMap<>();
        for (String scope : values) {
            int authority = scope.indexOf("://");
            int end = scope.lastIndexOf('/');
            if (authority < 0 ? end > 0 : authority > 0 && end > authority + 2) {
                grouped.computeIfAbsent(resourceKey(scope.substring(0, end)), unused -> new ArrayList<>())
                        .add(scope);
            }
        }
        return grouped;
    }

    /** A resource in the form used by {@link #byResource()}: in lower case, without a trailing slash. */
    public static String resourceKey(String resource) {
        int end = resource.length();
        while (end > 0 && resource.charAt(end - 1) == '/') {
            end--;
        }
        return fold(resource.substring(0, end));
    }

    /**
     * These scopes as Microsoft's authorities expect them for a resource: a bare name such as {@code read} becomes {@code
     * resource/read}, since there a bare name belongs to Microsoft Graph. OpenID Connect's own scopes, and those that name
     * a resource already, stay as they are.
     */
    public Scopes ofResource(String resource) {
        if (!isToken(resource)) {
            return this;
        }
        List<String> named = values.stream()
                .map(scope -> isBare(scope) ? resource + "/" + scope : scope)
                .toList();
        return named.equals(values) ? this : known(named);
    }

    /** Whether all scopes but OpenID Connect's own, at least one, name this very resource. */
    public boolean areOfResource(String resource) {
        List<String> own = values.stream()
                .filter(scope -> !SIGN_IN.contains(fold(scope)) && !OIDC.contains(fold(scope)))
                .toList();
        return !own.isEmpty() && own.stream().allMatch(scope -> scope.startsWith(resource + "/"));
    }

    private static boolean isBare(String scope) {
        return scope.indexOf('/') < 0 && !SIGN_IN.contains(fold(scope)) && !OIDC.contains(fold(scope));
    }

    /** The wire form: names separated by one space. */
    @Override
    public String toString() {
        return String.join(" ", values);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Scopes that && hash == that.hash && Arrays.equals(folded, that.folded));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Few scopes: a walk over an array beats a hash set in time and space. A hostile answer may name many. */
    private boolean holds(String foldedScope) {
        if (folded.length > FEW) {
            return Arrays.binarySearch(folded, foldedScope) >= 0;
        }
        for (String own : folded) {
            if (own.hashCode() == foldedScope.hashCode() && own.equals(foldedScope)) {
                return true;
            }
        }
        return false;
    }

    private static String fold(String scope) {
        return LowerCase.of(scope);
    }

    private static String requireToken(String name) {
        if (!isToken(name)) {
            throw new IllegalArgumentException(
                    "not a scope (RFC 6749 section 3.3 allows visible ASCII without blank, quote and backslash): "
                            + PrintableText.of(name, LONGEST_SHOWN));
        }
        return name;
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= 0x20 || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
