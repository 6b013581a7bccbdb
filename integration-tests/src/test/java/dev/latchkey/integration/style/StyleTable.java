package dev.latchkey.integration.style;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The figures of each module, one row each. */
final class StyleTable {
    private static final String ROW = "%-20s %5s  %-15s  %7s  %-13s  %10s  %13s  %8s  %9s%n";

    private StyleTable() {}

    static String of(List<SourceFile> files) {
        StringBuilder table = new StringBuilder()
                .append(ROW.formatted(
                        "module",
                        "files",
                        "lines 50/90/max",
                        "methods",
                        "its 50/90/max",
                        "parameters",
                        "types/package",
                        "not public",
                        "documented"));
        Map<String, List<SourceFile>> modules =
                files.stream().collect(Collectors.groupingBy(SourceFile::module, TreeMap::new, Collectors.toList()));
        modules.forEach((module, sources) -> table.append(row(module, sources)));
        return table.append(ROW.formatted(
                        "at most (aim/limit)", "", "250/400", "", "25/40", "4/5", "20/30", "aim 60%", "100%"))
                .toString();
    }

    private static String row(String module, List<SourceFile> files) {
        List<SourceFile.Method> methods =
                files.stream().flatMap(file -> file.methods().stream()).toList();
        return ROW.formatted(
                module,
                files.size(),
                spread(files.stream().mapToInt(SourceFile::lines)),
                methods.size(),
                spread(methods.stream().mapToInt(SourceFile.Method::lines).filter(lines -> lines > 0)),
                methods.stream().mapToInt(SourceFile.Method::parameters).max().orElse(0),
                typesPerPackage(files).values().stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0),
                percent(
                        sum(files, SourceFile::topLevelTypes) - sum(files, SourceFile::publicTypes),
                        sum(files, SourceFile::topLevelTypes)),
                percent(
                        sum(files, SourceFile::apiMembers)
                                - sum(files, file -> file.undocumented().size()),
                        sum(files, SourceFile::apiMembers)));
    }

    static Map<String, Integer> typesPerPackage(Collection<SourceFile> files) {
        return files.stream()
                .collect(Collectors.groupingBy(
                        SourceFile::packageName, TreeMap::new, Collectors.summingInt(SourceFile::topLevelTypes)));
    }

    private static String spread(IntStream numbers) {
        int[] sorted = numbers.sorted().toArray();
        if (sorted.length == 0) {
            return "-";
        }
        return sorted[sorted.length / 2] + "/" + sorted[sorted.length * 9 / 10] + "/" + sorted[sorted.length - 1];
    }

    private static int sum(List<SourceFile> files, ToIntFunction<SourceFile> number) {
        return files.stream().mapToInt(number).sum();
    }

    private static String percent(int part, int whole) {
        return whole == 0 ? "-" : Math.round(100.0 * part / whole) + "%";
    }
}
