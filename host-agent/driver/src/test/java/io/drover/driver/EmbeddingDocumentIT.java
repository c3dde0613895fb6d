package io.drover.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/embedding.md compiles, runs and says what it should. */
class EmbeddingDocumentIT {
  private static final int MAX_LINES = 60;
  @TempDir Path folder;

  @Test
  void theProgramOfTheDocumentRuns() throws Exception {
    String program = program();
    assertThat(program.lines().count()).isLessThan(MAX_LINES);
    Path source = Files.writeString(folder.resolve("Embedding.java"), program);
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    String classPath = classPath();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                complaints,
                complaints,
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                folder.toString(),
                source.toString());
    assertThat(compiled).as(complaints.toString(StandardCharsets.UTF_8)).isZero();

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                classPath + ":" + folder,
                "Embedding",
                folder.resolve("root").toString())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("errors"))).isZero();
    assertThat(output).contains("first is running").contains("/run/qemu/").contains("console ");
  }

  /** What an embedding program really has: no library of the tests hides a missing one. */
  private static String classPath() throws IOException {
    Path module = Path.of(System.getProperty("project.root"), "host-agent", "driver", "target");
    Path runtime = module.resolve("runtime-classpath.txt");
    return Files.exists(runtime)
        ? module.resolve("classes") + ":" + Files.readString(runtime).strip()
        : System.getProperty("java.class.path");
  }

  private static String program() throws IOException {
    Path document = Path.of(System.getProperty("project.root"), "docs", "embedding.md");
    String text = Files.readString(document);
    int begin = text.indexOf("```java\n") + "```java\n".length();
    return text.substring(begin, text.indexOf("```", begin));
  }
}
