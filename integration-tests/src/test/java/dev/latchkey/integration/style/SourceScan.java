package dev.latchkey.integration.style;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import dev.latchkey.integration.house.Checkout;
import dev.latchkey.integration.house.PublishedModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Parses main sources with the JDK's parser. */
final class SourceScan {
    private SourceScan() {}

    static List<SourceFile> mainSources() {
        List<Path> files =
                Checkout.mainSources().stream().map(Checkout.root()::resolve).toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            return read(task, exportedPackages());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<SourceFile> read(JavacTask task, Set<String> exported) throws IOException {
        DocTrees trees = DocTrees.instance(task);
        List<SourceFile> found = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            found.add(new FileCount(unit, trees, exported).count());
        }
        return found;
    }

    private static Set<String> exportedPackages() {
        return PublishedModule.withSources().stream()
                .flatMap(module -> module.descriptor().exports().stream())
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }
}
