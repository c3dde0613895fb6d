package io.drover.it.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds terms in the sentences of a source file, which are its text literals with a space in them,
 * and in the names that it declares. Comments are free.
 */
final class Wording {
  private static final Pattern ROW = Pattern.compile("\\| ([^|]+) \\| [^|]+ \\|");
  private static final String HEADER = "| not | but |\n|---|---|\n";

  private final Pattern terms;

  private Wording(List<String> terms) {
    this.terms =
        Pattern.compile(
            terms.stream().map(Pattern::quote).collect(Collectors.joining("|", "\\b(?:", ")\\b")),
            Pattern.CASE_INSENSITIVE);
  }

  /** The terms of the left column of the glossary's last table. */
  static Wording of(String glossary) {
    int table = glossary.indexOf(HEADER);
    if (table < 0) {
      throw new AssertionError("The glossary has no table that begins with " + HEADER);
    }
    return new Wording(
        glossary
            .substring(table + HEADER.length())
            .lines()
            .map(ROW::matcher)
            .takeWhile(Matcher::matches)
            .flatMap(row -> Arrays.stream(row.group(1).split(",")))
            .map(String::strip)
            .toList());
  }

  /** What is found, as sentences. */
  List<String> faults(SourceFile file) {
    List<String> faults = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitImport(ImportTree tree, Void none) {
        return null;
      }

      @Override
      public Void visitLiteral(LiteralTree literal, Void none) {
        if (literal.getValue() instanceof String text && text.strip().contains(" ")) {
          check("the sentence", text, text);
        }
        return null;
      }

      @Override
      public Void visitClass(ClassTree type, Void none) {
        name(type.getSimpleName());
        return super.visitClass(type, none);
      }

      @Override
      public Void visitMethod(MethodTree method, Void none) {
        name(method.getName());
        return super.visitMethod(method, none);
      }

      @Override
      public Void visitVariable(VariableTree variable, Void none) {
        name(variable.getName());
        return super.visitVariable(variable, none);
      }

      private void name(CharSequence name) {
        check("the name", name.toString(), parts(name));
      }

      private void check(String what, String shown, String text) {
        Matcher found = terms.matcher(text);
        if (found.find()) {
          faults.add(
              "%s has \"%s\" in %s \"%s\"; the glossary says what to write."
                  .formatted(file.name(), found.group(), what, shown));
        }
      }
    }.scan(file.tree(), null);
    return faults;
  }

  /** {@code goesOn} and {@code GOES_ON} as {@code goes on}. */
  private static String parts(CharSequence name) {
    return name.toString().replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").replace('_', ' ');
  }
}
