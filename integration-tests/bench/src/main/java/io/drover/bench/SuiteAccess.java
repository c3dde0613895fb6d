package io.drover.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.cli.Drover;
import io.drover.cli.gateway.Gateway;
import io.drover.cli.session.Credentials;
import io.drover.cli.session.SessionFile;
import io.drover.cli.shell.Shell;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.time.NanoTicker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Ways to a gateway: that of a suite started for the bench, or of one that runs. */
final class SuiteAccess {
  private static final String PROJECT = "bench";

  private SuiteAccess() {}

  /** The login of the person who runs the bench. */
  static Contender running(String server, String project) {
    Shell shell = Shell.ofProcess();
    return new WholeSuite(
        gateway(shell, URI.create(server), SessionFile.of(shell)), project, () -> {});
  }

  /** A suite on free ports, with a project of its own, stopped at the end. */
  static Contender started(Path checkout, Path data) throws IOException, InterruptedException {
    SuiteProcess suite = SuiteProcess.start(checkout, data);
    try {
      String server = suite.gateway().toString();
      String issuer = suite.login().toString();
      Path home = data.resolve("bench-home");
      run(
          shell(home, server, issuer, suite.password() + "\n"),
          "login",
          "-u",
          "olga",
          "--password-stdin");
      run(shell(home, server, issuer, ""), "project", "create", PROJECT);
      Shell shell = shell(home, server, issuer, "");
      return new WholeSuite(
          gateway(shell, suite.gateway(), SessionFile.of(shell)), PROJECT, suite::close);
    } catch (IOException | RuntimeException e) {
      suite.close();
      throw e;
    }
  }

  private static Gateway gateway(Shell shell, URI server, SessionFile session) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return new Gateway(
        http,
        server,
        new Credentials(http, shell, session, server),
        IdSource.random(),
        NanoTicker.system());
  }

  private static void run(Shell shell, String... command) throws IOException {
    if (Drover.run(shell, command) != 0) {
      throw new IOException("drover " + command[0] + " failed");
    }
  }

  private static Shell shell(Path home, String server, String issuer, String input) {
    InputStream in = new ByteArrayInputStream(input.getBytes(UTF_8));
    return new Shell(
        in,
        OutputStream.nullOutputStream(),
        new PrintWriter(OutputStream.nullOutputStream(), true, UTF_8),
        new PrintWriter(System.err, true, UTF_8),
        Map.of("HOME", home.toString(), "DROVER_SERVER", server, "DROVER_OIDC_URL", issuer),
        home,
        false,
        Clock.systemUTC(),
        NanoTicker.system(),
        IdSource.random());
  }
}
