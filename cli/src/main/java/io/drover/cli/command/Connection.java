package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.follow.OperationFollower;
import io.drover.cli.gateway.Gateway;
import io.drover.cli.output.Printer;
import io.drover.cli.session.Credentials;
import io.drover.cli.session.LocalCluster;
import io.drover.cli.session.SecureAddress;
import io.drover.cli.session.Session;
import io.drover.cli.session.SessionFile;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.Shell;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a command needs to reach the gateway, made when it is first asked for. */
public final class Connection {
  private static final String DEFAULT_SERVER = "http://127.0.0.1:8080";
  private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(10);
  private final Shell shell;
  private final CliSettings settings;
  private @Nullable HttpClient http;
  private @Nullable Gateway gateway;
  private @Nullable String project;

  public Connection(Shell shell, CliSettings settings) {
    this.shell = shell;
    this.settings = settings;
  }

  /** The terminal that asks. */
  public Shell shell() {
    return shell;
  }

  /** Writes answers as asked for. */
  public Printer printer() {
    return new Printer(shell.out(), settings.answerFormat());
  }

  SessionFile sessionFile() {
    return SessionFile.of(shell);
  }

  HttpClient http() {
    HttpClient known = http;
    if (known == null) {
      known =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT_DEADLINE)
              .build();
      http = known;
    }
    return known;
  }

  /** The gateway's address: option, variable, login, then that of the suite of this machine. */
  URI server() {
    return namedServer()
        .or(() -> sessionFile().read().map(Session::server))
        .map(address -> SecureAddress.parse("server", address.toString()))
        .or(() -> LocalCluster.read(shell).map(LocalCluster::server))
        .orElseGet(() -> URI.create(DEFAULT_SERVER));
  }

  /** The address that this invocation names by option or variable. */
  Optional<URI> namedServer() {
    return Optional.ofNullable(settings.server)
        .or(() -> shell.variable("DROVER_SERVER"))
        .map(address -> SecureAddress.parse("server", address));
  }

  /** The gateway, signed in. */
  public Gateway gateway() {
    Gateway known = gateway;
    if (known == null) {
      // Before anything is sent: a change must not be made and then not be told of.
      settings.answerFormat();
      URI server = server();
      known =
          new Gateway(
              http(),
              server,
              new Credentials(http(), shell, sessionFile(), server),
              shell.ids(),
              shell.ticker());
      gateway = known;
    }
    return known;
  }

  /** The secrets-service, signed in as at the gateway. */
  Gateway secrets(String address) {
    settings.answerFormat();
    return new Gateway(
        http(),
        SecureAddress.parse("secrets-service", address),
        new Credentials(http(), shell, sessionFile(), server()),
        shell.ids(),
        shell.ticker());
  }

  /** The project that the command works in. */
  public String project() {
    String known = project;
    if (known == null) {
      known =
          Optional.ofNullable(settings.project)
              .or(() -> shell.variable("DROVER_PROJECT"))
              .orElseGet(this::onlyProject);
      project = known;
    }
    return known;
  }

  private String onlyProject() {
    List<JsonNode> projects = gateway().list("/v1/projects", 20);
    if (projects.size() == 1) {
      return projects.get(0).path("name").asText();
    }
    List<String> names = projects.stream().map(each -> each.path("name").asText()).toList();
    throw new CliFailure(
        ExitCode.USAGE,
        names.isEmpty() ? "The login has no project." : "The login has several projects.",
        names.isEmpty()
            ? "Ask an operator for one."
            : "Name one with --project or DROVER_PROJECT: " + String.join(", ", names));
  }

  /** Shows an accepted operation, or follows it to its end. */
  public void accepted(JsonNode operation, WaitOptions options) {
    String id = operation.path("id").asText();
    if (options.wait) {
      new OperationFollower(gateway(), printer(), project()).follow(id, options.timeout());
      return;
    }
    printer()
        .said(
            operation.path("name").asText()
                + ": accepted as operation "
                + id
                + "\nWatch it with: drover operation watch "
                + id,
            operation);
  }
}
