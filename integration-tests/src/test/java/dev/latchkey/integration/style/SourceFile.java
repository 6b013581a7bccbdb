package dev.latchkey.integration.style;

import java.nio.file.Path;
import java.util.List;

/**
 * What the budgets look at in one file.
 *
 * @param file relative to the root
 * @param lines all of them
 * @param publicTypes of the types at the top
 * @param apiMembers public types, methods, constructors and constants; none unless the package is exported
 * @param undocumented those of them without Javadoc
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
     * @param name with the type it is in
     * @param lines of the body, the braces' lines included
     * @param parameters 0 where somebody else's signature is overridden
     */
    record Method(String name, int lines, int parameters) {}
}
