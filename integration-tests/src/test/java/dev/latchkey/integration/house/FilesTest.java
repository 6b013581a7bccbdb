package dev.latchkey.integration.house;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between files: finer than those between packages, which may contain both values and their users. */
final class FilesTest {
    /** From the top down: each uses only those below it. */
    private static final List<String> ROOMS = List.of(
            "dev.latchkey.internal",
            "dev.latchkey.internal.interactive",
            "dev.latchkey.internal.silent",
            "dev.latchkey.internal.tokens",
            "dev.latchkey.internal.authority",
            "dev.latchkey.internal.calls",
            "dev.latchkey.internal.environment",
            "dev.latchkey.internal.loopback");

    private static List<PublishedModule> modules() {
        return PublishedModule.withSources();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void circlesOfFiles_ofAModule_stayInsideOnePackage(PublishedModule module) {
        Map<JavaClass, Set<JavaClass>> uses = uses(BuiltClasses.of(module));
        Map<JavaClass, Set<JavaClass>> reached = new HashMap<>();
        uses.keySet().forEach(file -> reached.put(file, reachedFrom(file, uses)));

        List<String> circles = new ArrayList<>();
        reached.forEach((file, others) -> others.stream()
                .filter(other -> !other.getPackageName().equals(file.getPackageName()))
                .filter(other -> reached.get(other).contains(file))
                .filter(other -> uses.get(file).contains(other))
                .forEach(other -> circles.add(file.getName() + " -> " + other.getName())));

        assertThat(circles).isEmpty();
    }

    @Test
    void rooms_ofTheEngine_useThoseBelowOnly() {
        JavaClasses engine = BuiltClasses.of(modules().stream()
                .filter(module -> module.folder().equals("latchkey-client"))
                .findFirst()
                .orElseThrow());
        Set<String> upwards = new TreeSet<>();
        Set<String> rooms = new TreeSet<>();
        for (JavaClass type : engine.that(DescribedPredicate.describe(
                "of the engine", type -> type.getPackageName().startsWith("dev.latchkey.internal")))) {
            int room = ROOMS.indexOf(type.getPackageName());
            rooms.add(type.getPackageName());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                int used = ROOMS.indexOf(dependency.getTargetClass().getPackageName());
                if (used >= 0 && used < room) {
                    upwards.add(dependency.getDescription());
                }
            }
        }

        assertThat(upwards).isEmpty();
        assertThat(rooms).containsExactlyInAnyOrderElementsOf(ROOMS);
    }

    /** The files that each file of the module uses directly. */
    private static Map<JavaClass, Set<JavaClass>> uses(JavaClasses classes) {
        Map<JavaClass, Set<JavaClass>> uses = new HashMap<>();
        for (JavaClass type : classes) {
            Set<JavaClass> used = uses.computeIfAbsent(file(type), unused -> new TreeSet<>(FilesTest::byName));
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> file(dependency.getTargetClass().getBaseComponentType()))
                    .filter(other -> classes.contain(other.getName()))
                    .collect(toCollection(() -> used));
        }
        return uses;
    }

    private static Set<JavaClass> reachedFrom(JavaClass start, Map<JavaClass, Set<JavaClass>> uses) {
        Set<JavaClass> reached = new TreeSet<>(FilesTest::byName);
        Deque<JavaClass> open = new ArrayDeque<>(uses.get(start));
        while (!open.isEmpty()) {
            JavaClass next = open.pop();
            if (reached.add(next)) {
                open.addAll(uses.getOrDefault(next, Set.of()));
            }
        }
        return reached;
    }

    private static JavaClass file(JavaClass type) {
        JavaClass top = type;
        while (top.getEnclosingClass().isPresent()) {
            top = top.getEnclosingClass().get();
        }
        return top;
    }

    private static int byName(JavaClass one, JavaClass other) {
        return one.getName().compareTo(other.getName());
    }
}
