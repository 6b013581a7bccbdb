package dev.latchkey.integration.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;

/** The classes of the published modules, loaded once. */
final class BuiltClasses {
    static final JavaClasses ALL = read(PublishedModule.withSources());

    private BuiltClasses() {}

    static JavaClasses of(PublishedModule module) {
        JavaClasses classes = ALL.that(in(module));
        if (classes.isEmpty()) {
            throw new AssertionError("no classes found for " + module);
        }
        return classes;
    }

    static DescribedPredicate<JavaClass> in(PublishedModule module) {
        String location = module.built().toUri().getRawPath();
        return DescribedPredicate.describe("in " + module.folder(), type -> type.getSource()
                .map(source -> source.getUri().toString().contains(location))
                .orElse(false));
    }

    private static JavaClasses read(List<PublishedModule> modules) {
        return new ClassFileImporter()
                .importLocations(modules.stream()
                        .map(PublishedModule::built)
                        .map(BuiltClasses::location)
                        .toList());
    }

    private static Location location(Path built) {
        try {
            return Files.isDirectory(built) ? Location.of(built) : Location.of(new JarFile(built.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
