package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.TestJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a program of the tests in a network namespace of its own; needs root. */
final class NamespacedProgram {
  private NamespacedProgram() {}

  /** What it printed, as {@code what: seen}, once it has ended well. */
  static Map<String, String> run(Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    return run(Map.of(), program, arguments);
  }

  /** As {@link #run(Class, String...)}, with these variables in its environment. */
  static Map<String, String> run(
      Map<String, String> environment, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("unshare", "--net"));
    command.addAll(TestJvm.command(program, arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    Map<String, String> seen =
        process
            .inputReader()
            .lines()
            .filter(line -> line.contains(": "))
            .map(line -> line.split(": ", 2))
            .collect(Collectors.toMap(part -> part[0], part -> part[1].strip(), (a, b) -> b));
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return seen;
  }

  static void print(String what, Object seen) {
    System.out.println(
        what + ": " + seen.toString().strip().lines().collect(Collectors.joining(" | ")));
  }
}
