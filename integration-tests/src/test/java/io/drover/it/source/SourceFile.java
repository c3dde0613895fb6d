package io.drover.it.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import io.drover.it.ProjectFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A Java file as the compiler parses it; nothing is resolved.
 *
 * @param name its path in the project
 */
record SourceFile(String name, String text, CompilationUnitTree tree) {
  /** The main files of every module, the measurements among them. */
  static List<SourceFile> main() {
    Path root = ProjectFiles.root();
    return parse(
        ProjectFiles.sources().stream()
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> root.relativize(file).toString().contains("src/main/java/"))
            .<JavaFileObject>map(
                file -> new Text(root.relativize(file).toString(), ProjectFiles.text(file)))
            .toList());
  }

  /** One file that is on no disk. */
  static SourceFile of(String name, String text) {
    return parse(List.of(new Text(name, text))).get(0);
  }

  long lines() {
    return text.lines().count();
  }

  /** Every class, record, interface and enum in it but the local and anonymous ones. */
  List<Type> types() {
    List<Type> types = new ArrayList<>();
    String packageName = String.valueOf(tree.getPackageName());
    new TreeScanner<Void, String>() {
      @Override
      public Void visitClass(ClassTree type, String outer) {
        boolean hidden = type.getModifiers().getFlags().contains(Modifier.PRIVATE);
        String name = outer + "." + type.getSimpleName();
        types.add(new Type(name, outer.equals(packageName), hidden));
        for (Tree member : type.getMembers()) {
          if (member instanceof ClassTree nested) {
            scan(nested, name);
          }
        }
        return null;
      }

      @Override
      public Void visitMethod(MethodTree method, String outer) {
        return null;
      }
    }.scan(tree.getTypeDecls(), packageName);
    return types;
  }

  /**
   * A class.
   *
   * @param hidden whether it is private, and so known in this file alone
   */
  record Type(String name, boolean topLevel, boolean hidden) {
    String simpleName() {
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }

  private static List<SourceFile> parse(List<JavaFileObject> texts) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, texts);
    try {
      List<SourceFile> files = new ArrayList<>();
      Iterator<? extends CompilationUnitTree> trees = task.parse().iterator();
      for (JavaFileObject text : texts) {
        files.add(
            new SourceFile(text.getName(), text.getCharContent(true).toString(), trees.next()));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String name;
    private final String text;

    Text(String name, String text) {
      super(URI.create("text:///" + name), Kind.SOURCE);
      this.name = name;
      this.text = text;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
