package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever one face of the application offers, the other does. */
@Timeout(60)
class FacesTest {
    /** Nothing is acquired by it: who blocks asks for the status. */
    private static final String WAITS_ONLY = "whenInteractionStatusNone";

    @Test
    void everyCallWithAFuture_hasItsBlockingTwin() {
        List<Method> calls = calls(PublicClientApplication.class)
                .filter(method -> method.getReturnType() == CompletableFuture.class)
                .filter(method -> !method.getName().equals(WAITS_ONLY))
                .toList();

        assertThat(calls).extracting(Method::getName).contains("acquireToken", "acquireTokenSilent", "ssoSilent");
        assertThat(calls).allSatisfy(call -> assertThat(twin(call, BlockingPublicClientApplication.class))
                .as("%s", call)
                .extracting(Method::getGenericReturnType)
                .isEqualTo(outcome(call)));
    }

    @Test
    void everyBlockingCall_hasItsTwinWithAFuture() {
        assertThat(calls(BlockingPublicClientApplication.class)).isNotEmpty().allSatisfy(call -> assertThat(
                        twin(call, PublicClientApplication.class))
                .extracting(Method::getReturnType)
                .isEqualTo(CompletableFuture.class));
    }

    @Test
    void blockingAcquireToken_asksThePersonOnlyIfItMust_andThrowsTheErrorItself() {
        try (Bench bench = Bench.start()) {
            List<InteractionRequiredAuthException> seen = new ArrayList<>();
            Account account = bench.signIn();
            SilentRequest cached =
                    SilentRequest.builder("User.Read").account(account).build();
            SilentRequest unknown =
                    SilentRequest.builder("Mail.Send").account(account).build();

            assertThat(bench.app
                            .blocking()
                            .acquireToken(cached, required -> {
                                throw new AssertionError("nobody is to be asked");
                            })
                            .fromCache())
                    .isTrue();
            assertThat(bench.app
                            .blocking()
                            .acquireToken(unknown, required -> {
                                seen.add(required);
                                return bench.app.acquireTokenPopup(PopupRequest.of("Mail.Send"));
                            })
                            .scopes()
                            .contains("Mail.Send"))
                    .isTrue();
            assertThat(seen).hasSize(1);
            bench.person(person -> person.refuses());
            assertThatThrownBy(() -> bench.app
                            .blocking()
                            .acquireToken(
                                    SilentRequest.builder("Files.Read")
                                            .account(account)
                                            .build(),
                                    required -> bench.app.acquireTokenPopup(PopupRequest.of("Files.Read"))))
                    .isInstanceOfSatisfying(AuthException.class, error -> assertThat(error.errorCode())
                            .isNotEqualTo(ErrorCodes.UNEXPECTED_ERROR));
        }
    }

    private static Stream<Method> calls(Class<?> face) {
        return Arrays.stream(face.getMethods()).filter(method -> method.getDeclaringClass() != Object.class);
    }

    private static Method twin(Method call, Class<?> face) throws NoSuchMethodException {
        return face.getMethod(call.getName(), call.getParameterTypes());
    }

    /** What the future holds. */
    private static Type outcome(Method call) {
        Type held = ((ParameterizedType) call.getGenericReturnType()).getActualTypeArguments()[0];
        return held == Void.class ? void.class : held;
    }
}
