package io.drover.driver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of the tests, in JVMs of their own: they are started often, and each lives briefly. */
public final class TestJvm {
  private TestJvm() {}

  /** The command that runs a class of the tests with these arguments. */
  public static List<String> command(Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    return command;
  }
}
