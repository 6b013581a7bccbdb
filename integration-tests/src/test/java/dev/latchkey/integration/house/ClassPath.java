package dev.latchkey.integration.house;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The class path of the tests. */
public final class ClassPath {
    private ClassPath() {}

    public static List<Path> entries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .map(Path::normalize)
                .toList();
    }

    /** The entries that the named modules need, resolved as the Java launcher would. */
    public static List<Path> modulePath(Collection<String> roots) {
        ModuleFinder modules = ModuleFinder.compose(entries().stream()
                .filter(ClassPath::isModule)
                .map(ModuleFinder::of)
                .toArray(ModuleFinder[]::new));
        Configuration resolved = Configuration.empty().resolve(modules, ModuleFinder.ofSystem(), roots);
        return resolved.modules().stream()
                .map(ResolvedModule::reference)
                .map(ModuleReference::location)
                .flatMap(Optional::stream)
                .filter(location -> location.getScheme().equals("file"))
                .map(Path::of)
                .sorted()
                .toList();
    }

    public static String joined(Collection<Path> paths) {
        return String.join(
                File.pathSeparator, paths.stream().map(Path::toString).toList());
    }

    private static boolean isModule(Path entry) {
        try {
            return !ModuleFinder.of(entry).findAll().isEmpty();
        } catch (FindException notAModule) {
            return false;
        }
    }
}
