package dev.latchkey.integration.hostile;

import dev.latchkey.PublicClientApplication;
import dev.latchkey.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The public types of the packages that core and client export, and their callable members. */
final class PublicFace {
    static final List<Class<?>> TYPES = Stream.of(Secret.class, PublicClientApplication.class)
            .flatMap(PublicFace::typesBeside)
            .toList();

    /** Every public constructor and method that an application may call. */
    static final List<Executable> EXECUTABLES = executables();

    private PublicFace() {}

    private static List<Executable> executables() {
        return TYPES.stream()
                .flatMap(type -> Stream.<Executable>concat(
                        Modifier.isAbstract(type.getModifiers())
                                ? Stream.empty()
                                : Arrays.<Constructor<?>>stream(type.getConstructors()),
                        Arrays.stream(type.getDeclaredMethods())))
                .filter(executable -> Modifier.isPublic(executable.getModifiers()) && !executable.isSynthetic())
                .filter(executable -> !executable.getName().equals("equals"))
                .sorted(Comparator.comparing(Executable::toGenericString))
                .toList();
    }

    private static Stream<Class<?>> typesBeside(Class<?> one) {
        try {
            Path place = Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
            ModuleReference module = ModuleFinder.of(place).findAll().iterator().next();
            Set<String> exported = module.descriptor().exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet());
            try (ModuleReader reader = module.open()) {
                return reader.list().toList().stream()
                        .filter(name -> name.endsWith(".class") && name.contains("/"))
                        .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
                        .filter(name -> exported.contains(name.substring(0, name.lastIndexOf('.'))))
                        .filter(name -> !name.endsWith("package-info"))
                        .<Class<?>>map(PublicFace::load)
                        .filter(PublicFace::isPublic);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && !type.isAnonymousClass()
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }
}
