package dev.latchkey.integration.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The core only computes: everything from outside is passed in as a value. */
final class PureCoreTest {
    private static final Set<String> CLOCKS =
            Set.of("java.time.Clock", "java.time.InstantSource", "java.util.Timer", "java.util.Date");
    private static final Set<String> NOW = Set.of("currentTimeMillis", "nanoTime");

    private final JavaClasses core = PublishedModule.withSources().stream()
            .filter(module -> module.folder().equals("latchkey-core"))
            .findFirst()
            .map(BuiltClasses::of)
            .orElseThrow();

    @Test
    void core_network_isNeverTouched() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "java.nio.channels..", "javax.net..", "java.rmi..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(.*Socket.*|.*Connection|.*Address|URL|ProxySelector|CookieHandler)")
                .check(core);
    }

    @Test
    void core_files_areNeverTouched() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.nio.file..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File.*|RandomAccessFile|Console)")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .check(core);
    }

    @Test
    void core_threads_areNeverStarted() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.concurrent\\.(.*Execut.*|.*Future.*|ForkJoin.*|Flow.*)")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .check(core);
    }

    @Test
    void core_clocks_areNeverRead() {
        noClasses()
                .should()
                .dependOnClassesThat(describe("are clocks", type -> CLOCKS.contains(type.getName())))
                .orShould()
                .callMethodWhere(describe("the current time is asked for", PureCoreTest::asksForNow))
                .check(core);
    }

    @Test
    void core_randomness_isNeverMade() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(concurrent\\.ThreadLocalRandom|random\\..*|SplittableRandom)")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .check(core);
    }

    @Test
    void core_surroundings_areNeverConsulted() {
        noClasses()
                .should()
                .callMethodWhere(describe("the process is asked", PureCoreTest::asksTheProcess))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Runtime.class)
                .check(core);
    }

    private static boolean asksForNow(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        return NOW.contains(call.getName())
                || (call.getName().equals("now") && owner.getPackageName().equals("java.time"));
    }

    private static boolean asksTheProcess(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(System.class)
                && Set.of("getenv", "getProperty", "getProperties", "lineSeparator")
                        .contains(call.getName());
    }
}
