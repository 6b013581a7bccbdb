package dev.latchkey.integration.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may use which: a new module is added here first. */
final class ArrowsTest {
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "latchkey-core", Set.of(),
            "latchkey-client", Set.of("latchkey-core"),
            "latchkey-authority", Set.of("latchkey-core"),
            "latchkey-testkit", Set.of("latchkey-core", "latchkey-client", "latchkey-authority"),
            "latchkey-store-file", Set.of("latchkey-core", "latchkey-client"),
            "latchkey-cli", Set.of("latchkey-core", "latchkey-client", "latchkey-store-file", "latchkey-authority"),
            "latchkey-web", Set.of("latchkey-core", "latchkey-client"),
            "latchkey-spring-boot", Set.of("latchkey-core", "latchkey-client", "latchkey-store-file", "latchkey-web"),
            "latchkey-spring-boot-starter", Set.of("latchkey-spring-boot", "latchkey-web"));

    private static List<PublishedModule> modules() {
        return PublishedModule.withSources();
    }

    @Test
    void arrows_everyPublishedModule_isDecided() {
        assertThat(MAY_USE.keySet())
                .containsAll(PublishedModule.all().stream()
                        .map(PublishedModule::folder)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void dependencies_ofThePom_followTheArrows(PublishedModule module) {
        List<String> used = module.pom()
                .texts("/project/dependencies/dependency[groupId='dev.latchkey'][not(scope='test')]/artifactId");

        assertThat(used).isSubsetOf(artifactIds(mayUse(module)));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void requires_ofTheModuleInfo_followTheArrows(PublishedModule module) {
        Set<String> ours =
                modules().stream().map(other -> other.descriptor().name()).collect(toSet());
        List<String> used = module.descriptor().requires().stream()
                .map(ModuleDescriptor.Requires::name)
                .filter(ours::contains)
                .toList();

        assertThat(used)
                .isSubsetOf(mayUse(module).stream()
                        .map(other -> other.descriptor().name())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void classes_ofAModule_followTheArrows(PublishedModule module) {
        for (PublishedModule other : modules()) {
            if (!other.equals(module) && !mayUse(module).contains(other)) {
                noClasses()
                        .that(BuiltClasses.in(module))
                        .should()
                        .dependOnClassesThat(BuiltClasses.in(other))
                        .check(BuiltClasses.ALL);
            }
        }
    }

    /**
     * The package that a module is named after contains what applications use, and delegates to the module's internal
     * packages: both refer to each other, so they count as one here.
     */
    @ParameterizedTest
    @MethodSource("modules")
    void packages_ofAModule_formNoCycle(PublishedModule module) {
        ModuleDescriptor descriptor = module.descriptor();
        Set<String> kept = keptPackages(descriptor);

        slices().assignedFrom(bySlice(name -> kept.contains(name) ? descriptor.name() : name))
                .should()
                .beFreeOfCycles()
                .check(BuiltClasses.of(module));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void keptPackages_ofAModule_formNoCycle(PublishedModule module) {
        Set<String> kept = keptPackages(module.descriptor());

        slices().assignedFrom(bySlice(name -> kept.contains(name) ? name : ""))
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(kept.isEmpty())
                .check(BuiltClasses.of(module));
    }

    private static Set<String> keptPackages(ModuleDescriptor module) {
        Set<String> kept = new TreeSet<>(module.packages());
        module.exports().forEach(export -> kept.remove(export.source()));
        return kept;
    }

    private static List<PublishedModule> mayUse(PublishedModule module) {
        return modules().stream()
                .filter(other -> MAY_USE.getOrDefault(module.folder(), Set.of()).contains(other.folder()))
                .toList();
    }

    private static List<String> artifactIds(List<PublishedModule> modules) {
        return modules.stream().map(PublishedModule::artifactId).toList();
    }

    private static SliceAssignment bySlice(UnaryOperator<String> sliceOfPackage) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                String slice = sliceOfPackage.apply(type.getPackageName());
                return slice.isEmpty() ? SliceIdentifier.ignore() : SliceIdentifier.of(slice);
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }
}
