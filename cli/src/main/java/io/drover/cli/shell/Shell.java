package io.drover.cli.shell;

import io.drover.contracts.id.IdSource;
import io.drover.contracts.time.NanoTicker;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The world around one invocation, passed in so that a test can be it.
 *
 * @param stdout standard output for bytes; {@code out} writes text to the same place
 * @param folder what relative file names are relative to
 * @param terminal whether a person sits at standard input and output
 */
public record Shell(
    InputStream in,
    OutputStream stdout,
    PrintWriter out,
    PrintWriter err,
    Map<String, String> environment,
    Path folder,
    boolean terminal,
    Clock clock,
    NanoTicker ticker,
    IdSource ids) {

  /** The process's own streams and variables. */
  public static Shell ofProcess() {
    return new Shell(
        System.in,
        System.out,
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        System.console() != null,
        Clock.systemUTC(),
        NanoTicker.system(),
        IdSource.random());
  }

  /** A variable's value; empty when it is unset or blank. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** The file as the caller named it. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Standard input as lines of UTF-8. */
  public BufferedReader lines() {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }
}
