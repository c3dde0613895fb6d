package io.drover.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.cli.shell.Shell;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.time.NanoTicker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Runs commands in this JVM as a shell would, with a fixed clock and counted ids. */
public final class Invocation {
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private final Map<String, String> environment = new HashMap<>();
  private final Path folder;
  private String input = "";
  private long ids;

  public Invocation(Path folder) {
    this.folder = folder;
    environment.put("HOME", folder.toString());
  }

  /** What one command left behind. */
  public record Result(int status, String out, String err) {}

  static Invocation at(FakeGateway gateway, Path folder) {
    return new Invocation(folder)
        .with("DROVER_SERVER", gateway.url())
        .with("DROVER_TOKEN", "token-1")
        .with("DROVER_PROJECT", "demo");
  }

  public Invocation with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Invocation without(String variable) {
    environment.remove(variable);
    return this;
  }

  Invocation input(String text) {
    input = text;
    return this;
  }

  public Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    IdSource source = () -> new UUID(0, ++ids);
    Shell shell =
        new Shell(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            out,
            new PrintWriter(out, true, UTF_8),
            new PrintWriter(err, true, UTF_8),
            environment,
            folder,
            false,
            Clock.fixed(NOW, ZoneOffset.UTC),
            NanoTicker.system(),
            source);
    int status = Drover.run(shell, arguments);
    shell.out().flush();
    shell.err().flush();
    return new Result(status, out.toString(UTF_8), err.toString(UTF_8));
  }
}
