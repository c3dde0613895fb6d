package io.drover.cli;

import io.drover.cli.shell.Shell;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.time.NanoTicker;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Runs a few commands that end early, so that the JVM which records a class archive has loaded what
 * most commands load. Used by the {@code drover} script; talks to nobody: nothing listens on the
 * port it names.
 */
final class CdsTraining {
  private static final String UNREACHABLE = "http://127.0.0.1:1";

  private static final String DOMAIN =
      """
      <domain type='qemu'>
        <name>warm</name>
        <memory unit='MiB'>64</memory>
        <os><type arch='x86_64' machine='q35'>hvm</type></os>
        <devices>
          <disk type='file'>
            <driver name='qemu' type='qcow2'/><source file='/none'/><target dev='vda' bus='virtio'/>
          </disk>
          <interface type='user'><model type='virtio'/></interface>
          <serial type='pty'/>
        </devices>
      </domain>
      """;

  private CdsTraining() {}

  public static void main(String[] arguments) {
    PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), true);
    Shell shell =
        new Shell(
            new ByteArrayInputStream(DOMAIN.getBytes(StandardCharsets.UTF_8)),
            OutputStream.nullOutputStream(),
            nowhere,
            nowhere,
            Map.of("DROVER_TOKEN", "none", "DROVER_SERVER", UNREACHABLE, "DROVER_PROJECT", "none"),
            Path.of("").toAbsolutePath(),
            false,
            Clock.systemUTC(),
            NanoTicker.system(),
            IdSource.random());
    Drover.run(shell, "--help");
    Drover.run(shell, "domain", "list");
    Drover.run(shell, "domain", "start", "none", "--wait");
    Drover.run(shell, "domxml-to-native", "qemu-argv", "--json", "-", "no-such-file");
    Drover.run(shell, "no-such-command");
    System.exit(0);
  }
}
