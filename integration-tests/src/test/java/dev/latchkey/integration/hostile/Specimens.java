package dev.latchkey.integration.hostile;

import dev.latchkey.ConfidentialClientApplication;
import dev.latchkey.EventType;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.authorize.AuthorizationRequest;
import dev.latchkey.core.authorize.Pkce;
import dev.latchkey.core.challenge.BearerChallenge;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.idtoken.SignatureRule;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.store.ForwardingTokenStore;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import dev.latchkey.store.encryption.EncryptionKey;
import dev.latchkey.store.encryption.PartitionSealer;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A harmless value of each type that public methods take, and hostile ones of the types that carry text. */
final class Specimens {
    private static final String DOCUMENT = "{\"sub\":\"s\",\"uid\":\"u\",\"utid\":\"t\"}";
    private static final Map<Class<?>, Object> PLAIN = plain();

    /** How to create types that are in no list. */
    private static final Map<Class<?>, Executable> MAKERS = new HashMap<>();

    /** The types being created, so that none is created from itself. */
    private static final Set<Class<?>> SOUGHT = new HashSet<>();

    private Specimens() {}

    private static Map<Class<?>, Object> plain() {
        Map<Class<?>, Object> plain = new HashMap<>();
        plain.put(String.class, "https://op.example/t");
        plain.put(CharSequence.class, "text");
        plain.put(Object.class, "text");
        plain.put(boolean.class, true);
        plain.put(Boolean.class, true);
        plain.put(int.class, 7);
        plain.put(Integer.class, 7);
        plain.put(long.class, 7L);
        plain.put(double.class, 0.5);
        plain.put(byte[].class, new byte[32]);
        plain.put(String[].class, new String[] {"a"});
        plain.put(EventType[].class, new EventType[0]);
        plain.put(URI.class, URI.create("https://op.example/t"));
        plain.put(Duration.class, Duration.ofSeconds(7));
        plain.put(Instant.class, Instant.EPOCH);
        plain.put(InstantSource.class, InstantSource.fixed(Instant.EPOCH));
        plain.put(Throwable.class, new IOException("text"));
        plain.put(Map.class, Map.of());
        plain.put(List.class, List.of());
        plain.put(Collection.class, List.of());
        plain.put(Set.class, Set.of());
        plain.put(Optional.class, Optional.empty());
        plain.put(Executor.class, (Executor) Runnable::run);
        plain.put(RandomGenerator.class, RandomGenerator.of("L64X128MixRandom"));
        plain.put(HttpClient.class, HttpClient.newHttpClient());
        plain.put(JsonObject.class, object("text"));
        plain.put(HttpAnswer.class, new HttpAnswer(200, Map.of(), DOCUMENT));
        plain.put(Authority.class, Authority.of("https://login.microsoftonline.com/common"));
        plain.put(Clouds.class, Clouds.BUILT_IN);
        plain.put(SignatureRule.class, SignatureRule.ASYMMETRIC_ONLY);
        plain.put(BearerChallenge.class, BearerChallenge.parse("Bearer a=b").orElseThrow());
        plain.put(
                AuthorizationRequest.class,
                AuthorizationRequest.builder(
                                URI.create("https://op.example/a"), "c", URI.create("http://127.0.0.1/"), Scopes.NONE)
                        .secrets("state", "nonce", Pkce.from(new byte[32]))
                        .build());
        EncryptionKey key = EncryptionKey.of(new byte[EncryptionKey.LENGTH]);
        plain.put(PartitionSealer.class, new PartitionSealer(() -> List.of(key), new SecureRandom()));
        plain.put(TokenStore.class, MemoryTokenStore.create());
        plain.put(ForwardingTokenStore.class, new ForwardingTokenStore(MemoryTokenStore.create()) {});
        plain.put(HttpTransport.class, (HttpTransport) (message, timeout) -> {
            throw new IOException("no network here");
        });
        try {
            plain.put(SSLContext.class, SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        plain.put(PublicClientApplication.class, application());
        plain.put(
                ConfidentialClientApplication.class,
                ConfidentialClientApplication.builder("client", "secret")
                        .executor(Runnable::run)
                        .scheduler((task, delay) -> {
                            task.run();
                            return () -> {};
                        })
                        .transport((HttpTransport) plain.get(HttpTransport.class))
                        .build());
        return plain;
    }

    /** Runs everything on the caller's thread, where it can be measured; the network is down. */
    private static PublicClientApplication application() {
        return PublicClientApplication.builder("client")
                .executor(Runnable::run)
                .scheduler((task, delay) -> {
                    if (delay.compareTo(Duration.ofSeconds(1)) < 0) {
                        task.run();
                    }
                    return () -> {};
                })
                .transport((message, timeout) -> {
                    throw new IOException("no network here");
                })
                .userAgent(page -> {})
                .build();
    }

    /** A harmless value; for a builder, a new one each time. */
    static Object of(Class<?> type) {
        Object known = PLAIN.get(type);
        if (known != null) {
            return known;
        }
        Executable maker = MAKERS.get(type);
        Object made = maker == null ? search(type) : make(maker);
        if (!type.getSimpleName().endsWith("Builder")) {
            PLAIN.put(type, made);
        }
        return made;
    }

    private static Object search(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isArray()) {
            return arrayOf(type.getComponentType(), of(type.getComponentType()));
        }
        List<Executable> makers = SOUGHT.add(type)
                ? PublicFace.EXECUTABLES.stream()
                        .filter(executable -> makes(executable, type))
                        .sorted(Comparator.comparing(Executable::getParameterCount))
                        .toList()
                : List.of();
        try {
            for (Executable maker : makers) {
                Object made = makeOrNull(maker);
                if (made != null) {
                    MAKERS.put(type, maker);
                    return made;
                }
            }
        } finally {
            if (!makers.isEmpty()) {
                SOUGHT.remove(type);
            }
        }
        if (type.isInterface() && !type.isSealed()) {
            return proxy(type);
        }
        throw new IllegalStateException("no way to make a " + type.getName() + " is known: add it to Specimens");
    }

    private static Object arrayOf(Class<?> component, Object element) {
        Object array = Array.newInstance(component, 1);
        Array.set(array, 0, element);
        return array;
    }

    private static @Nullable Object makeOrNull(Executable maker) {
        try {
            return make(maker);
        } catch (RuntimeException e) {
            // Not possible with these values; try the next method.
            return null;
        }
    }

    private static Object make(Executable maker) {
        try {
            return made(maker);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean makes(Executable executable, Class<?> type) {
        if (executable instanceof Constructor<?> constructor) {
            return type.isAssignableFrom(constructor.getDeclaringClass());
        }
        Method method = (Method) executable;
        return type.isAssignableFrom(method.getReturnType())
                && PublicFace.TYPES.contains(method.getReturnType())
                && (method.getDeclaringClass() != type || Modifier.isStatic(method.getModifiers()));
    }

    private static @Nullable Object made(Executable maker) throws ReflectiveOperationException {
        Object[] arguments = new Object[maker.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = of(maker.getParameterTypes()[i]);
        }
        if (maker instanceof Constructor<?> constructor) {
            return constructor.newInstance(arguments);
        }
        Object receiver = Modifier.isStatic(maker.getModifiers()) ? null : of(maker.getDeclaringClass());
        return ((Method) maker).invoke(receiver, arguments);
    }

    private static Object proxy(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> type.getSimpleName();
                };
            }
            Class<?> result = method.getReturnType();
            if (result == Object.class && arguments != null && arguments.length == 1) {
                return arguments[0];
            }
            return result == void.class ? null : of(result);
        });
    }

    /** The values of a type that carry a text; none if it carries none. */
    static List<Object> carrying(HostileText text, Executable executable, int parameter) {
        Class<?> raw = executable.getParameterTypes()[parameter];
        String typed = executable.getGenericParameterTypes()[parameter].getTypeName();
        List<Object> values = new ArrayList<>();
        if (raw == String.class || raw == CharSequence.class) {
            values.add(text.text());
        } else if (raw == String[].class) {
            values.add(new String[] {text.text()});
            values.add(text.words().toArray(new String[0]));
        } else if (raw == byte[].class) {
            values.add(text.text().getBytes(StandardCharsets.UTF_8));
        } else if (raw == byte[][].class) {
            values.add(arrayOf(byte[].class, text.text().getBytes(StandardCharsets.UTF_8)));
        } else if (raw == URI.class) {
            addUri(text, values);
        } else if (raw == Secret.class) {
            values.add(Secret.of(text.text()));
        } else if (raw == Scopes.class) {
            values.add(Scopes.parse(text.text()));
            values.add(Scopes.parse(String.join(" ", text.words())));
        } else if (raw == JsonObject.class) {
            values.add(object(text.text()));
        } else if (raw == HttpAnswer.class) {
            addAnswers(text, values);
        } else if (raw == Parameters.class) {
            values.add(Parameters.builder()
                    .set("state", text.text())
                    .set("error", text.text())
                    .build());
        } else if (typed.contains("java.lang.String")) {
            addCollections(text, raw, typed.contains("List<java.lang.String>>"), values);
        }
        return values;
    }

    private static void addUri(HostileText text, List<Object> values) {
        for (String address :
                List.of(text.text(), "https://op.example/" + text.text(), "https://op.example/?" + text.text())) {
            try {
                values.add(new URI(address));
            } catch (URISyntaxException e) {
                // Cannot be part of an address.
            }
        }
    }

    private static void addAnswers(HostileText text, List<Object> values) {
        for (int status : new int[] {200, 400, 503}) {
            values.add(new HttpAnswer(status, Map.of("Retry-After", List.of(text.text())), text.text()));
            values.add(new HttpAnswer(status, Map.of(), Json.write(object(text.text()))));
            values.add(new HttpAnswer(
                    status, Map.of(), Json.write(Map.of("keys", text.words(), "metadata", text.words()))));
        }
    }

    private static void addCollections(HostileText text, Class<?> raw, boolean ofLists, List<Object> values) {
        if (raw == Optional.class) {
            values.add(Optional.of(text.text()));
        } else if (raw == List.class || raw == Collection.class) {
            values.add(List.of(text.text()));
            values.add(text.words());
        } else if (raw == Set.class) {
            values.add(new LinkedHashSet<>(text.words()));
        } else if (raw == Map.class) {
            Map<String, Object> map = new LinkedHashMap<>();
            text.words().forEach(word -> map.put(word, ofLists ? List.of(word) : word));
            values.add(map);
            values.add(Map.of(text.text(), ofLists ? List.of(text.text()) : text.text()));
        }
    }

    /** Claims and members that some parser may interpret. */
    private static JsonObject object(String text) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String name : List.of(
                "iss",
                "sub",
                "tid",
                "oid",
                "acr",
                "tfp",
                "name",
                "email",
                "typ",
                "error",
                "error_description",
                "suberror",
                "claims",
                "access_token",
                "token_type",
                "scope",
                "issuer",
                "jwks_uri",
                "user_code",
                "kty",
                "n",
                "e",
                "kid")) {
            members.put(name, text);
        }
        members.put("aud", List.of(text));
        members.put("emails", List.of(text));
        return JsonObject.of(members);
    }

    /** The exceptions that may be thrown for such input. */
    static boolean isDocumented(Throwable error, Executable executable) {
        return error instanceof IllegalArgumentException
                || error instanceof AuthException
                || error instanceof JsonException
                // A listener can wait for only one response.
                || (error instanceof IllegalStateException
                        && executable.getName().equals("expect"))
                || Arrays.stream(executable.getExceptionTypes()).anyMatch(type -> type.isInstance(error));
    }
}
