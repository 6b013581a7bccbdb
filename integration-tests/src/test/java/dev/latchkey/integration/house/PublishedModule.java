package dev.latchkey.integration.house;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;

/** A module of the parent POM that is published. */
public record PublishedModule(String folder) {

    /** All of them except the BOM, including those without sources. */
    public static List<PublishedModule> all() {
        return Pom.parent().texts("/project/modules/module").stream()
                .map(PublishedModule::new)
                .filter(PublishedModule::isPublished)
                .filter(module -> !module.artifactId().equals("latchkey-bom"))
                .toList();
    }

    /** Those that contain classes. */
    public static List<PublishedModule> withSources() {
        List<Path> sources = Checkout.mainSources();
        return all().stream()
                .filter(module -> sources.stream().anyMatch(source -> source.startsWith(module.folder())))
                .toList();
    }

    /**
     * Those that need no automatic modules: Spring's jars are automatic, so modules for Spring are used on the class
     * path.
     */
    public static List<PublishedModule> onTheModulePath() {
        return withSources().stream()
                .filter(module -> !module.folder().equals("latchkey-spring-boot"))
                .toList();
    }

    public Pom pom() {
        return Pom.of(Path.of(folder, "pom.xml"));
    }

    public String artifactId() {
        return pom().text("/project/artifactId");
    }

    /** The jar, or the folder of classes, that this build created and the tests use. */
    public Path built() {
        Path folder = Checkout.root().resolve(folder());
        return ClassPath.entries().stream()
                .filter(entry -> entry.startsWith(folder))
                .findFirst()
                .orElseThrow(() -> new AssertionError(folder() + " is not a dependency of the integration tests"));
    }

    public ModuleDescriptor descriptor() {
        return ModuleFinder.of(built()).findAll().stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError(built() + " is no module"))
                .descriptor();
    }

    private boolean isPublished() {
        return !pom().text("/project/properties/maven.deploy.skip").equals("true");
    }
}
