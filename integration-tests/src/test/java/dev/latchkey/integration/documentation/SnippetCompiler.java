package dev.latchkey.integration.documentation;

import dev.latchkey.integration.house.ClassPath;
import dev.latchkey.integration.house.PublishedModule;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles one file as a user's program: our jars are on the module path, so that only exported packages can be used.
 */
final class SnippetCompiler {
    private static final List<Path> MODULE_PATH = ClassPath.modulePath(PublishedModule.onTheModulePath().stream()
            .map(module -> module.descriptor().name())
            .toList());
    private static final List<Path> CLASS_PATH = others();

    private SnippetCompiler() {}

    /** The errors, each with its line. */
    static List<String> compile(String typeName, String source, Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        compiler.getTask(null, null, diagnostics, options(folder), null, List.of(new Source(typeName, source)))
                .call();
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> "line " + diagnostic.getLineNumber() + ": " + diagnostic.getMessage(Locale.ROOT))
                .toList();
    }

    private static List<String> options(Path folder) {
        return List.of(
                "--module-path",
                ClassPath.joined(MODULE_PATH),
                "--add-modules",
                "ALL-MODULE-PATH",
                "--class-path",
                ClassPath.joined(CLASS_PATH),
                "-proc:none",
                "--release",
                "17",
                "-d",
                folder.toString());
    }

    private static List<Path> others() {
        List<Path> others = new ArrayList<>(ClassPath.entries());
        others.removeAll(MODULE_PATH);
        return others;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String typeName, String text) {
            super(URI.create("string:///" + typeName + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
