package dev.latchkey.integration.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BomTest {
    private static final String MANAGED = "/project/dependencyManagement/dependencies/dependency";

    private final Pom bom = Pom.of(Path.of("latchkey-bom", "pom.xml"));
    private final List<String> published =
            PublishedModule.all().stream().map(PublishedModule::artifactId).toList();

    @Test
    void bom_managedArtifacts_areExactlyThePublishedModules() {
        assertThat(bom.texts(MANAGED + "/artifactId")).containsExactlyInAnyOrderElementsOf(published);
        assertThat(bom.texts(MANAGED + "/groupId")).containsOnly("dev.latchkey");
    }

    @Test
    void bom_itsVersionAndTheirs_areTheParents() {
        assertThat(bom.text("/project/version")).isEqualTo(Pom.parent().text("/project/version"));
        assertThat(bom.texts(MANAGED + "/version")).hasSameSizeAs(published).containsOnly("${project.version}");
    }

    @Test
    void bom_whatItCarriesBesides_isNothing() {
        assertThat(bom.texts("/project/parent | /project/dependencies | " + MANAGED + "/scope"))
                .isEmpty();
    }

    @Test
    void parent_managedArtifacts_includeThePublishedModulesAtItsOwnVersion() {
        String ours = MANAGED + "[groupId='dev.latchkey']";

        assertThat(Pom.parent().texts(ours + "/artifactId")).containsExactlyInAnyOrderElementsOf(published);
        assertThat(Pom.parent().texts(ours + "/version")).containsOnly("${project.version}");
    }
}
