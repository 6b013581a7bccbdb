package dev.latchkey.integration.house;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A module's exported packages are intended for use, and usable without the internal ones. */
final class ExportsTest {
    private static List<PublishedModule> modules() {
        return PublishedModule.withSources();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void internalPackages_ofAModule_areExportedToNobodyElse(PublishedModule module) {
        Set<String> ours =
                modules().stream().map(other -> other.descriptor().name()).collect(toSet());

        assertThat(module.descriptor().exports())
                .filteredOn(export -> List.of(export.source().split("\\.")).contains("internal"))
                .allSatisfy(export -> assertThat(export.targets()).isNotEmpty().isSubsetOf(ours));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void signatures_ofTheExportedTypes_nameNoTypeThatIsKept(PublishedModule module) {
        Set<String> exported = modules().stream()
                .flatMap(other -> other.descriptor().exports().stream())
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(toSet());

        assertThat(BuiltClasses.of(module).stream()
                        .filter(type -> exported.contains(type.getPackageName()) && isReachable(type))
                        .flatMap(type -> keptTypesNamedBy(type, exported)))
                .isEmpty();
    }

    private static Stream<String> keptTypesNamedBy(JavaClass type, Set<String> exported) {
        return type.getMembers().stream().filter(ExportsTest::isVisible).flatMap(member -> namedBy(member)
                .filter(named -> isKept(named, exported))
                .map(named -> member.getFullName() + " names " + named.getName()));
    }

    private static Stream<JavaClass> namedBy(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getType().getAllInvolvedRawTypes().stream();
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        return Stream.concat(
                Stream.concat(Stream.of(code.getReturnType()), code.getParameterTypes().stream())
                        .map(JavaType::getAllInvolvedRawTypes)
                        .flatMap(Set::stream),
                code.getExceptionTypes().stream());
    }

    private static boolean isKept(JavaClass type, Set<String> exported) {
        JavaClass base = type.getBaseComponentType();
        return base.getPackageName().startsWith("dev.latchkey")
                && !(exported.contains(base.getPackageName()) && isReachable(base));
    }

    private static boolean isReachable(JavaClass type) {
        boolean visible = type.getModifiers().contains(JavaModifier.PUBLIC)
                || type.getModifiers().contains(JavaModifier.PROTECTED);
        return visible && type.getEnclosingClass().map(ExportsTest::isReachable).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return !member.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !member.getModifiers().contains(JavaModifier.BRIDGE)
                && (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED));
    }
}
