package dev.latchkey.integration.style;

import java.nio.file.Path;
import java.util.List;

/**
 * The measurements of one file.
 *
 * @param file relative to the root
 * @param lines all lines
 * @param publicTypes top-level types
 * @param apiMembers public types, methods, constructors and constants; none unless the package is exported
 * @param undocumented those without Javadoc
 */
record SourceFile(
        Path file,
        String packageName,
        int lines,
        List<Method> methods,
        int topLevelTypes,
        int publicTypes,
        int apiMembers,
        List<String> undocumented) {

    String module() {
        return file.getName(0).toString();
    }

    /**
     * One method.
     *
     * @param name its name, including its type
     * @param lines the lines of the body, including those of the braces
     * @param parameters 0 for an override, whose signature is given
     */
    record Method(String name, int lines, int parameters) {}
}
