package dev.latchkey.integration.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Time and threads are injected in every module; nothing sleeps or uses the common pool. */
final class InjectedWorldTest {
    @Test
    void wallClock_anyModule_isReadThroughAnInstantSource() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethodWhere(describe("java.time's now() without a clock", InjectedWorldTest::asksForNow))
                .check(BuiltClasses.ALL);
    }

    @Test
    void sleep_anyModule_isNeverCalled() {
        noClasses()
                .should()
                .callMethodWhere(describe("a sleep", call -> call.getName().equals("sleep")))
                .check(BuiltClasses.ALL);
    }

    @Test
    void commonPool_anyModule_isNeverUsed() {
        noClasses()
                .should()
                .callMethod(ForkJoinPool.class, "commonPool")
                .orShould()
                .callMethod(CompletableFuture.class, "supplyAsync", Supplier.class)
                .orShould()
                .callMethod(CompletableFuture.class, "runAsync", Runnable.class)
                .orShould()
                .callMethodWhere(describe("a stage …Async without an executor", InjectedWorldTest::isAsyncStage))
                .check(BuiltClasses.ALL);
    }

    private static boolean asksForNow(JavaMethodCall call) {
        return call.getName().equals("now")
                && call.getTargetOwner().getPackageName().equals("java.time")
                && call.getTarget().getRawParameterTypes().isEmpty();
    }

    private static boolean isAsyncStage(JavaMethodCall call) {
        return call.getTargetOwner().isAssignableTo(java.util.concurrent.CompletionStage.class)
                && call.getName().endsWith("Async")
                && call.getTarget().getRawParameterTypes().stream()
                        .noneMatch(type -> type.isAssignableTo(java.util.concurrent.Executor.class));
    }
}
