package dev.latchkey.integration.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.BlockingPublicClientApplication;
import dev.latchkey.ClientApplication;
import dev.latchkey.ConfidentialClientApplication;
import dev.latchkey.PublicClientApplication;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of a closed application fails with a message that says so; new methods are included automatically. */
@Timeout(60)
class ClosedApplicationTest {
    /** Methods that need nothing that was closed. */
    private static final Set<String> STILL_ANSWERED = Set.of(
            "clientId", "authority", "isOwnIssuer", "interactionStatus", "blocking", "removeEventCallback", "close");

    static Stream<Method> calls() {
        return PublicFace.EXECUTABLES.stream()
                .filter(Method.class::isInstance)
                .map(Method.class::cast)
                .filter(method -> ClientApplication.class.isAssignableFrom(method.getDeclaringClass())
                        || method.getDeclaringClass() == BlockingPublicClientApplication.class)
                .filter(method -> !Modifier.isStatic(method.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void call_ofAClosedApplication_saysThatItIsClosed(Method call) {
        Object[] arguments =
                Arrays.stream(call.getParameterTypes()).map(Specimens::of).toArray();

        Throwable error = catchThrowable(() -> call.invoke(closed(call), arguments));

        if (STILL_ANSWERED.contains(call.getName())) {
            assertThat(error).isNull();
        } else {
            assertThat(error).isInstanceOf(InvocationTargetException.class);
            assertThat(error.getCause())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the application is closed");
        }
    }

    private static Object closed(Executable call) {
        if (call.getDeclaringClass() == ConfidentialClientApplication.class) {
            ConfidentialClientApplication server =
                    ConfidentialClientApplication.builder("client", "secret").build();
            server.close();
            return server;
        }
        PublicClientApplication app = PublicClientApplication.builder("client").build();
        app.close();
        return call.getDeclaringClass() == BlockingPublicClientApplication.class ? app.blocking() : app;
    }
}
