package dev.latchkey.integration.style;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.latchkey.integration.house.Checkout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Visits one parsed file. */
final class FileCount extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final DocTrees trees;
    private final boolean exported;
    private final List<SourceFile.Method> methods = new ArrayList<>();
    private final List<String> undocumented = new ArrayList<>();
    private int apiMembers;

    FileCount(CompilationUnitTree unit, DocTrees trees, Set<String> exportedPackages) {
        this.unit = unit;
        this.trees = trees;
        this.exported = exportedPackages.contains(unit.getPackageName().toString());
    }

    SourceFile count() {
        scan(unit, null);
        List<ClassTree> top = unit.getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .toList();
        return new SourceFile(
                Checkout.root().relativize(Path.of(unit.getSourceFile().toUri())),
                unit.getPackageName().toString(),
                (int) unit.getLineMap().getLineNumber(trees.getSourcePositions().getEndPosition(unit, unit)),
                methods,
                top.size(),
                (int) top.stream().filter(type -> isPublic(type.getModifiers())).count(),
                apiMembers,
                undocumented);
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
        if (exported && isApi(getCurrentPath())) {
            requireComment(type.getSimpleName().toString());
        }
        return super.visitClass(type, nothing);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
        methods.add(new SourceFile.Method(name(method), bodyLines(method), parameters(method)));
        if (exported && !isOverride(method) && !isOfRecordHeader(method) && isApi(getCurrentPath())) {
            requireComment(name(method));
        }
        return super.visitMethod(method, nothing);
    }

    /** Constants, including those of enums; parameters and local variables are not members of a type. */
    @Override
    public Void visitVariable(VariableTree variable, Void nothing) {
        if (exported
                && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
                && isApi(getCurrentPath())) {
            requireComment(type.getSimpleName() + "." + variable.getName());
        }
        return super.visitVariable(variable, nothing);
    }

    private void requireComment(String name) {
        apiMembers++;
        if (trees.getDocComment(getCurrentPath()) == null) {
            undocumented.add(name);
        }
    }

    private int bodyLines(MethodTree method) {
        if (method.getBody() == null) {
            return 0;
        }
        LineMap lines = unit.getLineMap();
        long start = trees.getSourcePositions().getStartPosition(unit, method.getBody());
        long end = trees.getSourcePositions().getEndPosition(unit, method.getBody());
        return (int) (lines.getLineNumber(end) - lines.getLineNumber(start) + 1);
    }

    private int parameters(MethodTree method) {
        return isOverride(method) || isOfRecordHeader(method)
                ? 0
                : method.getParameters().size();
    }

    private String name(MethodTree method) {
        ClassTree type = (ClassTree) getCurrentPath().getParentPath().getLeaf();
        String own = method.getReturnType() == null ? "new" : method.getName().toString();
        return type.getSimpleName() + "." + own;
    }

    /** Whether code in another module can name it: public at every level. */
    private static boolean isApi(TreePath path) {
        for (TreePath at = path; at.getLeaf() != at.getCompilationUnit(); at = at.getParentPath()) {
            Tree tree = at.getLeaf();
            ModifiersTree modifiers = modifiersOf(tree);
            if (modifiers == null || !isVisible(modifiers, at.getParentPath())) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable ModifiersTree modifiersOf(Tree tree) {
        if (tree instanceof ClassTree type) {
            return type.getModifiers();
        }
        if (tree instanceof MethodTree method) {
            return method.getModifiers();
        }
        return tree instanceof VariableTree variable ? variable.getModifiers() : null;
    }

    private static boolean isVisible(ModifiersTree modifiers, TreePath parent) {
        boolean ofInterface = parent.getLeaf().getKind() == Tree.Kind.INTERFACE
                && !modifiers.getFlags().contains(Modifier.PRIVATE);
        return ofInterface || isPublic(modifiers) || modifiers.getFlags().contains(Modifier.PROTECTED);
    }

    private static boolean isPublic(ModifiersTree modifiers) {
        return modifiers.getFlags().contains(Modifier.PUBLIC);
    }

    private static boolean isOverride(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }

    /** A record's components are documented with the record, and their number is up to the data. */
    private boolean isOfRecordHeader(MethodTree method) {
        return method.getReturnType() == null
                && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
    }
}
