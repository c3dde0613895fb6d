package io.drover.it.source;

import com.sun.source.tree.ImportTree;
import io.drover.it.source.SourceFile.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A simple name is the name of one class, wherever it is written alone. A nested class may share
 * its name with other nested ones ({@code Image.State}, {@code Volume.State}), because it is then
 * written with the class around it; a private one is known in its file alone.
 */
final class SimpleNames {
  private final Map<String, List<Type>> topLevel;
  private final Map<String, List<Type>> nested;
  private final List<SourceFile> files;

  SimpleNames(List<SourceFile> files) {
    this.files = files;
    this.topLevel = byName(files, Type::topLevel);
    this.nested = byName(files, type -> !type.topLevel() && !type.hidden());
  }

  /** What breaks the rule, as sentences. */
  List<String> faults() {
    return Stream.of(doubled(), shadowing(), imported()).flatMap(each -> each).toList();
  }

  private Stream<String> doubled() {
    return topLevel.values().stream()
        .filter(same -> same.size() > 1)
        .map(same -> "%s have one simple name; rename all but one.".formatted(names(same)));
  }

  private Stream<String> shadowing() {
    return nested.entrySet().stream()
        .filter(entry -> topLevel.containsKey(entry.getKey()))
        .map(
            entry ->
                "%s is nested and has the simple name of %s; rename one."
                    .formatted(names(entry.getValue()), names(topLevel.get(entry.getKey()))));
  }

  private Stream<String> imported() {
    return files.stream().flatMap(this::imported);
  }

  private Stream<String> imported(SourceFile file) {
    return file.tree().getImports().stream()
        .filter(each -> !each.isStatic())
        .map(ImportTree::getQualifiedIdentifier)
        .map(Objects::toString)
        .filter(this::isAmbiguous)
        .map(
            name ->
                "%s imports %s, whose simple name other nested classes have; import the class around it and write Outer.%s."
                    .formatted(file.name(), name, simple(name)));
  }

  private boolean isAmbiguous(String imported) {
    List<Type> same = nested.getOrDefault(simple(imported), List.of());
    return same.size() > 1 && same.stream().anyMatch(type -> type.name().equals(imported));
  }

  private static Map<String, List<Type>> byName(
      List<SourceFile> files, Function<Type, Boolean> chosen) {
    return files.stream()
        .flatMap(file -> file.types().stream())
        .filter(chosen::apply)
        .collect(Collectors.groupingBy(Type::simpleName, TreeMap::new, Collectors.toList()));
  }

  private static String names(List<Type> types) {
    return types.stream().map(Type::name).sorted().collect(Collectors.joining(" and "));
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
