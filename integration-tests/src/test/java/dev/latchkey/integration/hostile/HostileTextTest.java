package dev.latchkey.integration.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every public method that takes text accepts any text: it returns or throws as documented, in time proportional to the
 * length. The returned objects are examined too. New methods are included automatically.
 */
class HostileTextTest {
    private static final List<HostileText> TEXTS = HostileText.ofLength(65_536);

    /** Methods of returned objects that do more than return data. */
    private static final Set<String> NOT_ASKED = Set.of("close", "wait", "notify", "notifyAll", "getClass", "blocking");

    static Stream<Executable> executables() {
        return PublicFace.EXECUTABLES.stream().filter(HostileTextTest::takesText);
    }

    private static boolean takesText(Executable executable) {
        HostileText any = TEXTS.get(0);
        return IntStream.range(0, executable.getParameterCount())
                .anyMatch(i -> !Specimens.carrying(any, executable, i).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("executables")
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void method_ofHostileText_returnsOrFailsAsDocumented_inLinearTime(Executable executable) {
        for (int i = 0; i < executable.getParameterCount(); i++) {
            for (HostileText text : TEXTS) {
                for (Object value : Specimens.carrying(text, executable, i)) {
                    Object[] arguments = arguments(executable, i, value);
                    Object receiver = receiver(executable);
                    int position = i;
                    CpuTime.isBounded(
                            () -> executable + ", parameter " + position + ": " + text,
                            () -> follow(call(executable, receiver, arguments, text), text, 2));
                }
            }
        }
    }

    @Test
    void publicFace_isFound() {
        assertThat(executables().map(Executable::getName))
                .contains("authority", "parse", "of", "path", "claims", "redirectPath", "extraParameters")
                .hasSizeGreaterThan(200);
    }

    private static Object receiver(Executable executable) {
        boolean isNeeded = executable instanceof Method && !Modifier.isStatic(executable.getModifiers());
        return isNeeded ? Specimens.of(executable.getDeclaringClass()) : null;
    }

    private static Object[] arguments(Executable executable, int hostile, Object value) {
        return IntStream.range(0, executable.getParameterCount())
                .mapToObj(i -> i == hostile ? value : Specimens.of(executable.getParameterTypes()[i]))
                .toArray();
    }

    private static Object call(Executable executable, Object receiver, Object[] arguments, HostileText text) {
        try {
            return executable instanceof Constructor<?> constructor
                    ? constructor.newInstance(arguments)
                    : ((Method) executable).invoke(receiver, arguments);
        } catch (InvocationTargetException e) {
            if (!Specimens.isDocumented(e.getCause(), executable)) {
                fail(executable + " of " + text, e.getCause());
            }
            return String.valueOf(e.getCause().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls every method without parameters of the returned object. */
    private static void follow(Object result, HostileText text, int depth) {
        if (result == null || !PublicFace.TYPES.contains(result.getClass())) {
            return;
        }
        assertThat(result.toString() + result.hashCode()).isNotNull();
        assertThat(result.equals(result)).isTrue();
        for (Method method : result.getClass().getMethods()) {
            boolean tells = method.getParameterCount() == 0
                    && PublicFace.TYPES.contains(method.getDeclaringClass())
                    && !Modifier.isStatic(method.getModifiers())
                    && !NOT_ASKED.contains(method.getName());
            if (tells) {
                Object told = tell(method, result, text);
                if (depth > 1) {
                    follow(told, text, depth - 1);
                }
            }
        }
    }

    private static Object tell(Method method, Object result, HostileText text) {
        try {
            return method.invoke(result);
        } catch (InvocationTargetException e) {
            boolean isIncomplete = e.getCause() instanceof IllegalStateException;
            if (!isIncomplete && !Specimens.isDocumented(e.getCause(), method)) {
                fail(method + " after " + text, e.getCause());
            }
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
